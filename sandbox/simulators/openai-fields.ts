import { isObject, listOf, textOf, type Json } from './openai-json';
import { serviceIn, type Facts, type Intent, type Language } from './openai-words';

/** How a schema's words for an intent may differ from ours. */
const ALIASES: Record<Intent, string[]> = {
	booking_request: ['book', 'booking', 'appointment', 'new_booking'],
	availability_question: ['availability', 'slots', 'free_times'],
	reschedule: ['rescheduling', 'move', 'change'],
	cancel: ['cancellation', 'cancelation'],
	greeting: ['hello', 'smalltalk'],
	question: ['faq', 'info', 'information', 'inquiry'],
	human_request: ['human', 'handoff', 'handover', 'agent', 'operator'],
	unknown: ['other', 'none', 'unclear'],
};

const LANGUAGE_NAMES: Record<Language, string> = {
	en: 'English',
	es: 'Spanish',
	pl: 'Polish',
	ru: 'Russian',
	uk: 'Ukrainian',
};

/** camelCase, snake_case and spaced words alike. */
const wordsOf = (name: string): string[] =>
	name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\d]+/u)
		.filter(Boolean);

/** What a field may ask for, by words of its name; the first that fits counts. */
const FIELDS: Array<[words: string[][], read: (facts: Facts) => unknown]> = [
	[[['intent'], ['intention']], ({ intent }) => intent],
	[[['language'], ['lang'], ['locale']], ({ language }) => language],
	[
		[
			['ready', 'book'],
			['is', 'ready'],
		],
		({ readyToBook }) => readyToBook,
	],
	[[['confidence']], ({ confidence }) => confidence],
	[[['email'], ['mail']], ({ email }) => email],
	[[['phone'], ['mobile'], ['telephone']], ({ phone }) => phone],
	[[['service'], ['treatment'], ['procedure']], ({ service }) => service],
	[[['date', 'time'], ['datetime']], ({ date, time }) => date && time && `${date}T${time}:00`],
	[[['date'], ['day']], ({ date }) => date],
	[[['time'], ['hour']], ({ time }) => time],
	[[['name']], ({ name }) => name],
];

const readerFor = (name: string) => {
	const words = wordsOf(name);
	return FIELDS.find(([wanted]) => wanted.some((all) => all.every((one) => words.includes(one))))?.[1];
};

const same = (left: string, right: string) => wordsOf(left).join(' ') === wordsOf(right).join(' ');

/** The choice that a field offers for what was read; undefined where none fits. */
function choose(choices: string[], read: string, text: string): string | undefined {
	const exact = choices.find((choice) => same(choice, read));
	if (exact !== undefined) return exact;
	const aliases = Object.hasOwn(ALIASES, read)
		? ALIASES[read as Intent]
		: [LANGUAGE_NAMES[read as Language] ?? read];
	const alias = choices.find((choice) => aliases.some((one) => same(choice, one)));
	if (alias !== undefined) return alias;
	return choices.find((choice) => serviceIn(choice) === read) ?? named(choices, text);
}

/** The choice whose every word, but for its ending, stands in the text. */
function named(choices: string[], text: string): string | undefined {
	const said = wordsOf(text);
	const stands = (part: string) =>
		said.some((one) => one.startsWith(part.slice(0, Math.max(4, part.length - 3))));
	return choices.find((choice) => wordsOf(choice).length > 0 && wordsOf(choice).every(stands));
}

const typesOf = (schema: Json): string[] => {
	const variants = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isObject);
	return [schema.type, ...variants.map(({ type }) => type)].flat().filter((type) => typeof type === 'string');
};

/** What a required field holds when the message does not say it. */
function emptyValue(schema: Json): unknown {
	const types = typesOf(schema);
	if (types.includes('null')) return null;
	if (schema.default !== undefined) return schema.default;
	const choices = listOf(schema.enum);
	if (choices.length > 0) return choices.find((choice) => same(String(choice), 'unknown')) ?? choices.at(-1);
	const [type] = types;
	if (type === 'number' || type === 'integer') return 0;
	if (type === 'boolean') return false;
	if (type === 'array') return [];
	return '';
}

/** What was read, as the field's type wants it; undefined where it cannot be that. */
function typed(schema: Json, value: unknown, text: string): unknown {
	const choices = listOf(schema.enum).filter((choice) => typeof choice === 'string');
	if (choices.length > 0)
		return value === undefined ? named(choices, text) : choose(choices, String(value), text);
	if (value === undefined) return undefined;
	const types = typesOf(schema);
	if (types.includes(typeof value) || types.length === 0) return value;
	if (types.includes('string')) return String(value);
	if (types.includes('array')) return [value];
	return undefined;
}

function fieldValue(name: string, schema: Json, facts: Facts, text: string): unknown {
	if (schema.const !== undefined) return schema.const;
	const variants = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].filter(isObject);
	const nested = [schema, ...variants].find(({ properties }) => isObject(properties));
	if (nested) return fillSchema(nested, facts, text);
	const chosen = variants.find((variant) => variant.enum) ?? schema;
	const { service, ...rest } = facts;
	// A field with a pattern for dates wants the day, whatever it is called.
	const read = schema.format === 'date' ? facts.date : readerFor(name)?.({ ...rest, service });
	return typed({ ...schema, ...(chosen.enum !== undefined && { enum: chosen.enum }) }, read, text);
}

/**
 * Fills the fields of a JSON Schema with what a message says.
 *
 * A field is known by words of its name (`customer_name`, `preferredDate`, `ready_to_book`), its format or its
 * enum; its value keeps to its type and enum. What the message does not say is left out, or where the schema
 * requires it: null if it may be, its default, "unknown" or the last choice of an enum, else the type's empty value.
 *
 * @param text the message, for enums of words that no rule knows
 */
export function fillSchema(schema: Json, facts: Facts, text: string): Json {
	const properties = isObject(schema.properties) ? schema.properties : {};
	const required = listOf(schema.required);
	const filled: Json = {};
	for (const [name, property] of Object.entries(properties)) {
		if (!isObject(property)) continue;
		const value = fieldValue(name, property, facts, text);
		if (value !== undefined) filled[name] = value;
		else if (required.includes(name)) filled[name] = emptyValue(property);
	}
	return filled;
}

/** The last JSON Schema of an object that a text holds in a fenced block; undefined where it holds none. */
export function schemaIn(text: string, parse: (json: string) => Json | undefined): Json | undefined {
	const blocks = [...text.matchAll(/```(?:json)?\s*\n([^]*?)\n\s*```/g)].map(([, block]) =>
		parse(textOf(block)),
	);
	return blocks.filter((block) => isObject(block?.properties)).at(-1);
}
