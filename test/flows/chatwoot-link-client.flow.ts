import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { SimContact } from '../../sandbox/simulators/chatwoot-store';
import { restoreSettings, setSettings } from '../support/settings';
import { executionsOf, untilIdle } from '../support/executions';
import { postByHand, simulated, theHouse } from '../support/house';
import { republish } from '../support/temporary';

interface LeadRow {
	tenant: string;
	leadKey: string;
	name: string;
	email: string;
	phone: string;
	channel: string;
	status: string;
	chatwootContactId: string | null;
	chatwootConversationId: string | null;
}

const FLOW = 'chatwoot-link-client';
const TABLES = [
	'frontdesk_leads',
	'frontdesk_appointments',
	'frontdesk_events',
	'frontdesk_errors',
	'frontdesk_deliveries',
];
const PHONE = '+48601234567';
const KEY = `phone:${PHONE}`;

const chatwoot = () => simulated<ChatwootSimulator>('chatwoot');
const leads = async () => await theHouse().editor.rows<LeadRow>('frontdesk_leads');
const errors = async () => await theHouse().editor.rows<{ message: string }>('frontdesk_errors');
const updates = () =>
	theHouse()
		.world.callsTo('chatwoot')
		.filter(({ request }) => request.method === 'PUT');
const attributesOf = ({ id }: SimContact) => chatwoot().account().contacts.get(id)?.custom_attributes;

/** Chatwoot never gives an ID twice, so that the account is emptied and not made anew. */
function forgetEverybody(): void {
	const account = chatwoot().account();
	account.contacts.clear();
	account.conversations.clear();
	chatwoot().deliveries.length = 0;
	theHouse().world.exchanges.length = 0;
}

/** A lead as other flows leave it. */
const given = async (lead: object = {}) =>
	await theHouse().editor.insertRows('frontdesk_leads', [
		{
			tenant: 'main',
			leadKey: KEY,
			name: 'Ana',
			phone: PHONE,
			email: 'ana@example.com',
			status: 'BOOKED',
			...lead,
		},
	]);

/** Appointments as other flows leave them: so many hours from now. */
const appointments = async (...list: Array<{ hours: number; status: string; [more: string]: unknown }>) => {
	const rows = list.map(({ hours, ...row }, index) => ({
		tenant: 'main',
		provider: 'booksy',
		appointmentId: String(index + 1),
		leadKey: KEY,
		phone: PHONE,
		start: new Date(Date.now() + hours * 3_600_000).toISOString(),
		...row,
	}));
	await theHouse().editor.insertRows('frontdesk_appointments', rows);
	return rows.map(({ start }) => start);
};

/** The moment as an agent reads it, in the business's zone. */
const shown = (iso: string | undefined, timeZone = 'Europe/Warsaw') =>
	new Date(String(iso)).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

/** Somebody writes; ends when all that follows has. */
const writes = async (contact: SimContact, text = 'Good morning') => {
	const message = chatwoot().receive(contact, text);
	await chatwoot().settled();
	await untilIdle();
	return message;
};

