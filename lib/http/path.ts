/**
 * Builds a path with every inserted value percent-encoded, so that an id can never become another path:
 * path`/bookings/${uid}/cancel`. Dots alone are encoded too, or "..", an id, would climb.
 */
export function path(strings: TemplateStringsArray, ...values: Array<string | number>): string {
	return strings.reduce((built, text, index) => {
		const value = index === 0 ? '' : encodeURIComponent(String(values[index - 1]));
		return built + value.replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length)) + text;
	}, '');
}
