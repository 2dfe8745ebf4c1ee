import path from 'node:path';
import axios from 'axios';
import { DateTime } from 'luxon';
import type { SimRequest, SimResponse, Simulator, Weather } from '../../sandbox/simulators/kit';
import { STAFF_TOOL_HEADERS, WEBSITE_HEADERS } from '../../sandbox/simulators/operator';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { SECRET_HEADERS } from '../../sandbox/src/sample';
import { callFlow } from '../support/callFlow';
import { customer } from '../support/chat';
import { CLIENT, sms } from '../support/deliveries';
import { untilIdle } from '../support/executions';
import { simulated, theHouse } from '../support/house';
import { leaksAt, leaksIn, newestExecution, plantedSecrets, type Leak, type Planted } from '../support/leaks';
import { OWNER } from '../support/outbox';
import { runAt } from '../support/runAt';
import { discard, publishChain, republish } from '../support/temporary';
import { restoreSettings, setSettings } from '../support/settings';

/** Milliseconds: many flows run, and each provider is asked again where it fails. */
const SLOW = 120_000;

const PROVIDERS = 'altegio,booksy,calcom,calendly,chatwoot,twilio,instagram,monday,sendgrid,ga4,openai';

const OAUTH2 = 'canary-oauth2';
const TRIGGERS = ['calendly-events', 'calcom-events'];
const TABLES = [
	...['leads', 'lead_history', 'deliveries', 'errors', 'events', 'health', 'messages', 'appointments'],
].map((table) => `frontdesk_${table}`);

/**
 * What n8n's own nodes keep, credential and place: "What n8n itself keeps" in docs/security.md. The built-in Webhook
 * node puts all headers of a call into its item; the built-in HTTP Request node keeps the words of whoever refuses.
 */
const KEPT_BY_N8N = [
	'Website (httpHeaderAuth): execution of "Take in a lead from a website" › Website sends a lead',
	'Staff tool (httpHeaderAuth): execution of "Find a client by Instagram username" › A tool of the staff asks',
	'Staff tool (httpHeaderAuth): execution of "Find a client by Instagram username" › Settings',
	'SendGrid (sendGridApi): execution of "Check every provider" › Ask SendGrid',
	'OpenAI (openAiApi): execution of "Check every provider" › Ask the language model',
];

/** Secrets that never travel: they sign, they check who calls us, or no flow uses them. */
const STAYING = [
	'Booksy (booksyApi)',
	'Chatfuel webhook (chatfuelWebhookApi)',
	'Chatfuel Contacts (chatfuelContactsApi)',
	'Website (httpHeaderAuth)',
	'Staff (httpBasicAuth)',
	'Staff tool (httpHeaderAuth)',
];

/** Where n8n renews Calendly's OAuth2 tokens. */
const calendlySignIn: Simulator = {
	name: 'calendly sign-in',
	hosts: ['auth.calendly.com'],
	handle: () => ({ status: 401 }),
	rateLimited: () => ({ status: 429 }),
	reset: () => undefined,
	state: () => ({}),
};

/** All that a request carried, as a careless server quotes it. */
function quoted({ method, url, headers, text }: SimRequest): string {
	const [, basic = ''] = /^Basic (.*)$/.exec(headers.authorization ?? '') ?? [];
	const signedIn = Buffer.from(basic, 'base64').toString('utf8');
	return `You sent ${JSON.stringify({ method, url: url.href, headers, signedIn, body: text })}`;
}

/** What a server says that quotes all it was sent: in the body where providers have their words, and in a header. */
const answering = (status: number, request: SimRequest): SimResponse => {
	const echo = quoted(request);
	return {
		status,
		headers: { 'content-type': 'application/json', 'x-echo': encodeURIComponent(echo) },
		body: { message: echo, error: { message: echo }, errors: [{ message: echo }] },
	};
};

/** Every provider refuses everything, and quotes. What failed with 500 is refused when it is repeated: waits are long. */
function quoting(status: number): Weather {
	const failed = new Set<string>();
	return (_, request) => {
		const asked = `${request.method} ${request.url.href} ${request.text}`;
		const now = status === 500 && failed.has(asked) ? 422 : status;
		failed.add(asked);
		return { kind: 'answer', response: answering(now, request) };
	};
}

const home = () => path.dirname(theHouse().n8n.log);

/** Calls a webhook of ours. @returns the whole answer, as text */
async function call(
	webhook: string,
	headers: Record<string, string>,
	{ method = 'post', data, params }: { method?: string; data?: object; params?: object } = {},
): Promise<string> {
	const url = theHouse().webhook(webhook);
	const answer = await axios.request<string>({
		...{ method, url, headers, data, params, proxy: false },
		validateStatus: () => true,
		responseType: 'text',
	});
	return JSON.stringify([answer.status, answer.headers, answer.data]);
}

/** One delivery by each channel. */
const deliveriesOf = (name: string) =>
	[
		sms(),
		sms({ channel: 'whatsapp' }),
		sms({ channel: 'email', to: CLIENT.email, payload: { subject: 'a', text: 'b', name: 'c' } }),
		sms({ channel: 'chatwoot', to: CLIENT.phone }),
		sms({ channel: 'instagram', to: '17841400000000123' }),
		sms({ channel: 'chatfuel', to: '1000000000000001', payload: { blockName: 'Reminder' } }),
		sms({ channel: 'monday', to: 'Ana', payload: { itemName: 'Ana', email: CLIENT.email } }),
		sms({ channel: 'ga4', to: CLIENT.leadKey, payload: { event: 'generate_lead', parameters: {} } }),
	].map((one) => ({ ...one, deliveryKey: `canary:${name}:${String(one.channel)}` }));

