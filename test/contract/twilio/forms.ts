import Ajv from 'ajv';
import { readSpec } from '../../support/specs';

interface FormSchema {
	properties: Record<string, { type?: string }>;
	required?: string[];
}

const FORM = 'application/x-www-form-urlencoded';

/** A form as the values its schema speaks of: lists, numbers and texts. */
function valuesOf(form: URLSearchParams, { properties }: FormSchema): object {
	const typed = (name: string): unknown => {
		const type = properties[name]?.type;
		return type === 'array'
			? form.getAll(name)
			: type === 'integer'
				? Number(form.get(name))
				: form.get(name);
	};
	return Object.fromEntries([...new Set(form.keys())].map((name) => [name, typed(name)]));
}

/**
 * Checks posted forms against Twilio's OpenAPI document.
 *
 * @returns a check; it gives what is wrong with a form, unknown fields too, an empty list where nothing is
 */
export function formCheck(path: string): (form: URLSearchParams) => string[] {
	const spec = JSON.parse(readSpec('twilio-v2010.json')) as {
		paths: Record<string, { post: { requestBody: { content: Record<string, { schema: FormSchema }> } } }>;
		components: object;
	};
	const schema = spec.paths[path]?.post.requestBody.content[FORM]?.schema;
	if (!schema) throw new Error(`The spec has no form at ${path}`);
	const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false, allErrors: true });
	const validate = ajv.compile({ ...schema, additionalProperties: false, components: spec.components });
	return (form) => {
		validate(valuesOf(form, schema));
		return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
	};
}
