import { LANGUAGES, type FlowNode, type Text } from '../../../workflows/build/files';
import { SETUP } from '../../../workflows/build/setup';
import { evaluatedTexts, workingNodes, type Book, type Rule } from './book';

const TABLE_NODE = /\.dataTable(Tool)?$/;
/** n8n adds these to every table. */
const SYSTEM_COLUMNS = ['id', 'createdAt', 'updatedAt'];

interface TableParameters {
	resource?: string;
	operation?: string;
	dataTableId?: { mode?: string; value?: string };
	filters?: { conditions?: Array<{ keyName: string }> };
	columns?: { mappingMode?: string; value?: object | null; schema?: Array<{ id: string }> };
	orderByColumn?: string;
}

const operationOf = ({ operation = 'insert' }: TableParameters) => operation;

function findingsOfTable({ name, parameters }: FlowNode, tables: Book['tables']): string[] {
	const given = parameters as TableParameters;
	if (given.resource === 'table') return [];
	const { mode, value: table = '' } = given.dataTableId ?? {};
	if (mode !== 'name') return [`${name}: choose the Data Table by name: an ID is another in every n8n`];
	const columns = tables.get(table);
	if (!columns) return [`${name}: tables.json has no table "${table}"`];
	const filtered = (given.filters?.conditions ?? []).map(({ keyName }) => keyName);
	const written = Object.keys(given.columns?.value ?? {});
	const named = [
		...filtered.filter((column) => !SYSTEM_COLUMNS.includes(column)),
		...written,
		...(given.columns?.schema ?? []).map(({ id }) => id),
		...[given.orderByColumn ?? []].flat().filter((column) => !SYSTEM_COLUMNS.includes(column)),
	];
	const isInsert = operationOf(given) === 'insert';
	const hasTenant = isInsert
		? given.columns?.mappingMode === 'autoMapInputData' || written.includes('tenant')
		: filtered.includes('tenant') || filtered.includes('id');
	return [
		...[...new Set(named)]
			.filter((column) => !column.startsWith('=') && !columns.has(column))
			.map((column) => `${name}: ${table} has no column "${column}"`),
		...(hasTenant ? [] : [`${name}: ${isInsert ? 'writes no tenant' : 'is not by tenant'}`]),
	];
}

/** Tables and columns that tables.json does not have, tables by id, reads and writes that are not by tenant. */
export const tablesExist: Rule = ({ flow }, { tables }) =>
	workingNodes(flow)
		.filter(({ type }) => TABLE_NODE.test(type))
		.flatMap((node) => findingsOfTable(node, tables));

const SETTING =
	/\bsettings\s*(?:\?\.|\.)\s*([A-Za-z_]\w*)|\bsettings\s*(?:\?\.)?\[\s*(['"`])([^'"`]+?)\2\s*\]/g;
const TEXT = /(['"`])(?:text|subject)\.([\w-]+)\./g;
/** What JavaScript itself has on objects and lists: `settings` may be a list in a flow that shows all. */
const OF_LANGUAGE = [
	'length',
	'map',
	'filter',
	'find',
	'some',
	'every',
	'reduce',
	'includes',
	'hasOwnProperty',
];

/** Settings and texts that a flow reads and its settings.json does not have. The set-up flow holds everybody's. */
export const settingsAreDeclared: Rule = ({ folder, flow, settings }) => {
	if (folder === SETUP) return [];
	const keys = settings.settings.map(({ key }) => key);
	return evaluatedTexts(flow).flatMap(({ node, at, text }) => {
		const read = [...text.matchAll(SETTING)].map(([, plain, , quoted]) => plain ?? quoted ?? '');
		const isPutTogether = (key: string) => /^(text|subject)\.|\$\{/.test(key);
		const templates = [...text.matchAll(TEXT)].map(([, , template]) => String(template));
		return [
			...read
				.filter((key) => !isPutTogether(key) && !OF_LANGUAGE.includes(key) && !keys.includes(key))
				.map((key) => `${node}: ${at}: settings.json has no setting "${key}"`),
			...templates
				.filter((template) => !(template in settings.texts))
				.map((template) => `${node}: ${at}: settings.json has no text "${template}"`),
		];
	});
};

/** Settings that are badly named, given twice or not explained. */
export const settingsAreExplained: Rule = ({ settings: { settings } }) =>
	settings.flatMap(({ key, value, description }, index) => [
		...(/^[a-z][A-Za-z0-9]*$/.test(key) ? [] : [`settings.json: "${key}" is not in camelCase`]),
		...(typeof value === 'string' ? [] : [`settings.json: the value of "${key}" is no text`]),
		...(description?.trim() ? [] : [`settings.json: "${key}" has no description`]),
		...(settings.findIndex((other) => other.key === key) < index
			? [`settings.json: "${key}" stands there twice`]
			: []),
	]);

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');

function findingsOfText(template: string, languages: Record<string, Text>): string[] {
	const missing = LANGUAGES.filter((language) => !languages[language]?.text?.trim());
	const strange = Object.keys(languages).filter(
		(language) => !(LANGUAGES as readonly string[]).includes(language),
	);
	const parts = Object.entries(languages).flatMap(([language, text]) =>
		Object.keys(text)
			.filter((part) => !['subject', 'text'].includes(part))
			.map((part) => `"${template}" in ${language} has a part "${part}"`),
	);
	const uneven = (['subject', 'text'] as const).filter(
		(part) => new Set(Object.values(languages).map((text) => placeholders(text[part] ?? ''))).size > 1,
	);
	const withSubject = Object.values(languages).filter(({ subject }) => subject?.trim()).length;
	return [
		...missing.map((language) => `"${template}" has no text in ${language}`),
		...strange.map((language) => `"${template}" is in ${language}, which is none of ours`),
		...parts,
		...uneven.map((part) => `"${template}" has other placeholders in the ${part} of another language`),
		...(withSubject > 0 && withSubject < Object.keys(languages).length
			? [`"${template}" has a subject in some languages only`]
			: []),
	];
}

/** Texts that are not in all five languages, or say different things in them. */
export const textsInAllLanguages: Rule = ({ settings: { texts } }) =>
	Object.entries(texts)
		.flatMap(([template, languages]) => findingsOfText(template, languages))
		.map((finding) => `settings.json: ${finding}`);
