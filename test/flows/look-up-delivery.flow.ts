import { DateTime } from 'luxon';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { InstagramSimulator } from '../../sandbox/simulators/instagram';
import type { Fault } from '../../sandbox/simulators/kit';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { callFlow, callFlowOnce } from '../support/callFlow';
import { simulated, theHouse } from '../support/house';

interface Verdict {
	verdict: string;
	providerId: string;
}

const PHONE = '+48601234567';
const IGSID = '17841400000000123';
const TABLE = 'frontdesk_deliveries';
const TEXT = 'See you on Monday at ten';
const MISSING = { verdict: 'missing', providerId: '' };
const UNCLEAR = { verdict: 'unclear', providerId: '' };
/** What ends a look-up at once. */
const locked: Fault = { kind: 'answer', response: { status: 403, body: { message: 'No' } } };

const ago = (minutes: number) => DateTime.now().minus({ minutes }).toISO();
const delivery = (channel: string, to: string, payload: object = { text: TEXT }, more: object = {}) => ({
	id: 4711,
	tenant: 'main',
	deliveryKey: 'lost',
	channel,
	to,
	template: 'test',
	payload: JSON.stringify(payload),
	status: 'uncertain',
	attempts: 1,
	createdAt: ago(1),
	...more,
});
const settings = () => ({ phoneCountry: 'PL', chatwootAccountId: '1', chatwootInboxId: '9' });
const lookUp = async (row: object) =>
	await callFlowOnce<Verdict>('look-up-delivery', { tenant: 'main', delivery: row, settings: settings() });
/** Sends by the flows, and gives the provider's ID. */
async function sent(deliveryKey: string, channel: string, to: string, payload: object = { text: TEXT }) {
	const item = { tenant: 'main', deliveryKey, leadKey: '', channel, template: 'test', to, payload };
	const [answer] = await callFlow<{ status: string; providerId: string }>('deliver', [item]);
	expect(answer).toMatchObject({ status: 'sent' });
	return String(answer?.providerId);
}
const twilio = () => simulated<TwilioSimulator>('twilio');

describe('Look up a delivery', () => {
	beforeEach(async () => {
		theHouse().world.reset();
		await theHouse().editor.clearTables(TABLE);
		await theHouse().editor.changeSettings({ whatsappCheckSeconds: '0.1' });
	});

	it('finds an SMS by its words, and only to the same person', async () => {
		const id = await sent('lost', 'sms', PHONE);
		expect(await lookUp(delivery('sms', '601 234 567'))).toEqual({ verdict: 'sent', providerId: id });
		expect(await lookUp(delivery('sms', PHONE, { text: 'Something else' }))).toEqual(MISSING);
		expect(await lookUp(delivery('sms', '+48601999999'))).toEqual(MISSING);
	});

	it('takes no earlier message for it, and no message that belongs to another delivery', async () => {
		await sent('another', 'sms', PHONE);
		expect(await lookUp(delivery('sms', PHONE))).toEqual(MISSING);
		const id = await sent('lost', 'sms', PHONE);
		expect(await lookUp(delivery('sms', PHONE))).toEqual({ verdict: 'sent', providerId: id });
		const later = delivery('sms', PHONE, { text: TEXT }, { createdAt: ago(-30) });
		expect(await lookUp(later)).toEqual(MISSING);
	});

	it('takes no message of the person for it', async () => {
		twilio().receive(PHONE, '+15005550006', TEXT);
		expect(await lookUp(delivery('sms', PHONE))).toEqual(MISSING);
	});

	it('counts a WhatsApp text only where WhatsApp did not refuse it', async () => {
		twilio().receive(`whatsapp:${PHONE}`, 'whatsapp:+15005550006', 'Hi');
		const id = await sent('lost', 'whatsapp', PHONE);
		expect(await lookUp(delivery('whatsapp', PHONE))).toEqual({ verdict: 'sent', providerId: id });
		const stranger = '+48602222222';
		const refused = {
			tenant: 'main',
			deliveryKey: 'x',
			channel: 'whatsapp',
			to: stranger,
			payload: { text: TEXT },
		};
		expect(await callFlowOnce('deliver', refused)).toMatchObject({ status: 'failed' });
		expect(await lookUp(delivery('whatsapp', stranger))).toEqual(MISSING);
	});

	it('finds the template that went out in place of the text', async () => {
		const payload = {
			text: TEXT,
			contentSid: `HX${'6'.repeat(32)}`,
			contentVariables: { 1: 'Ana', 2: 'at ten', 3: '' },
		};
		const id = await sent('lost', 'whatsapp', PHONE, payload);
		expect(await lookUp(delivery('whatsapp', PHONE, payload))).toEqual({ verdict: 'sent', providerId: id });
		const other = { ...payload, contentVariables: { 1: 'Ana', 2: 'at noon' } };
		expect(await lookUp(delivery('whatsapp', PHONE, other))).toEqual(MISSING);
	});

	it('finds a Chatwoot message, in a known conversation or in the one of the inbox', async () => {
		const chatwoot = simulated<ChatwootSimulator>('chatwoot');
		const to = String(chatwoot.given({ name: 'Ana', phone_number: PHONE }).id);
		expect(await lookUp(delivery('chatwoot', to))).toEqual(MISSING);
		const id = await sent('lost', 'chatwoot', to);
		expect(await lookUp(delivery('chatwoot', to))).toEqual({ verdict: 'sent', providerId: id });
		const conversationId = String(chatwoot.state().conversations[0]?.id);
		const known = { text: TEXT, conversationId };
		expect(await lookUp(delivery('chatwoot', to, known))).toEqual({ verdict: 'sent', providerId: id });
		expect(await lookUp(delivery('chatwoot', to, { ...known, text: 'Other' }))).toEqual(MISSING);
	});

	it('finds an Instagram message, also one that was sent in parts', async () => {
		simulated<InstagramSimulator>('instagram').write(IGSID, 'Hi');
		expect(await lookUp(delivery('instagram', IGSID))).toEqual(MISSING);
		const id = await sent('lost', 'instagram', IGSID);
		expect(await lookUp(delivery('instagram', IGSID))).toEqual({ verdict: 'sent', providerId: id });
		const long = { text: 'All that is worth knowing before your visit. '.repeat(40) };
		expect(await lookUp(delivery('instagram', IGSID, long))).toEqual(MISSING);
		await sent('long', 'instagram', IGSID, long);
		await theHouse().editor.clearTables(TABLE);
		expect(await lookUp(delivery('instagram', IGSID, long))).toMatchObject({ verdict: 'sent' });
	});

	it.each([
		['twilio', 'sms', PHONE],
		['twilio', 'whatsapp', PHONE],
		['chatwoot', 'chatwoot', '1'],
		['instagram', 'instagram', IGSID],
	])('never takes silence for a no: %s', async (provider, channel, to) => {
		theHouse().world.misbehave(provider, locked);
		expect(await lookUp(delivery(channel, to))).toEqual(UNCLEAR);
	});

	it.each(['email', 'chatfuel', 'ga4'])(
		'says that nobody can be asked about %s, and asks nobody',
		async (channel) => {
			expect(await lookUp(delivery(channel, 'ana@example.com'))).toMatchObject({ verdict: 'unknowable' });
			for (const provider of ['sendgrid', 'chatfuel', 'ga4'])
				expect(theHouse().world.callsTo(provider)).toEqual([]);
		},
	);

	it('leaves monday.com to find its item itself', async () => {
		expect(await lookUp(delivery('monday', 'Ana', { email: 'ana@example.com' }))).toEqual(MISSING);
	});
});
