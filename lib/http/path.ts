/**
 * Builds a path with every inserted value percent-encoded, so that an id can never become another path:
 * path`/bookings/${uid}/cancel`. URL parsers climb at "..", and at "%2E%2E" just as well (WHATWG URL standard,
 * double-dot path segment), so an id of dots alone is encoded twice and the provider finds no such thing.
 */
export function path(strings: TemplateStringsArray, ...values: Array<string | number>): string {
	return strings.reduce((built, text, index) => {
		const value = index === 0 ? '' : encodeURIComponent(String(values[index - 1]));
		return built + value.replace(/^\.{1,2}$/, (dots) => '%252E'.repeat(dots.length)) + text;
	}, '');
}
