import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../../sandbox/simulators/kit';
import { readSpec } from '../../support/specs';

interface Operation {
	requestBody?: unknown;
	responses: Record<string, { content?: unknown }>;
	parameters?: Array<{ name?: string; in?: string }>;
}

interface Swagger {
	paths: Record<string, Record<string, Operation> & { parameters?: Operation['parameters'] }>;
	components: { schemas: Record<string, unknown> };
}

/**
 * Where the swagger says other than Chatwoot does; the source and the payloads taken from it count. By method and
 * path below the account.
 */
const OTHERWISE: Record<string, { request?: RegExp; response?: boolean; why: string }> = {
	'POST /contacts': {
		request: /inbox_id/,
		response: true,
		why: 'inbox_id is optional (contacts_controller.rb), the answer has payload.contact (create.json.jbuilder)',
	},
	'PUT /contacts/{id}': {
		response: true,
		why: 'answers 200 with the contact, not 204 (update.json.jbuilder)',
	},
	'POST /contacts/filter': { request: /query_operator/, why: 'the last one is null (filter_service.rb)' },
	'POST /conversations': {
		request: /source_id/,
		why: 'contact_id with inbox_id does as well (conversations_controller.rb)',
	},
	'GET /webhooks': { response: true, why: 'payload.webhooks, not a bare list (index.json.jbuilder)' },
};

const ACCOUNT = '/api/v1/accounts/{account_id}';

/** Chatwoot's official swagger as something to check exchanges against. */
export function swagger() {
	const document = JSON.parse(readSpec('chatwoot-swagger.json')) as Swagger;
	const ajv = new Ajv({ strict: false, validateSchema: false, logger: false, allErrors: true });
	addFormats(ajv);
	ajv.addSchema(document, 'swagger');
	const pointer = (...names: string[]) =>
		names.map((name) => `/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
	const faults = (at: string, message: unknown): string[] => {
		const validate = ajv.getSchema(`swagger#${at}`) ?? ajv.compile({ $ref: `swagger#${at}` });
		void validate(message);
		return (validate.errors ?? []).map(({ instancePath, message: words }) => `${instancePath} ${words}`);
	};
	const templateOf = (pathname: string) => {
		const exact = (template: string) => template.split('{').length;
		return Object.keys(document.paths)
			.filter((template) => new RegExp(`^${template.replace(/{\w+}/g, '[^/]+')}$`).test(pathname))
			.sort((a, b) => exact(a) - exact(b))[0];
	};

	/** What is wrong with a request or an answer; an empty list where nothing is. */
	const breaches = ({ request, response }: Exchange): string[] => {
		const { pathname, searchParams } = new URL(request.url);
		const template = templateOf(pathname) ?? '';
		const method = request.method.toLowerCase();
		const operation = document.paths[template]?.[method];
		const place = `${request.method} ${template.replace(ACCOUNT, '')}`;
		if (!operation) return [`${place || pathname} is not in the swagger`];
		const otherwise = OTHERWISE[place];
		const known = [...(document.paths[template]?.parameters ?? []), ...(operation.parameters ?? [])];
		const named = known.flatMap((one) => ('$ref' in one ? ['page', 'sort'] : one.name ? [one.name] : []));
		const stray = [...searchParams.keys()].filter((name) => !named.includes(name.replace('[]', '')));
		const json = ['content', 'application/json', 'schema'];
		const isJson = request.headers['content-type']?.startsWith('application/json') && request.body;
		const asked = isJson
			? faults(pointer('paths', template, method, 'requestBody', ...json), JSON.parse(request.body))
			: [];
		const answered =
			response?.status === 200 && operation.responses['200']?.content && !otherwise?.response
				? faults(pointer('paths', template, method, 'responses', '200', ...json), response.body)
				: [];
		return [
			...stray.map((name) => `${place} has no parameter ${name}`),
			...asked
				.filter((fault) => !otherwise?.request?.test(fault))
				.map((fault) => `${place} request: ${fault}`),
			...answered.map((fault) => `${place} answer: ${fault}`),
		];
	};
	/** Against `#/components/schemas/<name>`. */
	const schema = (name: string, message: unknown) => faults(pointer('components', 'schemas', name), message);
	return { breaches, schema };
}