describe('Link clients who write in Chatwoot', () => {
	beforeAll(async () => await republish(FLOW, () => theHouse().world.reset()));

	beforeEach(async () => {
		await untilIdle();
		forgetEverybody();
		await theHouse().editor.clearTables(...TABLES);
		await setSettings({ alertEmail: '', alertPhone: '', chatwootCreateUnknown: 'no' });
	});

	afterEach(restoreSettings);

	it('links client and contact both ways, and shows the agent status, visits, last and next appointment', async () => {
		await given();
		const [last, , next] = await appointments(
			{ hours: -50, status: 'completed' },
			{ hours: -500, status: 'completed' },
			{ hours: 30, status: 'confirmed' },
			{ hours: 300, status: 'pending' },
			{ hours: 3, status: 'cancelled' },
			{ hours: -3, status: 'no_show' },
			{ hours: 2, status: 'confirmed', tenant: 'branch' },
			{ hours: 2, status: 'confirmed', leadKey: 'phone:+48600000000', phone: '+48600000000' },
		);
		const contact = chatwoot().given({ name: 'Ana', phone_number: PHONE });
		const { sender } = await writes(contact);
		expect(sender?.id).toBe(contact.id);
		const [conversation] = chatwoot().state().conversations;
		expect(await leads()).toMatchObject([
			{
				leadKey: KEY,
				status: 'BOOKED',
				chatwootContactId: String(contact.id),
				chatwootConversationId: String(conversation?.id),
			},
		]);
		expect(attributesOf(contact)).toEqual({
			frontdesk_lead: KEY,
			client_status: 'BOOKED',
			visits: 2,
			last_appointment: shown(last),
			next_appointment: shown(next),
		});
	});

	it.each([
		['Mexico', '+5215512345678', '+525512345678', 'phone:+525512345678'],
		['Mexico the other way round', '+525512345678', '+5215512345678', 'phone:+525512345678'],
		['Brazil', '+551187654321', '+5511987654321', 'phone:+5511987654321'],
	])('knows a number of %s in another spelling', async (_, written, stored, leadKey) => {
		await given({ leadKey, phone: stored });
		const contact = chatwoot().given({ name: 'Ana', phone_number: written });
		await writes(contact);
		expect(await leads()).toMatchObject([{ leadKey, phone: stored, chatwootContactId: String(contact.id) }]);
		expect(attributesOf(contact)).toMatchObject({ frontdesk_lead: leadKey });
	});

	it('knows somebody without a phone by e-mail, and later by the link', async () => {
		await given();
		const contact = chatwoot().given({ name: 'Ana', email: 'ANA@example.com' });
		await writes(contact);
		expect(attributesOf(contact)).toMatchObject({ frontdesk_lead: KEY, visits: 0, next_appointment: '' });
		contact.email = null;
		contact.custom_attributes = {};
		await writes(contact, 'It is me again');
		expect(attributesOf(contact)).toMatchObject({ frontdesk_lead: KEY });
	});

	it('keeps what an agent wrote into other attributes', async () => {
		await given();
		const contact = chatwoot().given({ phone_number: PHONE, custom_attributes: { allergy: 'latex' } });
		await writes(contact);
		expect(attributesOf(contact)).toMatchObject({ allergy: 'latex', frontdesk_lead: KEY });
	});

	it('leaves somebody unknown alone', async () => {
		await given({ tenant: 'branch' });
		const contact = chatwoot().given({ name: 'Ben', phone_number: PHONE });
		await writes(contact);
		expect(await leads()).toMatchObject([{ tenant: 'branch', chatwootContactId: null }]);
		expect(attributesOf(contact)).toEqual({});
		expect(updates()).toEqual([]);
	});

	it('makes somebody unknown a lead where the setting says so, but not without phone and e-mail', async () => {
		await setSettings({ chatwootCreateUnknown: 'yes' });
		const contact = chatwoot().given({ name: 'Ben "B" {{ 1 + 1 }}', phone_number: PHONE });
		await writes(contact);
		await writes(chatwoot().given({ name: 'Visitor' }));
		expect(await leads()).toMatchObject([
			{ leadKey: KEY, name: 'Ben "B" {{ 1 + 1 }}', phone: PHONE, channel: 'chatwoot', status: 'NEW' },
		]);
		expect(attributesOf(contact)).toMatchObject({ client_status: 'NEW', visits: 0 });
	});

	it('takes a repeated event once', async () => {
		await given();
		await writes(chatwoot().given({ phone_number: PHONE }));
		const runs = (await executionsOf(FLOW)).length;
		const asked = updates().length;
		for (const delivery of [...chatwoot().deliveries]) {
			chatwoot().redeliver(delivery);
			chatwoot().repeatEvent(delivery);
		}
		await chatwoot().settled();
		await untilIdle();
		expect(updates()).toHaveLength(asked);
		expect(await executionsOf(FLOW)).toHaveLength(runs);
	});

	it('is not started by its own updates', async () => {
		await given();
		await writes(chatwoot().given({ phone_number: PHONE }));
		const told = chatwoot().deliveries.length;
		await untilIdle();
		expect(chatwoot().deliveries).toHaveLength(told);
		expect(
			chatwoot()
				.deliveries.map(({ body }) => (JSON.parse(body) as { event: string }).event)
				.sort(),
		).toEqual(['conversation_created', 'message_created']);
	});

	it('reports a refusal of Chatwoot, keeps the link, and shows all at the next message', async () => {
		await given();
		const contact = chatwoot().given({ phone_number: PHONE });
		await writes(contact);
		contact.custom_attributes = {};
		const refusal = { status: 422, body: { message: 'Attribute is not known' } };
		theHouse().world.misbehave('chatwoot', { kind: 'answer', response: refusal });
		await writes(contact, 'Second');
		expect(await errors()).toEqual([
			expect.objectContaining({
				tenant: 'main',
				flow: 'Link clients who write in Chatwoot',
				node: 'Show it in Chatwoot',
				provider: 'chatwoot',
				leadKey: KEY,
				message: expect.stringContaining('Attribute is not known') as string,
			}),
		]);
		expect(await leads()).toMatchObject([{ chatwootContactId: String(contact.id) }]);
		await writes(contact, 'Third');
		expect(attributesOf(contact)).toMatchObject({ frontdesk_lead: KEY });
	});

	it('refuses a forged call, and answers a real one before it does the work', async () => {
		const contact = chatwoot().given({ phone_number: PHONE });
		await writes(contact);
		const runs = (await executionsOf(FLOW)).length;
		const [delivery] = chatwoot().deliveries;
		const headers = { 'content-type': 'application/json' };
		expect(await postByHand(String(delivery?.url), { headers, body: String(delivery?.body) })).toBe(401);
		expect(await executionsOf(FLOW)).toHaveLength(runs);
		await given();
		const asked = Date.now();
		chatwoot().receive(contact, 'Quick?');
		await chatwoot().settled();
		const answered = Date.now() - asked;
		expect(updates()).toEqual([]);
		// 20 to 60 ms on a machine that does nothing else; Chatwoot gives up after 5 seconds.
		expect(answered).toBeLessThan(2500);
		await untilIdle();
		expect(updates()).toHaveLength(1);
	});
});
