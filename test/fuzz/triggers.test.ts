import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { ChatfuelWebhookApi } from '../../credentials/ChatfuelWebhookApi.credentials';
import { AltegioTrigger } from '../../nodes/Altegio/AltegioTrigger.node';
import { ChatfuelTrigger } from '../../nodes/Chatfuel/ChatfuelTrigger.node';
import { ChatwootTrigger } from '../../nodes/Chatwoot/ChatwootTrigger.node';
import { InstagramDirectTrigger } from '../../nodes/InstagramDirect/InstagramDirectTrigger.node';
import { TwilioMessageTrigger } from '../../nodes/TwilioMessage/TwilioMessageTrigger.node';
import { CREDENTIALS as INSTAGRAM } from '../../sandbox/simulators/instagram';
import { CREDENTIALS as TWILIO } from '../../sandbox/simulators/twilio';
import { SECRET as ALTEGIO_SECRET, triggerCredential } from '../unit/altegio/triggerBench';
import { byId, credential as chatwootCredential } from '../unit/chatwoot/bench';
import { ALL_EVENTS, credential as instagramCredential } from '../unit/instagram/bench';
import { credential as twilioCredential } from '../unit/twilio/calls';
import { BASE, doorOf, type DoorOptions, type Knock } from './support/door';
import { bodies, contentType, RUNS, SEED } from './support/hostile';
import { judgeItem, judgeWorld, timedLater } from './support/judge';
import * as seeds from './support/seeds';
import type { INodeType } from 'n8n-workflow';

fc.configureGlobal({ seed: SEED, numRuns: RUNS });

/** A trigger, what it is fed with, and how its provider signs. */
interface Subject {
	name: string;
	type: INodeType;
	door: DoorOptions;
	/** The usual Content-Type. */
	form: string;
	bodies: fc.Arbitrary<string | Buffer>;
	sign(body: Buffer): Pick<Knock, 'search'> & { headers?: Record<string, string> };
	/** As it signs, but with another secret; undefined: with nothing. */
	forge(body: Buffer): Pick<Knock, 'search'> & { headers?: Record<string, string> };
	phonesAsTheyCame?: boolean;
}

const CHATFUEL_SECRET = 'q7Rk2mZx9TbW4nLc';
const CHATWOOT_SECRET = 'chatwoot-signs-with-this';
const FORGED = 'not-the-secret-of-anybody-0123456789';

const hex = (secret: string, ...parts: Array<string | Buffer>) =>
	parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest('hex');

const chatwootSigned = (secret: string) => (body: Buffer) => {
	const seconds = String(Math.floor(Date.now() / 1000));
	return {
		headers: {
			'x-chatwoot-timestamp': seconds,
			'x-chatwoot-signature': `sha256=${hex(secret, `${seconds}.`, body)}`,
		},
	};
};

const instagramSigned = (secret: string) => (body: Buffer) => ({
	headers: { 'x-hub-signature-256': `sha256=${hex(secret, body)}` },
});

/** Over the digest of the body, which is signed whatever the body is. */
const twilioSigned = (token: string) => (body: Buffer) => {
	const search = `?bodySHA256=${hex256(body)}`;
	const signature = getExpectedTwilioSignature(token, `${BASE}/twilio${search}`, {});
	return { search, headers: { 'x-twilio-signature': signature } };
};

const hex256 = (body: Buffer) => createHash('sha256').update(body).digest('hex');

const formText = (value: unknown): string =>
	typeof value === 'object' && value !== null
		? Object.entries(value)
				.flatMap(([name, one]: [string, unknown]) =>
					[one].flat().map((each) => `${encode(name)}=${encode(plainText(each))}`),
				)
				.join('&')
		: plainText(value);

const plainText = (value: unknown): string =>
	typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
