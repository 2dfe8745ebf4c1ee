import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readSpec } from './specs';

const RFC_2822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;

/** A JSON pointer out of plain names. */
const pointer = (...names: string[]) =>
	names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/**
 * An official OpenAPI 3.0 document as something to check messages against.
 *
 * @param file in the specs folder
 * @returns checks by JSON pointer; each gives what is wrong, an empty list where nothing is
 */
export function openApi(file: string) {
	// "nullable" is a keyword Ajv knows; formats it does not know are let pass.
	const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, allErrors: true });
	addFormats(ajv);
	ajv.addFormat('date-time-rfc-2822', RFC_2822);
	// Twilio calls its relative addresses uri.
	ajv.addFormat('uri', /^(https:\/\/|\/)\S+$/);
	ajv.addSchema(JSON.parse(readSpec(file)) as object, 'spec');
	const compiled = new Map<string, ValidateFunction>();
	const check = (at: string, message: unknown): string[] => {
		const validate = compiled.get(at) ?? ajv.compile({ $ref: `spec#${at}` });
		compiled.set(at, validate);
		validate(message);
		return (validate.errors ?? []).map(({ instancePath, message: words }) => `${instancePath} ${words}`);
	};
	const json = ['content', 'application/json', 'schema'];
	return {
		/** Against `#/components/schemas/<name>`. */
		schema: (name: string, message: unknown) => check(pointer('components', 'schemas', name), message),
		/** Against a shared request body, `#/components/requestBodies/<name>`. */
		requestBody: (name: string, message: unknown) =>
			check(pointer('components', 'requestBodies', name, ...json), message),
		/** Against an operation's JSON answer. */
		response: (path: string, method: string, status: number, message: unknown) =>
			check(pointer('paths', path, method, 'responses', String(status), ...json), message),
		/** Against a shared answer, `#/components/responses/<name>`. */
		sharedResponse: (name: string, message: unknown) =>
			check(pointer('components', 'responses', name, ...json), message),
	};
}
