import { existsSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import type { ClientRequest } from 'node:http';
import nock from 'nock';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { pageOf } from '../../docs/generate/pageOf';
import { samplesOf, type SampleBook } from '../../docs/generate/samples';
import { BEGINNING, type Samples } from '../../docs/generate/samples/kind';
import { stopClock, type StillClock } from '../../docs/generate/still';
import { isSecretField } from '../../lib/http';
import { secretsIn } from '../../lib/http/secrets';
import { credentials, nodes } from '../house/registry';
import { runNode, type TestCredential } from '../support/n8n';

const ROOT = path.resolve(__dirname, '../..');
const SAMPLES = path.join(ROOT, 'docs/generate/samples');

jest.setTimeout(60_000);

/** Samples end before; pacers of this process remember when they were asked last. */
const AFTER_SAMPLES = Date.parse(BEGINNING) + 30 * 24 * 3_600_000;

/** The action nodes whose page shows a run of every operation, with that page. */
const sampled = nodes
	.filter(({ type }) => !type.description.group.includes('trigger'))
	.map(({ name, folder, type }) => {
		const page = pageOf(path.relative(ROOT, path.join(folder, `${name}.node.ts`)));
		return { name, type, file: path.join(SAMPLES, `${page}.ts`), page };
	})
	.filter(({ file }) => existsSync(file));

/** Puts a secret of its own into each secret field that the samples leave empty, such as a token that is fetched. */
const filledIn = ({ type, data }: TestCredential): TestCredential => {
	const open = type.properties.filter(({ name, typeOptions }) => typeOptions?.password && !data[name]);
	const planted = Object.fromEntries(open.map(({ name }) => [name, `canary-of-${name}`]));
	const lasting: Record<string, string> = type.properties.some(({ name }) => name === 'renewAt')
		? { renewAt: '9e15' }
		: {};
	return { type, data: { ...data, ...planted, ...lasting } };
};

/** Everything a run leaves behind, what only a debugger shows included. */
const remains = (value: unknown) =>
	inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity });

/** What the operator typed and nobody else should see, in every spelling. */
const secretsOf = (given: TestCredential[]) => given.flatMap(({ data }) => secretsIn(data));

/** All that a request carried, as a careless server quotes it. */
function quoted(req: ClientRequest, uri: string, body: unknown): string {
	const headers = req.getHeaders();
	const [, basic = ''] = /^Basic (.*)$/.exec(String(headers.authorization ?? '')) ?? [];
	const signedIn = Buffer.from(basic, 'base64').toString('utf8');
	return `You sent ${JSON.stringify({ uri, headers, signedIn, body })}`;
}

interface Answer {
	status: number;
	body: unknown;
	headers?: Record<string, string>;
}

/** What a provider makes of what it quotes. */
type Way = (echo: string) => Answer | Error;

const answering =
	(status: number): Way =>
	(echo) => ({
		status,
		body: { message: echo, error: { message: echo }, meta: { message: echo } },
		headers: {
			'x-echo': encodeURIComponent(echo),
			...(status === 302 && { location: `https://elsewhere.example/?${encodeURIComponent(echo)}` }),
		},
	});

const broken =
	(code: string): Way =>
	(echo) =>
		Object.assign(new Error(echo), { code });

const WAYS: Array<[string, Way]> = [
	['401', answering(401)],
	['422', answering(422)],
	['500', answering(500)],
	['a redirect', answering(302)],
	['a page', (echo) => ({ status: 403, body: `<html><title>${echo}</title>${echo}</html>` })],
	['plain words', (echo) => ({ status: 400, body: echo, headers: { 'content-type': 'text/plain' } })],
	[
		'an error under a good status',
		(echo) => ({ status: 200, body: { success: false, status: 'error', errors: [{ message: echo }] } }),
	],
	['a broken line', broken('ECONNRESET')],
	['silence', broken('ECONNABORTED')],
];

/** Has the provider's hosts quote whatever they are sent; tells all of it. */
function hostile(hosts: string[], way: Way): string[] {
	const sent: string[] = [];
	nock.activate();
	nock.disableNetConnect();
	for (const host of hosts) {
		for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
			nock(`https://${host}`)
				.persist()
				[method](() => true)
				.reply(async function (uri, body) {
					const echo = quoted(this.req as unknown as ClientRequest, uri, body);
					sent.push(echo);
					const answer = way(echo);
					if (answer instanceof Error) throw answer;
					return [answer.status, answer.body as nock.Body, answer.headers];
				});
		}
	}
	return sent;
}

function stop(): void {
	nock.cleanAll();
	nock.enableNetConnect();
	nock.restore();
}

describe.each(sampled)('$name', ({ type, file, page }) => {
	const declared = () =>
		jest.requireActual<{ samples: (now: () => Date) => Samples }>(file).samples(() => new Date());
	let book: SampleBook;
	let given: TestCredential[];
	let secrets: string[];
	let hosts: string[];
	let clock: StillClock | undefined;

	beforeAll(async () => {
		book = (await samplesOf(page, type)) as SampleBook;
		given = (declared().credentials ?? []).map(filledIn);
		secrets = secretsOf(given);
		hosts = (declared().simulators ?? []).flatMap((simulator) => simulator.hosts);
	});

	afterEach(() => {
		clock?.release();
		clock = undefined;
		if (nock.isActive()) stop();
	});

	it('gives no secret away where all goes well', () => {
		const shown = remains([...book.values()]);
		expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
	});

	it.each(WAYS)('gives no secret away when the provider answers with %s', async (_, way) => {
		const sent: string[] = [];
		clock = stopClock(AFTER_SAMPLES);
		for (const [name, { parameters, item }] of book) {
			const calls = hostile(hosts, way);
			const limits = { maxRetryWait: 0, timeout: 5, errorDetails: true };
			for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
				const { error, outputs } = await runNode(type, {
					parameters: { ...parameters, requestOptions: limits },
					items: [item ?? {}],
					credentials: given,
					onError,
				});
				// What comes under a good status, and is no error to the provider's api, is data.
				const shown = remains([error, outputs.slice(1)]);
				expect([name, secrets.filter((secret) => shown.includes(secret))]).toEqual([name, []]);
			}
			stop();
			sent.push(...calls);
		}
		// The Phone Number node asks nobody, and has no credential.
		const used = secrets.some((secret) => sent.some((one) => one.includes(secret)));
		expect(used).toBe(given.length > 0);
	});
});

describe.each(credentials)('the credential $name', ({ type }) => {
	const passwords = type.properties.filter(({ typeOptions }) => typeOptions?.password);

	it('names its secrets so that they are blotted out', () => {
		expect(passwords.map(({ name }) => name).filter((name) => !isSecretField(name))).toEqual([]);
		const data: ICredentialDataDecryptedObject = Object.fromEntries(
			passwords.map(({ name }) => [name, `canary-${name}`]),
		);
		const found = secretsIn({ ...data, oauthTokenData: { access_token: 'canary-oauth-token' } });
		const planted = [...passwords.map(({ name }) => `canary-${name}`), 'canary-oauth-token'];
		expect(planted.filter((secret) => !found.includes(secret))).toEqual([]);
	});
});