const LEAD = {
	name: 'Ana Kowalska',
	email: CLIENT.email,
	phone: CLIENT.phone,
	topic: 'Tattoo',
	language: 'en',
	consent: { gdpr: true, marketing: false },
};

/** A flow that asks Calendly as whoever connected it by OAuth2 does; none of ours does that unchanged. */
async function publishOAuth2(): Promise<StoredWorkflow> {
	const flow = await publishChain('Ask Calendly by OAuth2', [
		{
			name: 'Start',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: OAUTH2,
			parameters: { path: OAUTH2, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		},
		{
			name: 'Ask Calendly',
			type: 'n8n-nodes-frontdesk.calendly',
			parameters: { authentication: 'oAuth2', resource: 'service', operation: 'getMany', limit: 1 },
			credential: ['calendlyBookingOAuth2Api', 'Calendly OAuth2'],
		},
	]);
	await theHouse().untilListening(OAUTH2, 'POST');
	return flow;
}

/** Uses the credentials of the sandbox, in many flows at once. @returns what callers of our webhooks were answered */
async function work(name: string): Promise<string[]> {
	const now = String(DateTime.now().toISO());
	// What comes of it is for the flows' own tests to say.
	const runs = ['health-check', 'visits-sync', 'daily-report'].map(
		async (folder) => await runAt(folder, now).catch(() => undefined),
	);
	simulated<TwilioSimulator>('twilio').receive(
		`whatsapp:${CLIENT.phone}`,
		'whatsapp:+15005550006',
		`Hello ${name}`,
	);
	const answers = await Promise.all([
		call('booking-availability/chatfuel', SECRET_HEADERS, { data: customer() }),
		call('lead-consultation/chatfuel', SECRET_HEADERS, { data: customer({ topic: 'Tattoo' }) }),
		call('lead-intake', WEBSITE_HEADERS, { data: LEAD }),
		call('clients/by-instagram', STAFF_TOOL_HEADERS, { method: 'get', params: { instagram: 'anna' } }),
		call(OAUTH2, {}, { data: {} }),
		// Turned away: what was wrong with it is nobody's business.
		call('lead-intake', { 'x-frontdesk-secret': 'wrong-secret-of-a-stranger' }, { data: LEAD }),
	]);
	await callFlow('deliver', deliveriesOf(name));
	await Promise.all(runs);
	await untilIdle();
	return answers;
}

/** Takes Calendly's and Cal.com's webhooks away and registers them anew, whatever comes of it. */
async function switchTriggers(): Promise<string[]> {
	const tried = TRIGGERS.map(async (folder) => await republish(folder, () => undefined));
	return (await Promise.allSettled(tried)).map((result) => JSON.stringify(result));
}

const shown = ({ credential, where }: Pick<Leak, 'credential' | 'where'>) => `${credential}: ${where}`;

describe('Secrets stay in the credentials', () => {
	let planted: Planted[];
	let oauth2: StoredWorkflow;
	const found = new Set<string>();
	const travelled = new Set<string>();
	const asked = new Set<string>();

	/** The secrets that stand where they should not, but for what n8n itself keeps. */
	async function leaksOf(perform: () => Promise<string[]>): Promise<Leak[]> {
		const after = await newestExecution(home());
		const answers = await perform();
		for (const { provider } of theHouse().world.exchanges) asked.add(provider);
		const sent = theHouse().world.exchanges.map(({ request: { headers, url, method, body } }) =>
			quoted({ headers, method, text: body, url: new URL(url) }),
		);
		for (const { credential } of leaksIn(sent.join('\n'), 'a request', planted)) travelled.add(credential);
		const leaks = [
			...leaksIn(answers.join('\n'), 'an answer to a caller', planted),
			...(await leaksAt(home(), planted, after)),
		];
		for (const leak of leaks) found.add(shown(leak));
		return leaks.filter((leak) => !KEPT_BY_N8N.includes(shown(leak)));
	}

	beforeAll(async () => {
		planted = await plantedSecrets();
		theHouse().world.simulators.push(calendlySignIn);
		oauth2 = await publishOAuth2();
	});

	beforeEach(async () => {
		await untilIdle();
		theHouse().world.reset();
		await setSettings({ ...OWNER, alertPhone: '', healthProviders: PROVIDERS });
	});

	afterEach(async () => {
		theHouse().world.weather = () => undefined;
		await restoreSettings();
	});

	afterAll(async () => {
		theHouse().world.simulators.splice(theHouse().world.simulators.indexOf(calendlySignIn), 1);
		await discard(oauth2);
		await theHouse().editor.clearTables(...TABLES);
	});

	it.each<[string, number | undefined]>([
		['where all goes well', undefined],
		['where every provider refuses with 401 and quotes what it was sent', 401],
		['where every provider refuses with 422 and quotes what it was sent', 422],
		['where every provider fails with 500 and quotes what it was sent', 500],
	])(
		'%s',
		async (_, status) => {
			if (status) theHouse().world.weather = quoting(status);
			expect(await leaksOf(async () => await work(String(status)))).toEqual([]);
		},
		SLOW,
	);

	it(
		'where webhooks are registered at a provider that quotes what it was sent',
		async () => {
			theHouse().world.weather = quoting(401);
			expect(await leaksOf(switchTriggers)).toEqual([]);
			theHouse().world.weather = () => undefined;
			await switchTriggers();
		},
		SLOW,
	);

	it('had every secret on its way, and excuses nothing that n8n does not keep', () => {
		expect(KEPT_BY_N8N.filter((kept) => !found.has(kept))).toEqual([]);
		expect(planted.map(({ credential }) => credential).filter((one) => !travelled.has(one))).toEqual(STAYING);
		expect(asked).toContain(calendlySignIn.name);
	});
});