/** As a form encodes; halves of pairs have no encoding. */
const encode = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const subjects: Subject[] = [
	{
		name: 'Altegio',
		type: new AltegioTrigger(),
		door: {
			parameters: {
				location: { __rl: true, mode: 'id', value: '123456' },
				events: [
					...['appointmentCreated', 'appointmentChanged', 'appointmentCancelled'],
					...['visitCompleted', 'clientCreated', 'clientChanged'],
				],
				timeZone: 'Europe/Warsaw',
				additionalOptions: { includeRaw: true, instagramIn: 'customField', instagramField: 'instagram' },
			},
			credentials: [triggerCredential()],
		},
		form: 'application/json',
		bodies: bodies(seeds.altegio),
		sign: () => ({ search: `?secret=${ALTEGIO_SECRET}` }),
		forge: () => ({ search: `?secret=${FORGED}` }),
	},
	{
		name: 'Chatfuel',
		type: new ChatfuelTrigger(),
		door: {
			parameters: {},
			credentials: [{ type: new ChatfuelWebhookApi(), data: { secret: CHATFUEL_SECRET } }],
		},
		form: 'application/json',
		bodies: fc.oneof(bodies(seeds.chatfuel), bodies(seeds.chatfuel, formText)),
		sign: () => ({ headers: { 'x-frontdesk-secret': CHATFUEL_SECRET } }),
		forge: () => ({ headers: { 'x-frontdesk-secret': FORGED } }),
		phonesAsTheyCame: true,
	},
	{
		name: 'Chatwoot',
		type: new ChatwootTrigger(),
		door: {
			parameters: {
				account: byId('1'),
				events: [
					...['contact_created', 'contact_updated', 'conversation_status_changed', 'conversation_updated'],
					'message_created',
				],
				additionalOptions: { include: ['activity', 'bot', 'outgoing', 'private'], includeRaw: true },
			},
			credentials: [chatwootCredential()],
			kept: { secret: CHATWOOT_SECRET },
		},
		form: 'application/json',
		bodies: bodies(seeds.chatwoot),
		sign: chatwootSigned(CHATWOOT_SECRET),
		forge: chatwootSigned(FORGED),
	},
	{
		name: 'Instagram Direct',
		type: new InstagramDirectTrigger(),
		door: {
			parameters: { events: ALL_EVENTS, additionalOptions: { includeRaw: true } },
			credentials: [instagramCredential()],
		},
		form: 'application/json',
		bodies: bodies(seeds.instagram),
		sign: instagramSigned(INSTAGRAM.appSecret),
		forge: instagramSigned(FORGED),
	},
	{
		name: 'Twilio Message',
		type: new TwilioMessageTrigger(),
		door: { parameters: { events: ['message', 'status'] }, credentials: [twilioCredential()] },
		form: 'application/x-www-form-urlencoded',
		bodies: bodies(seeds.twilio, formText),
		sign: twilioSigned(TWILIO.authToken),
		forge: twilioSigned(FORGED),
	},
];

/** Of a trigger's inputs so many are forged; the rest is authentic, so that the parser is reached. */
const FORGED_RUNS = RUNS / 4;

/** What a caller may be told. Without a status n8n answers by itself, with 200. */
const ANSWERS = [undefined, 200, 400, 401, 413, 422];

describe.each(subjects)(
	'$name Trigger',
	({ type, door, form, bodies: body, sign, forge, phonesAsTheyCame }) => {
		const call = doorOf(type, door);

		it('takes or refuses any authentic call, and starts no flow with what is not sound', async () => {
			let started = 0;
			await fc.assert(
				fc.asyncProperty(body, contentType(form), fc.nat(99), async (text, said, chance) => {
					const rawBody = chance === 0 ? undefined : Buffer.from(text);
					const { headers, search } = sign(rawBody ?? Buffer.alloc(0));
					const knock = { rawBody, search, headers: { 'content-type': said, ...headers } };
					const { status, body: answered, items } = await timedLater(async () => await call(knock));
					expect(ANSWERS).toContain(status);
					if (status !== undefined && status >= 400)
						expect([items, answered]).toEqual([undefined, expect.anything()]);
					started += items?.length ?? 0;
					for (const { json } of items ?? []) judgeItem(json, { body: String(text), phonesAsTheyCame });
					judgeWorld();
				}),
				{ numRuns: RUNS - FORGED_RUNS },
			);
			// Were everything refused, nothing would have been tried.
			expect(started).toBeGreaterThan(RUNS / 5);
		});

		it('refuses any call that is forged or unsigned', async () => {
			await fc.assert(
				fc.asyncProperty(body, contentType(form), fc.boolean(), async (text, said, signed) => {
					const rawBody = Buffer.from(text);
					const { headers, search } = signed ? forge(rawBody) : {};
					const knock = { rawBody, search, headers: { 'content-type': said, ...headers } };
					const { status, items } = await timedLater(async () => await call(knock));
					// One that is too large is refused before anybody looks at its signature.
					expect([401, 413]).toContain(status);
					expect(items).toBeUndefined();
					judgeWorld();
				}),
				{ numRuns: FORGED_RUNS },
			);
		});
	},
);
