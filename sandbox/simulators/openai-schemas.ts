import { isObject, objects, type Json } from './openai-json';
import { Refusal, refuse } from './openai-refusals';

const LONGEST_NAME = 64;

const isType = (schema: Json, type: string) => [schema.type].flat().includes(type);

/** Schemas directly inside a schema, with the place they stand at. */
function* inner(schema: Json, path: string[]): Generator<[Json, string[]]> {
	if (isObject(schema.properties)) {
		for (const [name, property] of Object.entries(schema.properties)) {
			if (isObject(property)) yield [property, [...path, 'properties', name]];
		}
	}
	if (isObject(schema.items)) yield [schema.items, [...path, 'items']];
	for (const [index, one] of objects(schema.anyOf).entries()) yield [one, [...path, 'anyOf', String(index)]];
}

const place = (path: string[]) =>
	path.length === 1 ? `('${path[0]}',)` : `(${path.map((part) => `'${part}'`).join(', ')})`;

/** The place of a list that does not say what is in it. */
function listWithoutItems(schema: Json, path: string[] = []): string | undefined {
	if (isType(schema, 'array') && !isObject(schema.items)) return place(path);
	for (const [one, at] of inner(schema, path)) {
		const found = listWithoutItems(one, at);
		if (found) return found;
	}
	return undefined;
}

/**
 * Checks what a request's functions are called and how they describe their arguments.
 *
 * @param prefix what stands before `name` and `parameters` in this API, such as `function.`
 * @throws Refusal as OpenAI words it
 */
export function checkTools(tools: Array<{ name: string; parameters: Json }>, prefix: string): void {
	for (const [index, { name, parameters }] of tools.entries()) {
		const at = `tools[${index}].${prefix}`;
		if (name.length > LONGEST_NAME) {
			refuse(
				`Invalid '${at}name': string too long. Expected a string with maximum length ${LONGEST_NAME}, but got a string with length ${name.length} instead.`,
				`${at}name`,
				'string_above_max_length',
			);
		}
		if (!/^[a-zA-Z0-9_-]+$/.test(name)) {
			refuse(
				`Invalid '${at}name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
				`${at}name`,
				'invalid_value',
			);
		}
		const complain = (what: string) =>
			refuse(
				`Invalid schema for function '${name}': ${what}`,
				`${at}parameters`,
				'invalid_function_parameters',
			);
		if (parameters.type !== 'object') {
			complain(
				`schema must be a JSON Schema of 'type: "object"', got 'type: "${String(parameters.type ?? 'None')}"'.`,
			);
		}
		const list = listWithoutItems(parameters);
		if (list) complain(`In context=${list}, array schema missing items.`);
	}
}

/**
 * Checks a schema that the answer shall follow strictly: objects are closed, and all their properties required.
 *
 * @throws Refusal as OpenAI words it
 */
export function checkSchema(schema: Json, name: string, param: string, path: string[] = []): void {
	const complain = (what: string): never => {
		throw new Refusal(
			400,
			`Invalid schema for response_format '${name}': In context=${place(path)}, ${what}`,
			{
				param,
				code: param === 'response_format' ? null : 'invalid_json_schema',
			},
		);
	};
	if (isType(schema, 'object')) {
		if (schema.additionalProperties !== false) {
			complain("'additionalProperties' is required to be supplied and to be false.");
		}
		const required = Array.isArray(schema.required) ? schema.required : [];
		const optional = Object.keys(isObject(schema.properties) ? schema.properties : {}).find(
			(property) => !required.includes(property),
		);
		if (optional) {
			complain(
				`'required' is required to be supplied and to be an array including every key in properties. Missing '${optional}'.`,
			);
		}
	}
	for (const [one, at] of inner(schema, path)) checkSchema(one, name, param, at);
}
