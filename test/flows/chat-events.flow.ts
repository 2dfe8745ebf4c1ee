import { customer, freshWorld, say, stateOf } from '../support/chat';
import { untilIdle } from '../support/executions';
import { eventually, theHouse } from '../support/house';

const PATH = 'chat-events/chatfuel';
const TABLES = ['frontdesk_leads', 'frontdesk_deliveries', 'frontdesk_events'];

interface Counted {
	name: string;
	clientId: string;
	params: Record<string, unknown>;
}

const counted = () => stateOf<{ accepted: Counted[] }>('ga4').accepted;
const tell = async (event: Record<string, unknown>) =>
	await say(PATH, customer({ name: '', email: '', phone: '', ...event }));

describe('Count chat events in Google Analytics', () => {
	beforeEach(async () => await freshWorld(PATH, TABLES));

	it.each<[string, string]>([
		['StartConversation', 'conversation_started'],
		['ContactForm', 'generate_lead'],
		['BookMeeting', 'meeting_booked'],
		['ContactConsultant', 'request_consultation'],
		['hand over', 'request_consultation'],
	])('counts %s as %s, with category, label and value', async (action, name) => {
		const turn = await tell({
			category: 'Chatbot',
			action,
			label: 'Instagram',
			value: '12,5',
			source: 'Guest',
		});
		expect(turn).toMatchObject({ status: 200, faults: [], shown: [] });
		await eventually(() => expect(counted()).toHaveLength(1));
		expect(counted()[0]).toMatchObject({
			name,
			params: { event_category: 'Chatbot', event_label: 'Instagram', value: 12.5, chat_source: 'Guest' },
		});
		expect(counted()[0]?.params).not.toHaveProperty('chat_action');
	});

	it.each<[string, string]>([
		['Zamówiono Próbkę łóżka!', 'zamowiono_probke_lozka'],
		['clickedPrices', 'clicked_prices'],
		['session_start', 'chat_session_start'],
		['ga_secret', 'chat_ga_secret'],
		['2nd visit', 'chat_2nd_visit'],
		['Запись', 'chat_event'],
		['x'.repeat(60), 'x'.repeat(40)],
	])('gives the unknown action %s the name %s', async (action, name) => {
		await tell({ action });
		await eventually(() => expect(counted()).toHaveLength(1));
		expect(counted()[0]).toMatchObject({ name, params: { event_category: 'Chatbot', chat_action: action } });
	});

	it('counts the same event told several times once, and another one too', async () => {
		const event = { action: 'StartConversation', label: 'Website' };
		await Promise.all([tell(event), tell(event), tell(event)]);
		await untilIdle();
		expect(counted()).toHaveLength(1);
		await tell({ ...event, label: 'WhatsApp' });
		await untilIdle();
		expect(counted().map(({ params }) => params.event_label)).toEqual(['Website', 'WhatsApp']);
		await Promise.all(['a', 'b', 'a'].map(async (id) => await tell({ ...event, 'event id': id })));
		await untilIdle();
		expect(counted()).toHaveLength(4);
	});

	it('counts a meeting once that a booking flow has counted already', async () => {
		const booking = { action: 'BookMeeting', 'booking provider': 'booksy', 'booking id': '1001' };
		await tell({ ...booking, label: 'Website' });
		await untilIdle();
		await tell({ ...booking, label: 'Instagram' });
		await untilIdle();
		expect(counted()).toHaveLength(1);
		expect(await theHouse().editor.rows('frontdesk_deliveries')).toEqual([
			expect.objectContaining({ deliveryKey: 'booking:booksy:1001:created:ga4' }),
		]);
	});

	it('keeps one person one visitor, and personal data away from Google', async () => {
		await tell({ action: 'StartConversation' });
		await tell({ action: 'ContactForm' });
		await tell({ action: 'StartConversation', 'messenger user id': '1000000000004712' });
		await untilIdle();
		expect(new Set(counted().map(({ clientId }) => clientId)).size).toBe(2);
		expect(JSON.stringify(theHouse().world.callsTo('ga4'))).not.toContain('1000000000004711');
	});

	it('keeps the event for later when Google cannot be reached', async () => {
		theHouse().world.misbehave('ga4', { kind: 'answer', response: { status: 400, body: 'No' } });
		expect((await tell({ action: 'ContactForm' })).status).toBe(200);
		await untilIdle();
		expect(counted()).toEqual([]);
		const [delivery] = await theHouse().editor.rows<{ status: string; lastError: string }>(
			'frontdesk_deliveries',
		);
		expect(delivery?.status).not.toBe('sent');
		expect(delivery?.lastError).toMatch(/.+/);
	});

	it('counts nothing where nothing is told', async () => {
		await tell({ action: '', label: 'Website' });
		await untilIdle();
		expect(theHouse().world.exchanges).toEqual([]);
	});
});
