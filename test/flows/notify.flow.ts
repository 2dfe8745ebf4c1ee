import type { InstagramSimulator } from '../../sandbox/simulators/instagram';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { callFlow, callFlowOnce } from '../support/callFlow';
import { theHouse } from '../support/house';

interface Notified {
	delivered: boolean;
	status: string;
	channel: string;
	reason: string;
	tried: Array<{ channel: string; status: string; error: string }>;
	permanent: boolean;
}

const PHONE = '+48601234567';
const LANDLINE = '+15005550009';
const LEAD_KEY = `phone:${PHONE}`;
const REMINDER = `HX${'6'.repeat(32)}`;

const SETTINGS = {
	'text.visit.en': '{name}, {date} at {time}: {service} {unknown}',
	'text.visit.pl': '{name}, {date} o {time}: {service}',
	'text.visit.es': '{name}, {date} a las {time}: {service}',
	'text.visit.uk': '{name}, {date} о {time}: {service}',
	'text.visit.ru': '{name}, {date} в {time}: {service}',
	'subject.visit.en': 'Your visit, {name}',
	'text.offer.en': 'Half price at {business}',
	whatsappCheckSeconds: '0.1',
};

const values = { start: '2027-05-04T10:00:00+02:00', timeZone: 'Europe/Warsaw', service: 'Massage' };
const contact = { name: 'Ana', phone: PHONE, email: 'ana@example.com', language: 'en' };

const notice = (more: object = {}) => ({
	tenant: 'main',
	notificationKey: 'visit:1:reminder',
	leadKey: '',
	template: 'visit',
	values,
	channels: '',
	marketing: false,
	contact,
	...more,
});

const simulator = <Simulator>(provider: string): Simulator =>
	theHouse().world.simulators.find(({ name }) => name === provider) as Simulator;
const messages = () => simulator<TwilioSimulator>('twilio').state().messages;
const mails = () => simulator<{ state(): { outbox: SentMail[] } }>('sendgrid').state().outbox;
const notify = async (more: object = {}) => await callFlowOnce<Notified>('notify', notice(more));

/** A lead as other flows leave it. */
const given = async (lead: Record<string, string | boolean>) =>
	await theHouse().editor.insertRows('frontdesk_leads', [
		{ tenant: 'main', leadKey: LEAD_KEY, name: 'Ana', phone: PHONE, email: 'ana@example.com', ...lead },
	]);

