const RANDOM_ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi;

/**
 * Makes a replacer of random UUIDs: each becomes a numbered one, in order of appearance and the same wherever it
 * stands, so that a page reads the same however often it is made.
 */
export function steadyIds(): <Value>(value: Value) => Value {
	const known = new Map<string, string>();
	const steady = (id: string) => {
		const numbered = String(known.size + 1).padStart(12, '0');
		if (!known.has(id)) known.set(id, `00000000-0000-4000-8000-${numbered}`);
		return known.get(id) ?? id;
	};
	return (value) => JSON.parse(JSON.stringify(value).replace(RANDOM_ID, steady)) as typeof value;
}
