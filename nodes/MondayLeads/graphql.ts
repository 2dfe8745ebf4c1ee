import type { IDataObject } from 'n8n-workflow';

/** One root field of a document: fixed text whose `$variables` carry everything an operator or a lead typed. */
export interface RootField {
	kind: 'query' | 'mutation';
	/** GraphQL text; a `$name` in it is a variable of `variables`. */
	text: string;
	/** GraphQL types of the variables, by name. */
	variables: Record<string, string>;
	/** Fragments the text uses, directly or through one another. */
	fragments: string[];
}

/** A root field with the values of one use of it. */
export interface Call {
	field: RootField;
	values: IDataObject;
}

/** The alias of a position in a document. */
export const aliasOf = (index: number) => `m${index}`;

/** The position in its batch that an alias stands for; undefined where the name is none of ours. */
export function indexOfAlias(alias: unknown): number | undefined {
	const digits = /^m(\d+)$/.exec(String(alias))?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/**
 * Writes many uses of root fields into one document, as aliases m0, m1, … with variables of their own.
 * monday.com runs aliased mutations one after another and not atomically (changelog and monday's own n8n
 * package, July 2026), and counts the document as one call of the day.
 *
 * The text depends on nothing but the fields and their number: names come from the position, every value
 * is a variable, so no name of a lead can become GraphQL.
 *
 * @param calls one or more, all queries or all mutations
 * @returns the body of a request
 */
export function documentOf(calls: Call[]): { query: string; variables: IDataObject } {
	const variables: IDataObject = {};
	const declarations: string[] = [];
	const roots = calls.map(({ field, values }, index) => {
		const prefix = `$${aliasOf(index)}_`;
		for (const [name, type] of Object.entries(field.variables)) {
			declarations.push(`${prefix}${name}: ${type}`);
			if (values[name] !== undefined) variables[`${aliasOf(index)}_${name}`] = values[name];
		}
		return `${aliasOf(index)}: ${field.text.replaceAll('$', () => prefix)}`;
	});
	const fragments = new Set(calls.flatMap(({ field }) => field.fragments));
	const head = `${calls[0]?.field.kind ?? 'query'}${declarations.length > 0 ? ` (${declarations.join(', ')})` : ''}`;
	return { query: [`${head} {`, ...roots, '}', ...fragments].join('\n'), variables };
}
