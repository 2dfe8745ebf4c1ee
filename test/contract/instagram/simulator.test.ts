import { createHmac } from 'node:crypto';
import {
	ACCOUNT,
	CREDENTIALS,
	InstagramSimulator,
	PEOPLE,
	sandbox,
} from '../../../sandbox/simulators/instagram';
import { plainAnswer } from '../../../sandbox/simulators/kit';

const ANNA = PEOPLE[0]?.igsid ?? '';
const HOUR = 3600 * 1000;

let time = 0;
let simulator: InstagramSimulator;

beforeEach(() => {
	time = Date.parse('2026-03-02T08:00:00Z');
	simulator = new InstagramSimulator({ now: () => new Date(time) });
});

const call = (method: string, path: string, body?: unknown) =>
	simulator.handle({
		method,
		url: new URL(`https://graph.instagram.com/v26.0${path}`),
		headers: { authorization: `Bearer ${CREDENTIALS.accessToken}` },
		text: body === undefined ? '' : JSON.stringify(body),
	});

const send = (message: object, more: object = {}) =>
	call('POST', '/me/messages', { recipient: { id: ANNA }, message, ...more });

const codeOf = ({ body }: { body?: unknown }) => {
	const { error } = body as { error?: { code: number; error_subcode?: number } };
	return error && [error.code, error.error_subcode];
};

describe('the simulated Instagram', () => {
	it('opens the window when a person writes, taps or answers, and closes it after 24 hours', () => {
		expect(codeOf(send({ text: 'Hi' }))).toEqual([10, 2534022]);
		simulator.tapPostback(ANNA, 'Book', 'BOOK');
		time += 23 * HOUR;
		expect(codeOf(send({ text: 'Hi' }))).toBeUndefined();
		time += 2 * HOUR;
		expect(codeOf(send({ text: 'Hi' }))).toEqual([10, 2534022]);
		expect(codeOf(send({ text: 'Hi' }, { tag: 'HUMAN_AGENT' }))).toBeUndefined();
	});

	it.each([
		['text over 1000 bytes', { text: 'я'.repeat(501) }, {}],
		['14 quick replies', { text: 'a', quick_replies: Array(14).fill({}) }, {}],
		['no content', {}, {}],
		['an attachment without url', { attachment: { type: 'image', payload: {} } }, {}],
		['a retired tag', { text: 'a' }, { tag: 'ACCOUNT_UPDATE' }],
	])('refuses %s with code 100', (_, message, more) => {
		simulator.write(ANNA, 'Hello');
		expect(codeOf(send(message, more))?.[0]).toBe(100);
	});

	it.each([
		['conversations', 2, () => call('GET', '/me/conversations?platform=instagram')],
		['texts', 100, () => send({ text: 'a' })],
		['videos', 10, () => send({ attachment: { type: 'video', payload: { url: 'https://e.com/v' } } })],
	])('takes %s %i times a second', (_, limit, ask) => {
		simulator.write(ANNA, 'Hello');
		for (let count = 0; count < limit; count++) expect(codeOf(ask())).toBeUndefined();
		expect(codeOf(ask())).toEqual([613, 2534040]);
		time += 1000;
		expect(codeOf(ask())).toBeUndefined();
	});

	it('knows no version of its future, and no other node', () => {
		const url = new URL('https://graph.instagram.com/v27.0/me');
		expect(codeOf(simulator.handle({ method: 'GET', url, headers: {}, text: '' }))).toEqual([
			2500,
			undefined,
		]);
		expect(codeOf(call('GET', '/17841499999999999?fields=username'))).toEqual([100, 33]);
	});

	it('tells nobody until the app is subscribed, then signs over the bytes', () => {
		expect(simulator.write(ANNA, 'Hello')).toBeUndefined();
		call('POST', `/${ACCOUNT.id}/subscribed_apps?subscribed_fields=messages`);
		const { body = '', headers } = simulator.write(ANNA, 'Żółć') ?? {};
		expect(body).not.toContain('Żółć');
		expect(JSON.parse(body)).toMatchObject({
			object: 'instagram',
			entry: [{ id: ACCOUNT.id, messaging: [{ sender: { id: ANNA }, message: { text: 'Żółć' } }] }],
		});
		const hex = createHmac('sha256', CREDENTIALS.appSecret).update(body).digest('hex');
		expect(headers?.['x-hub-signature-256']).toBe(`sha256=${hex}`);
		expect(simulator.tapPostback(ANNA, 'Book', 'BOOK')).toBeUndefined();
	});

	it('posts to the address of the App Dashboard, and keeps the answer', async () => {
		const send = jest.fn().mockResolvedValue(plainAnswer(200));
		const created = sandbox.create({ send }) as InstagramSimulator;
		created.webhooks.callbackUrl = 'https://n8n.example.com/webhook/instagram';
		created.webhooks.fields = ['messages'];
		const delivery = created.write(ANNA, 'Hello');
		await created.webhooks.settled();
		expect(send).toHaveBeenCalledWith('https://n8n.example.com/webhook/instagram', delivery);
		expect(delivery?.status).toBe(200);
		created.reset();
		expect(created.state()).toMatchObject({ messages: [], subscribedFields: undefined });
	});

	it('tells of an edit where the app is subscribed to such, and keeps the new text', () => {
		simulator.webhooks.fields = ['messages'];
		const { body } = simulator.write(ANNA, 'Tomorow') as { body: string };
		const mid = /"mid":"([^"]+)"/.exec(body)?.[1] ?? '';
		expect(simulator.edit(mid, 'Tomorrow')).toBeUndefined();
		simulator.webhooks.fields.push('message_edit');
		const told = simulator.edit(mid, 'Tomorrow, please');
		expect(JSON.parse(told?.body ?? '')).toMatchObject({
			entry: [{ messaging: [{ sender: { id: ANNA }, message_edit: { mid, text: 'Tomorrow, please' } }] }],
		});
		expect(simulator.state().messages).toMatchObject([{ mid, text: 'Tomorrow, please' }]);
		expect(() => simulator.edit('unknown', 'x')).toThrow('knows no message unknown');
	});
});
