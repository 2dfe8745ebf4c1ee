import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** One parameter as its row in an operation table. */
export interface Row {
	name: string;
	kind: string;
	standard: string;
	description: string;
}

type Entry = NonNullable<INodeProperties['options']>[number];

const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;
const isGroup = (entry: Entry): entry is INodePropertyCollection => 'values' in entry;

const KINDS: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'switch',
	collection: 'options',
	dateTime: 'date and time',
	fixedCollection: 'rows',
	json: 'JSON',
	multiOptions: 'choices',
	number: 'number',
	options: 'choice',
	resourceLocator: 'locator',
	resourceMapper: 'mapper',
	string: 'text',
};

function choicesOf({ type, options = [] }: INodeProperties): string {
	const names = type === 'options' || type === 'multiOptions' ? options.filter(isChoice) : [];
	return names.length > 0 && names.length <= 12 ? `: ${names.map(({ name }) => name).join(', ')}` : '';
}

function modesOf({ type, modes = [] }: INodeProperties): string {
	return type === 'resourceLocator' && modes.length > 0
		? `: ${modes.map(({ displayName }) => displayName.toLowerCase()).join(', ')}`
		: '';
}

function standardOf(property: INodeProperties): string {
	const value = property.default as unknown;
	if (property.type === 'options') {
		const chosen = (property.options ?? []).filter(isChoice).find((choice) => choice.value === value);
		return chosen ? chosen.name : String(value ?? '');
	}
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return typeof value === 'object' || value === undefined ? '' : (String(value).split('\n')[0] ?? '');
}

/** Text that may stand in a cell of a Markdown table. */
const cell = (text: string) =>
	text
		.replace(/<a [^>]*>([^<]*)<\/a>/g, '$1')
		.replace(/\|/g, '\\|')
		.replace(/</g, '&lt;')
		.replace(/\s+/g, ' ')
		.trim();

/**
 * The rows of a list of properties, with those in collections under the label that leads to them.
 *
 * @param properties as in a node's or credential's description
 * @param above labels on the way, for properties in collections
 */
export function rowsOf(properties: INodeProperties[], above: string[] = []): Row[] {
	return properties
		.filter(({ type }) => type !== 'notice' && type !== 'hidden')
		.flatMap((property) => {
			const path = [...above, property.displayName];
			const row: Row = {
				name: cell(path.join(' → ')) + (property.required ? ' \\*' : ''),
				kind: cell(`${KINDS[property.type] ?? property.type}${choicesOf(property)}${modesOf(property)}`),
				standard: cell(standardOf(property)),
				description: cell(property.description ?? property.hint ?? ''),
			};
			const inner = (property.options ?? []).flatMap((entry) =>
				isGroup(entry) ? entry.values : isChoice(entry) ? [] : [entry as INodeProperties],
			);
			return [row, ...rowsOf(inner, path)];
		});
}

/** A Markdown table of rows; a sentence where there are none. */
export function tableOf(rows: Row[]): string {
	if (rows.length === 0) return 'No parameters.';
	const lines = rows.map(
		({ name, kind, standard, description }) => `| ${[name, kind, standard, description].join(' | ')} |`,
	);
	return ['| parameter | kind | default | what it is for |', '| --- | --- | --- | --- |', ...lines].join(
		'\n',
	);
}
