import { timelines, type Row, type Tables } from '../../../sandbox/console/timeline';

const at = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, '0')}:00.000Z`;
const ANNA = { tenant: 'main', leadKey: 'phone:+48601234567' };
const row = (minute: number, values: Partial<Row>): Row =>
	({ createdAt: at(minute), ...ANNA, ...values }) as Row;
const none: Tables = {
	leads: [],
	lead_history: [],
	messages: [],
	appointments: [],
	deliveries: [],
	surveys: [],
	errors: [],
};
const lead = row(0, {
	name: 'Anna',
	phone: '+48601234567',
	channel: 'chatfuel',
	status: 'BOOKED',
	topic: 'Haircut',
});
const reached = (tables: Partial<Tables>) =>
	timelines({ ...none, leads: [lead], ...tables })[0]
		?.stages.filter(({ at: when }) => when !== undefined)
		.map(({ name }) => name);
const titles = (tables: Partial<Tables>) =>
	timelines({ ...none, leads: [lead], ...tables })[0]?.steps.map(({ title }) => title);

describe('a lead’s time line', () => {
	it('begins with the way the lead came, and has reached nothing else', () => {
		expect(titles({})).toEqual(['Came by Chatfuel']);
		expect(reached({})).toEqual(['First word']);
	});

	it('puts everything in the order in which it happened', () => {
		const steps = titles({
			lead_history: [row(3, { from: 'NEW', to: 'BOOKED', moved: true, at: at(3) })],
			appointments: [row(2, { provider: 'booksy', status: 'confirmed', start: at(50) })],
			deliveries: [
				row(4, { channel: 'sms', template: 'bookingConfirmation', status: 'sent', sentAt: at(5) }),
			],
			messages: [row(1, { direction: 'in', channel: 'whatsapp', text: 'Hello', at: at(1) })],
		});
		expect(steps).toEqual([
			'Came by Chatfuel',
			'Wrote on WhatsApp',
			'Booksy: confirmed',
			'Lead is BOOKED',
			'SMS: booking confirmation',
		]);
	});

	it('knows every stage up to the answered survey', () => {
		const stages = reached({
			appointments: [row(2, { provider: 'altegio', status: 'completed' })],
			deliveries: [
				row(4, { channel: 'sms', template: 'appointmentReminder', status: 'sent', sentAt: at(5) }),
			],
			surveys: [row(6, { channel: 'instagram', sentAt: at(6), receivedAt: at(7), rating: 5 })],
		});
		expect(stages).toEqual([
			'First word',
			'Written to',
			'Booked',
			'Reminded',
			'Visited',
			'Asked',
			'Answered',
		]);
	});

	it('takes no record for a message, and nothing unsent for sent', () => {
		const monday = row(1, { channel: 'monday', status: 'sent', sentAt: at(1) });
		const failed = row(2, { channel: 'sms', status: 'failed', attempts: 2, lastError: 'No route' });
		expect(reached({ deliveries: [monday, failed] })).toEqual(['First word']);
		const [line] = timelines({ ...none, leads: [lead], deliveries: [failed] });
		expect(line?.steps.at(-1)).toMatchObject({ problem: 'No route', detail: 'failed, 2 attempts' });
	});

	it('does not take a refused step for one that was taken', () => {
		const refused = row(1, { from: 'NEW', to: 'BOOKED', moved: false, reason: 'illegal', at: at(1) });
		expect(reached({ lead_history: [refused] })).toEqual(['First word']);
		expect(titles({ lead_history: [refused] })).toContain('Stays NEW');
	});

	it('shows an appointment at its own clock', () => {
		const appointment = row(2, {
			provider: 'calcom',
			status: 'confirmed',
			start: '2026-11-25T09:00:00.000Z',
			timeZone: 'Europe/Warsaw',
		});
		const [line] = timelines({ ...none, leads: [lead], appointments: [appointment] });
		expect(line?.steps.at(-1)?.detail).toBe('2026-11-25 10:00');
	});

	it('keeps leads and tenants apart, the newest first', () => {
		const other = row(1, { tenant: 'krakow', name: 'Anna of Krakow', channel: 'web' });
		const lines = timelines({
			...none,
			leads: [lead, other],
			messages: [row(2, { tenant: 'krakow', direction: 'in', channel: 'sms', at: at(2) })],
		});
		expect(lines.map(({ name, steps }) => [name, steps.length])).toEqual([
			['Anna of Krakow', 2],
			['Anna', 1],
		]);
	});
});
