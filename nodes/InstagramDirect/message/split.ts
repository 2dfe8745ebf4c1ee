/** The most a text may have, in bytes of UTF-8 (Messaging API page). */
export const MOST_BYTES = 1000;

/** How long a text is for Instagram: in bytes of UTF-8. */
export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8');

/** How many code units of the text fit, whole code points only. */
function unitsThatFit(text: string, mostBytes: number): number {
	let units = 0;
	let bytes = 0;
	for (const point of text) {
		bytes += byteLength(point);
		if (bytes > mostBytes) return units;
		units += point.length;
	}
	return units;
}

/** The last border between what a reader sees as letters, so that no emoji falls apart; 0 where there is none. */
function letterBorder(text: string, fits: number): number {
	const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text);
	return letters.containing(fits)?.index ?? 0;
}

/** Where to break a text that is too long: behind a word, else behind a letter, else behind a code point. */
function breakIn(text: string, mostBytes: number): number {
	const fits = unitsThatFit(text, mostBytes);
	if (/\s/.test(text.charAt(fits))) return fits;
	const word = text.slice(0, fits).search(/\s\S*$/);
	return word > 0 ? word : letterBorder(text, fits) || fits;
}

/**
 * Splits a text into parts of at most so many bytes of UTF-8: between words where it can, and never inside a
 * code point. White space at the borders is dropped; a text that fits stays exactly as it is.
 *
 * @param mostBytes 4 or more, which is what one code point may take
 */
export function splitText(text: string, mostBytes = MOST_BYTES): string[] {
	if (byteLength(text) <= mostBytes) return [text];
	const parts: string[] = [];
	let rest = text.trim();
	while (byteLength(rest) > mostBytes) {
		const end = breakIn(rest, mostBytes);
		parts.push(rest.slice(0, end).trimEnd());
		rest = rest.slice(end).trimStart();
	}
	return rest === '' ? parts : [...parts, rest];
}
