import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../../sandbox/simulators/kit';
import { readSpec, specs } from '../../support/specs';

interface Parameter {
	name: string;
	in: 'header' | 'query' | 'path';
	required?: boolean;
	schema?: { default?: unknown };
}

type Content = { content?: { 'application/json'?: { schema: Schema } } };
type Schema = Record<string, unknown>;

interface Operation {
	parameters?: Parameter[];
	requestBody?: Content;
	responses: Record<string, Content>;
}

interface Spec {
	paths: Record<string, Record<string, Operation>>;
	components: { schemas: Record<string, Schema & { properties?: Record<string, Schema> }> };
}

const STRICT_INPUTS = [
	'CreateBookingInput_2024_08_13',
	'CreateBookingAttendee',
	'CancelBookingInput_2024_08_13',
	'RescheduleBookingInput_2024_08_13',
	'DeclineBookingInput_2024_08_13',
	'MarkAbsentBookingInput_2024_08_13',
	'ReserveSlotInput_2024_09_04',
];

/** Where one body may be several inputs, the one that this node sends. */
const INPUTS: Record<string, string> = {
	'post /v2/bookings': 'CreateBookingInput_2024_08_13',
	'post /v2/bookings/{bookingUid}/cancel': 'CancelBookingInput_2024_08_13',
	'post /v2/bookings/{bookingUid}/reschedule': 'RescheduleBookingInput_2024_08_13',
};

function load(): Spec | undefined {
	if (!specs) return undefined;
	const spec = JSON.parse(readSpec('calcom-v2-openapi.json')) as Spec;
	const { schemas } = spec.components;
	// Cal.com refuses unknown properties here, which the spec does not say.
	for (const name of STRICT_INPUTS) Object.assign(schemas[name] ?? {}, { additionalProperties: false });
	// Typed as number; the database column and the examples are UUIDs.
	for (const name of ['UserWebhookOutputDto', 'EventTypeWebhookOutputDto']) {
		const properties = schemas[name]?.properties;
		Object.assign(properties?.id ?? {}, { type: 'string' });
		Object.assign(properties?.payloadTemplate ?? {}, { nullable: true });
		Object.assign(properties?.secret ?? {}, { nullable: true });
	}
	for (const [name, { properties }] of Object.entries(schemas)) {
		// "Only allowed value for type is …" stands in the description alone.
		if (/^(BookingInput|Output).+Location_2024_0/.test(name))
			Object.assign(properties?.type ?? {}, { const: properties?.type?.example });
	}
	// The generator took the hosts' class for a string.
	Object.assign(schemas.TeamEventTypeOutput_2024_06_14?.properties?.hosts ?? {}, {
		items: { type: 'object' },
	});
	return mayBeNull(spec) as Spec;
}

/** Writes OpenAPI's nullable references as JSON Schema knows them. */
function mayBeNull(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(mayBeNull);
	if (typeof value !== 'object' || value === null) return value;
	const copy: Schema = Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, mayBeNull(inner)]),
	);
	if (copy.nullable !== true || copy.type !== undefined) return copy;
	delete copy.nullable;
	return { anyOf: [copy, { type: 'null' }] };
}

const spec = load();
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
if (spec) ajv.addSchema({ $id: 'calcom', components: spec.components });

const compiled = new Map<string, ValidateFunction>();
const pointed = (schema: Schema): Schema =>
	JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"calcom#/components/')) as Schema;

function insist(schema: Schema, value: unknown, what: string): void {
	const key = JSON.stringify(schema);
	const validate = compiled.get(key) ?? ajv.compile(pointed(schema));
	compiled.set(key, validate);
	if (!validate(value))
		throw new Error(`${what} is not as the spec says: ${ajv.errorsText(validate.errors)}`);
}

function operationOf(method: string, pathname: string): { path: string; operation: Operation } {
	const matches = Object.entries(spec?.paths ?? {}).filter(([path, methods]) => {
		const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
		return pattern.test(pathname) && methods[method] !== undefined;
	});
	const [found] = matches.sort(([a], [b]) => a.split('{').length - b.split('{').length);
	if (!found) throw new Error(`The spec has no ${method} ${pathname}`);
	return { path: found[0], operation: found[1][method] as Operation };
}

/** The slots' answer is described without its envelope; this is the part of it that format=range gives. */
const RANGE_SLOTS = {
	type: 'object',
	additionalProperties: {
		type: 'array',
		items: {
			type: 'object',
			required: ['start', 'end'],
			properties: { start: { type: 'string' }, end: { type: 'string' } },
		},
	},
};

function checkRequest({ path, operation }: ReturnType<typeof operationOf>, { request }: Exchange): void {
	const parameters = operation.parameters ?? [];
	const url = new URL(request.url);
	for (const { name, in: place, required, schema } of parameters) {
		const value = place === 'header' ? request.headers[name.toLowerCase()] : url.searchParams.get(name);
		if (required && place !== 'path') expect({ [name]: value ?? null }).not.toEqual({ [name]: null });
		if (name === 'cal-api-version') expect(value).toBe(schema?.default);
	}
	const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
	expect(known).toEqual(expect.arrayContaining([...url.searchParams.keys()]));
	const method = request.method.toLowerCase();
	const input = INPUTS[`${method} ${path}`];
	const schema = input
		? { $ref: `#/components/schemas/${input}` }
		: operation.requestBody?.content?.['application/json']?.schema;
	if (schema) insist(schema, JSON.parse(request.body), `The body of ${method} ${path}`);
}

/** Checks a request and its good answer against Cal.com's OpenAPI: path, headers, query, body, status, answer. */
export function checkExchange(exchange: Exchange): void {
	const { request, response } = exchange;
	const { pathname } = new URL(request.url);
	const found = operationOf(request.method.toLowerCase(), pathname);
	checkRequest(found, exchange);
	const answer = found.operation.responses[String(response?.status)];
	if (!answer)
		throw new Error(`The spec has no status ${response?.status} for ${request.method} ${pathname}`);
	const schema = answer.content?.['application/json']?.schema;
	if (pathname === '/v2/slots') insist(RANGE_SLOTS, (response?.body as { data: unknown }).data, 'The answer');
	else if (schema) insist(schema, response?.body, `The answer of ${request.method} ${found.path}`);
}
