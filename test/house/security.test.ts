import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import type { Scheme } from '../../lib/webhook';
import type { CallRates as RealRates } from '../../lib/webhook/rates';
import { callWebhook } from '../support/webhook';
import { credentials, nodes } from './registry';

const seen: Scheme[] = [];

jest.mock('../../lib/webhook/verify', () => {
	const actual = jest.requireActual<{ verify: (...given: unknown[]) => unknown }>('../../lib/webhook/verify');
	return {
		...actual,
		verify: (scheme: Scheme, ...rest: unknown[]) => {
			seen.push(scheme);
			return actual.verify(scheme, ...rest);
		},
	};
});

/** In place of the thousands that a sender may really call in a minute, which lib's own tests count. */
const MOST_CALLS = 3;

jest.mock('../../lib/webhook/rates', () => {
	const { CallRates } = jest.requireActual<{ CallRates: typeof RealRates }>('../../lib/webhook/rates');
	return {
		CallRates: class extends CallRates {
			constructor() {
				super({ callsPerMinute: 3 });
			}
		},
	};
});

const PAGE = readFileSync(path.resolve(__dirname, '../../docs/security.md'), 'utf8');

const triggers = nodes.filter(({ type }) => type.webhook !== undefined);

const calls = triggers.flatMap(({ type }) =>
	(type.description.webhooks ?? []).map(({ httpMethod }) => ({
		type,
		method: String(httpMethod),
		name: type.description.displayName,
	})),
);

type Call = (typeof calls)[number];

/** A trigger as it stands where the operator changed nothing, with a credential full of secrets. */
async function call({ type, method }: Call, headers: Record<string, string>, ip?: string) {
	const parameters: IDataObject = Object.fromEntries(
		type.description.properties.map(({ name, default: value }) => [name, value as IDataObject]),
	);
	const asked = (type.description.credentials ?? []).map(({ name }) => name);
	const given = credentials
		.filter((credential) => asked.includes(credential.type.name))
		.map(({ type: kind }) => ({
			type: kind,
			data: Object.fromEntries(
				// Of several fields of one name the first is shown by default.
				[...kind.properties]
					.reverse()
					.map(({ name, default: value, typeOptions }) => [
						name,
						typeOptions?.password ? `secret-of-${name}` : (value as string),
					]),
			),
		}));
	return await callWebhook(type, { method, parameters, credentials: given, headers, ip });
}

async function schemeOf(one: Call): Promise<Scheme> {
	seen.length = 0;
	expect(await call(one, {})).toMatchObject({ status: 401, items: undefined });
	expect(seen).toHaveLength(1);
	return seen[0] as Scheme;
}

function proofOf(scheme: Scheme): string {
	switch (scheme.scheme) {
		case 'none':
			return 'nothing';
		case 'secret':
			return `the secret in the ${scheme.place} \`${scheme.name}\``;
		case 'hmac':
			return `HMAC-SHA256 of the body in \`${scheme.header}\``;
		case 'hmac-timestamp':
			return `HMAC-SHA256 of time and body in \`${scheme.header}\`, time in \`${scheme.timestampHeader}\``;
		case 'hmac-pairs':
			return `HMAC-SHA256 of time and body in \`${scheme.header}\``;
		case 'twilio':
			return "Twilio's HMAC-SHA1 of address and form in `x-twilio-signature`";
	}
}

const windowOf = (scheme: Scheme) =>
	scheme.scheme === 'hmac-timestamp' || scheme.scheme === 'hmac-pairs'
		? `${scheme.toleranceSeconds ?? 300} s`
		: 'none';

const MEBIBYTE = 1024 * 1024;

/** The limit as the trigger itself says it, to a byte. */
async function largestBody(one: Call): Promise<number> {
	const { status, body, items } = await call(one, { 'content-length': '999999999' });
	expect({ status, items }).toEqual({ status: 413, items: undefined });
	const limit = Number(/than (\d+) bytes/.exec(JSON.stringify(body))?.[1]);
	expect(await call(one, { 'content-length': String(limit + 1) })).toMatchObject({ status: 413 });
	expect(await call(one, { 'content-length': String(limit) })).toMatchObject({ status: 401 });
	return limit;
}

const rows = PAGE.split('\n')
	.filter((line) => /^\| .* Trigger +\| (GET|POST) /.test(line))
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);

const written = ({ name, method }: Call) =>
	rows.find(([trigger, verb]) => trigger === name && verb === method);

describe('docs/security.md', () => {
	it('lists every trigger and method, and no other', () => {
		const listed = rows.map(([trigger, method]) => `${trigger} ${method}`).sort();
		expect(listed).toEqual(calls.map(({ name, method }) => `${name} ${method}`).sort());
	});

	it.each(calls)('says how $name ($method) is checked, as the code checks it', async (one) => {
		const scheme = await schemeOf(one);
		const limit = await largestBody(one);
		expect(written(one)?.slice(2, 5)).toEqual([proofOf(scheme), windowOf(scheme), `${limit / MEBIBYTE} MiB`]);
	});

	it.each(triggers)('says whether $name remembers repeats', ({ type, folder }) => {
		const source = readFileSync(path.join(folder, 'trigger', 'webhook.ts'), 'utf8');
		const told = rows.filter(
			([trigger, method]) => trigger === type.description.displayName && method === 'POST',
		);
		for (const [, , , , , repeat = ''] of told) {
			expect(repeat.startsWith('nothing')).toBe(!source.includes('isRepeat('));
			for (const [, header = ''] of repeat.matchAll(/`([a-z]+-[a-z-]+)`/g))
				expect(source).toContain(`'${header}'`);
			expect(repeat.includes('`eventKey`')).toBe(source.includes('eventKeyOf('));
		}
	});
});

describe('too many calls', () => {
	it.each(calls)('are turned away by $name ($method), counted by sender', async (one) => {
		const own = calls.indexOf(one);
		const from = async (host: number) => (await call(one, {}, `198.51.${host}.${own}`)).status;
		for (let count = 0; count < MOST_CALLS; count++) expect(await from(1)).toBe(401);
		expect(await from(1)).toBe(429);
		expect(await from(2)).toBe(401);
	});
});
