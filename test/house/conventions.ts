import type { INodeProperties } from 'n8n-workflow';
import { isChoice } from './properties';

/** A convention for one property; what it says of a property that breaks it. */
export type Convention = (property: INodeProperties) => string | undefined | false;

const SMALL_WORDS =
	/^(a|an|and|as|at|but|by|for|from|if|in|into|is|it|nor|of|off|on|onto|or|per|so|the|to|up|via|vs|with)$/;
/** Names their owners write with a small first letter. */
const SMALL_NAMES = /^(monday\.com|n8n|iOS|iPhone)/;

/** Whether a label is in Title Case. */
export const isTitleCase = (label: string): boolean =>
	label.split(/[\s/(-]+/).every((word, index) => {
		if (SMALL_NAMES.test(word)) return true;
		return /^[^\p{Ll}]/u.test(word) || word === '' || (index > 0 && SMALL_WORDS.test(word));
	});

const sorted = (labels: string[]) =>
	labels.length < 5 || labels.join('\n') === [...labels].sort((a, b) => a.localeCompare(b, 'en')).join('\n');

/** Default values by type; a missing type takes any. */
const DEFAULTS: Partial<Record<INodeProperties['type'], (value: unknown) => boolean>> = {
	boolean: (value) => typeof value === 'boolean',
	collection: isPlainObject,
	dateTime: isText,
	fixedCollection: isPlainObject,
	json: isText,
	multiOptions: Array.isArray,
	number: (value) => typeof value === 'number',
	resourceLocator: (value) => isPlainObject(value) && 'mode' in value && 'value' in value,
	resourceMapper: (value) => isPlainObject(value) && 'mappingMode' in value,
	string: (value) => isText(value) || Array.isArray(value),
};

function isText(value: unknown): value is string {
	return typeof value === 'string';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const defaultIsValid: Convention = ({ type, typeOptions, options = [], default: value }) => {
	if (typeOptions?.multipleValues && Array.isArray(value)) return undefined;
	if (DEFAULTS[type] && !DEFAULTS[type](value)) return `the default does not fit the type ${type}`;
	if (typeOptions?.loadOptionsMethod || !['options', 'multiOptions'].includes(type)) return undefined;
	const choices = options.filter(isChoice).map((choice) => choice.value);
	const chosen = [value].flat() as typeof choices;
	return !chosen.every((one) => choices.includes(one)) && 'the default is not among the options';
};

/** Fields of a group keep the order of a form: what decides over the others comes first. */
const optionsAreSorted: Convention = ({ options = [] }) =>
	!sorted(options.map((entry) => (isChoice(entry) ? entry.name : labelOf(entry)))) &&
	'five or more options stand in alphabetical order';

const labelOf = (entry: object) => ('displayName' in entry ? String(entry.displayName) : '');

const optionsAreUnique: Convention = ({ options = [] }) => {
	const choices = options.filter(isChoice);
	const unique = (values: unknown[]) => new Set(values).size === values.length;
	return (
		!(unique(choices.map(({ name }) => name)) && unique(choices.map(({ value }) => value))) &&
		'an option stands there twice'
	);
};

/** Kinds of field that a label alone does not explain. */
const NEEDS_WORDS: Array<INodeProperties['type']> = ['boolean', 'dateTime', 'json', 'multiOptions', 'number'];

const description: Convention = ({ displayName, type, description: text, default: value }) => {
	if (text === undefined) return NEEDS_WORDS.includes(type) && `a ${type} field has a description`;
	if (type === 'boolean' && typeof value === 'boolean' && !text.startsWith('Whether'))
		return 'a yes/no description starts "Whether"';
	if (text === '' || text.toLowerCase() === displayName.toLowerCase())
		return 'the description adds something';
	return !endsRightly(text) && 'one sentence has no final period; several have';
};

/** Whether one sentence ends without a period, and several with one; abbreviations end no sentence. */
export const endsRightly = (text: string) => {
	const plain = text.replace(/<[^>]*>/g, '').replace(/\b(e\.g|i\.e|etc)\./g, '$1');
	return /[.!?]\s+\p{Lu}/u.test(plain) ? /[.!?]$/.test(plain) : !/[^.]\.$/.test(plain);
};

const placeholder: Convention = ({ type, placeholder: text }) => {
	if (text === undefined) return undefined;
	const prefix = type === 'collection' || type === 'fixedCollection' ? 'Add ' : 'e.g. ';
	return !text.startsWith(prefix) && `the placeholder starts "${prefix}"`;
};

const locator: Convention = ({ type, modes = [], default: value }) => {
	if (type !== 'resourceLocator') return undefined;
	const list = modes.find(({ name }) => name === 'list');
	if (!list?.typeOptions?.searchListMethod) return 'a resource locator has a list to choose from';
	if (!modes.some((mode) => mode.type === 'string')) return 'a resource locator takes a typed value';
	const start: unknown = value;
	return isPlainObject(start) && start.mode !== 'list' && 'a resource locator starts with its list';
};

/** IDs that cannot be chosen from a list, by field name. */
const WITHOUT_LIST = [
	// Chatfuel has no call that lists a bot's users.
	'userId',
	// An appointment comes from the node before; nobody picks one from a list while building a flow.
	'appointmentId',
	// What a browser, not an account, gave out.
	'clientId',
];

const singleItem: Convention = ({ name, type, displayName, required }) =>
	type === 'string' &&
	required &&
	/ ID$/.test(displayName) &&
	!WITHOUT_LIST.includes(name) &&
	'a choice of one item is a resource locator';

/** n8n's own wording, by field. */
const STANDARD: Record<string, Partial<INodeProperties>> = {
	returnAll: {
		displayName: 'Return All',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	limit: { displayName: 'Limit', default: 50, description: 'Max number of results to return' },
	simplify: {
		displayName: 'Simplify',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
};

const standardWording: Convention = (property) => {
	const standard = Object.entries(STANDARD[property.name] ?? {}) as Array<[keyof INodeProperties, unknown]>;
	const off = standard.find(([key, value]) => property[key] !== value);
	if (off) return `${off[0]} is n8n's standard: ${String(off[1])}`;
	return property.name === 'limit' && !property.typeOptions?.minValue && 'Limit has a smallest value';
};

const secret: Convention = ({ name, type, typeOptions }) =>
	type === 'string' &&
	/(secret|password|token|apiKey)$/i.test(name) &&
	!typeOptions?.password &&
	'a secret is a password field';

const label: Convention = ({ type, displayName }) =>
	type !== 'notice' && !isTitleCase(displayName) && 'the label is in Title Case';

/** What holds for every property of every node and credential. */
export const conventions: Record<string, Convention> = {
	'labels in Title Case': label,
	'descriptions that explain': description,
	'placeholders that are examples': placeholder,
	'valid defaults': defaultIsValid,
	'sorted options': optionsAreSorted,
	'options without doubles': optionsAreUnique,
	'resource locators with a list and a typed value': locator,
	"n8n's standard wording": standardWording,
	'secrets hidden': secret,
};

/** What holds for every property of a node besides; a credential's fields can ask no provider for a list. */
export const nodeConventions: Record<string, Convention> = {
	...conventions,
	'resource locators for single items': singleItem,
};