describe('Notify a client', () => {
	beforeEach(async () => {
		const { world, editor } = theHouse();
		world.reset();
		await editor.clearTables('frontdesk_deliveries', 'frontdesk_leads');
		await editor.fillSettings(SETTINGS);
	});

	it.each([
		['en', 'Ana, Tuesday, May 4 at 10:00 AM: Massage '],
		['pl', 'Ana, wtorek, 4 maja o 10:00: Massage'],
		['es', 'Ana, martes, 4 de mayo a las 10:00: Massage'],
		['uk', 'Ana, вівторок, 4 травня о 10:00: Massage'],
		['ru', 'Ana, вторник, 4 мая в 10:00: Massage'],
		['de', 'Ana, Tuesday, May 4 at 10:00 AM: Massage '],
	])('writes in %s, with date and time as people there do', async (language, text) => {
		const told = await notify({ channels: 'sms', contact: { ...contact, language } });
		expect(told).toEqual({
			delivered: true,
			status: 'sent',
			before: '',
			channel: 'sms',
			reason: '',
			tried: [{ channel: 'sms', status: 'sent', error: '' }],
			permanent: false,
		});
		expect(messages().map(({ body }) => body)).toEqual([text]);
	});

	it("tells the time of the person's own zone", async () => {
		await given({ language: 'pl', timeZone: 'America/New_York' });
		await notify({ leadKey: LEAD_KEY, contact: null, channels: 'sms' });
		expect(messages()[0]?.body).toContain('04:00');
	});

	it('falls back only where a channel refuses for good', async () => {
		const told = await notify();
		expect(told).toMatchObject({ delivered: true, channel: 'sms' });
		expect(told.tried.map(({ channel, status }) => [channel, status])).toEqual([
			['whatsapp', 'failed'],
			['sms', 'sent'],
		]);
		expect(mails()).toEqual([]);
		const keys = (await theHouse().editor.rows<{ deliveryKey: string }>('frontdesk_deliveries')).map(
			({ deliveryKey }) => deliveryKey,
		);
		expect(keys).toEqual(['visit:1:reminder:whatsapp', 'visit:1:reminder:sms']);
	});

	it.each<[string, Parameters<ReturnType<typeof theHouse>['world']['misbehave']>[1], string]>([
		['leaves open whether it went out', { kind: 'resetAfter' }, 'uncertain'],
		['is in trouble', { kind: 'answer', response: { status: 503, body: '' } }, 'uncertain'],
		['slows us down', { kind: 'rateLimit', seconds: 1 }, 'failed'],
	])('does not fall back, and says that it is not final, where a provider %s', async (_, fault, status) => {
		theHouse().world.misbehave('sendgrid', fault);
		const told = await notify({ channels: 'email, sms' });
		expect(told).toMatchObject({ delivered: false, status, channel: 'email', permanent: false });
		expect(told.reason).toMatch(/.+/);
		expect(messages()).toEqual([]);
	});

	it("goes by the lead's preferred channel first, with a subject", async () => {
		await given({ preferredChannel: 'email', language: 'en' });
		expect(await notify({ leadKey: LEAD_KEY, contact: null })).toMatchObject({ channel: 'email' });
		expect(mails()[0]).toMatchObject({ subject: 'Your visit, Ana', to: [{ email: 'ana@example.com' }] });
	});

	it('sends a WhatsApp template with the values in order where a text is refused', async () => {
		await theHouse().editor.fillSettings({
			'text.remind.en': '{name}: {date}',
			'whatsappContent.remind.en': REMINDER,
		});
		expect(await notify({ template: 'remind', channels: 'whatsapp' })).toMatchObject({ delivered: true });
		expect(messages().at(-1)?.body).toBe('Hello Ana, we expect you Tuesday, May 4.');
	});

	it('reaches people by Chatwoot and Instagram', async () => {
		const person = simulator<ChatwootSimulator>('chatwoot').given({ name: 'Ana', phone_number: PHONE });
		simulator<InstagramSimulator>('instagram').write('17841400000000123', 'Hi');
		const ids = { chatwootContactId: String(person.id), instagramId: '17841400000000123' };
		const told = await callFlow<Notified>('notify', [
			notice({ channels: 'chatwoot', contact: { name: 'Ana', ...ids } }),
			notice({ channels: 'instagram', contact: { name: 'Ana', ...ids } }),
		]);
		expect(told.map(({ channel, status }) => [channel, status])).toEqual([
			['chatwoot', 'sent'],
			['instagram', 'sent'],
		]);
	});

	it('leaves out what the lead opted out of', async () => {
		await given({ optOut: 'WhatsApp, sms', language: 'en' });
		expect(await notify({ leadKey: LEAD_KEY, contact: null })).toMatchObject({ channel: 'email' });
		expect(messages()).toEqual([]);
	});

	it.each<[string, Record<string, string | boolean>, object, string]>([
		['who wants none', { optOut: 'all' }, {}, 'Wants no messages'],
		['without an address', { phone: '', email: '' }, {}, 'No channel reaches this person'],
		[
			'without consent to marketing',
			{ consentMarketing: false },
			{ template: 'offer', marketing: true },
			'No consent to marketing messages',
		],
	])('sends nothing to people %s', async (_, lead, more, reason) => {
		await given({ language: 'en', ...lead });
		expect(await notify({ leadKey: LEAD_KEY, contact: null, ...more })).toEqual({
			delivered: false,
			status: 'skipped',
			before: '',
			channel: '',
			reason,
			tried: [],
			permanent: true,
		});
		expect(theHouse().world.exchanges).toEqual([]);
	});

	it('sends marketing to a lead who agreed', async () => {
		await given({ language: 'en', consentMarketing: true });
		const offer = { template: 'offer', marketing: true, channels: 'sms' };
		expect(await notify({ leadKey: LEAD_KEY, contact: null, ...offer })).toMatchObject({ delivered: true });
		expect(messages()[0]?.body).toBe('Half price at Nova Studio');
	});

	it('names the setting that lacks', async () => {
		const told = await notify({ template: 'nowhere' });
		expect(told).toMatchObject({ delivered: false, status: 'failed' });
		expect(told.reason).toContain('text.nowhere.en');
	});

	it('tells a person once, by whatever channel', async () => {
		await notify({ contact: { ...contact, phone: LANDLINE } });
		const again = await notify({ contact: { ...contact, phone: LANDLINE } });
		expect(again).toMatchObject({ delivered: false, status: 'skipped', channel: 'email' });
		expect(mails()).toHaveLength(1);
	});

	it('puts buttons under the text on Instagram', async () => {
		const instagram = simulator<InstagramSimulator>('instagram');
		instagram.write('anna.kowalska', 'Hello');
		const quickReplies = [
			{ title: 'Yes', payload: 'yes' },
			{ title: 'No', payload: 'no' },
		];
		await notify({
			channels: 'instagram',
			contact: { ...contact, instagramId: '17841400000000123' },
			values: { ...values, quickReplies },
		});
		expect(instagram.state().messages.at(-1)).toMatchObject({ incoming: false, quickReplies: ['Yes', 'No'] });
	});

	it('answers several in their order', async () => {
		const told = await callFlow<Notified>('notify', [
			notice({ notificationKey: 'a', channels: 'sms' }),
			notice({ notificationKey: 'b', template: 'nowhere' }),
			notice({ notificationKey: 'c', channels: 'sms', contact: { ...contact, phone: LANDLINE } }),
			notice({ notificationKey: 'd', channels: 'email' }),
		]);
		expect(told.map(({ channel, status }) => [channel, status])).toEqual([
			['sms', 'sent'],
			['', 'failed'],
			['sms', 'failed'],
			['email', 'sent'],
		]);
	});
});
