/** Takes out of a map what was put in first. */
export function dropOldest(entries: Map<string, unknown>): void {
	const { value, done } = entries.keys().next();
	if (!done) entries.delete(value);
}
