import axios from 'axios';
import { DateTime } from 'luxon';
import type { AltegioSimulator } from '../../sandbox/simulators/altegio';
import { callFlow } from '../support/callFlow';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh, untilIdle } from '../support/executions';
import { eventually, simulated, theHouse } from '../support/house';
import { runAt } from '../support/runAt';

interface Row {
	appointmentId: string;
	status: string;
	start: string;
	end: string;
	[column: string]: unknown;
}

/** Milliseconds: a test plays several runs of several flows. */
const SLOW = 120_000;
const TABLES = ['frontdesk_appointments', 'frontdesk_leads', 'frontdesk_lead_history', 'frontdesk_events'];
const NOW = DateTime.fromISO('2026-03-11T12:00', { zone: 'Europe/Warsaw' });
const JANE = { name: 'Jane', phone: '+12025550123' };
const OLHA = { name: 'Olha', phone: '+380671234567' };

const altegio = () => simulated<AltegioSimulator>('altegio');

/** Books in the salon's calendar, as its staff does. */
function book(days: number, more: { client?: object; service?: number; staff?: number; time?: string } = {}) {
	const { client = JANE, service = 331, staff = 555, time = '12:00' } = more;
	const body = {
		staff_id: staff,
		services: [{ id: service }],
		client,
		datetime: `${NOW.plus({ days }).toISODate()}T${time}:00`,
		save_if_busy: true,
	};
	return altegio().records.create(body, false).id;
}

const run = async () => await runAt('visits-sync', NOW.toISO() ?? '');
const rows = async () => await theHouse().editor.rows<Row>('frontdesk_appointments');
const rowOf = async (id: number) =>
	(await rows()).find(({ appointmentId }) => appointmentId === String(id)) as Row;
const iso = (days: number, hour: number) =>
	NOW.plus({ days }).startOf('day').set({ hour }).toUTC().toISO() ?? '';

/** A lead whose booking is an appointment of Altegio's. */
async function lead(bookingId: number): Promise<void> {
	const leadKey = 'phone:+12025550123';
	const at = '2026-03-01T10:00:00.000Z';
	await callFlow('lead-save', [{ tenant: 'main', leadKey, lead: { phone: JANE.phone, name: 'Jane' } }]);
	await callFlow('lead-status', [
		{ tenant: 'main', leadKey, to: 'BOOKED', at, bookingProvider: 'altegio', bookingId: String(bookingId) },
	]);
}
const leadStatus = async () =>
	(await theHouse().editor.rows<{ status: string }>('frontdesk_leads')).map(({ status }) => status);

describe('Sync visits from Altegio', () => {
	beforeEach(async () => {
		// n8n registers with Altegio a moment after the flow is switched on.
		await eventually(() => expect(altegio().hooks.hooks).not.toEqual([]));
		await altegio().hooks.settled();
		await startAfresh(...TABLES);
		await setSettings({ visitsPeriod: 'week', altegioInstagramIn: 'email' });
	});

	afterEach(restoreSettings);

	/** Books before the flow is told of it, so that only reading the period finds it. */
	async function bookUnheard(...bookings: Array<() => number>): Promise<number[]> {
		const { hooks } = altegio();
		const listening = hooks.hooks;
		hooks.hooks = [];
		const ids = bookings.map((one) => one());
		hooks.hooks = listening;
		return ids;
	}

	it(
		'saves a week back and ahead with client, status, payment, services and master',
		async () => {
			const [past = 0, coming = 0, absent = 0, ...farAway] = await bookUnheard(
				() => altegio().records.edit(book(-3), { attendance: 1, paid: 120 }).id,
				() => book(2, { client: OLHA, service: 332, staff: 556 }),
				() => altegio().records.edit(book(-2, { client: OLHA }), { attendance: -1 }).id,
				() => book(-9),
				() => book(9),
			);
			await run();
			expect(await rows()).toHaveLength(3);
			for (const id of farAway) expect(await rowOf(id)).toBeUndefined();
			expect(await rowOf(past)).toMatchObject({
				tenant: 'main',
				provider: 'altegio',
				status: 'completed',
				start: iso(-3, 12),
				end: iso(-3, 13),
				timeZone: 'Europe/Warsaw',
				service: 'Haircut',
				staff: 'Anna Kowal',
				staffId: '555',
				clientId: '1121412',
				clientName: 'Jane Example',
				phone: '+12025550123',
				instagram: 'jane.example',
				amount: 120,
				paid: true,
			});
			expect(await rowOf(coming)).toMatchObject({
				status: 'confirmed',
				start: iso(2, 12),
				service: 'Brows',
				staff: 'Oksana Melnyk',
				clientName: 'Olha Приклад',
				email: 'olha@example.com',
				amount: 60,
				paid: false,
			});
			expect(await rowOf(absent)).toMatchObject({ status: 'no_show' });
		},
		SLOW,
	);

	it(
		'keeps no e-mail address that is only an Instagram username',
		async () => {
			const [id = 0] = await bookUnheard(() => book(1));
			await run();
			expect((await rowOf(id)).email || null).toBeNull();
			await setSettings({ altegioInstagramIn: 'nowhere' });
			await run();
			expect(await rowOf(id)).toMatchObject({ email: 'jane.example@gmail.com' });
		},
		SLOW,
	);

	it(
		'reads a month where the setting says so, and adds nothing when it runs again',
		async () => {
			await bookUnheard(
				() => book(-20),
				() => book(20),
				() => book(40),
			);
			await setSettings({ visitsPeriod: 'month' });
			await run();
			await run();
			expect((await rows()).map(({ start }) => start).sort()).toEqual([iso(-20, 12), iso(20, 12)]);
		},
		SLOW,
	);

	it(
		'takes what Altegio deleted as cancelled, whether it still lists it or not',
		async () => {
			const [marked = 0, gone = 0, kept = 0] = await bookUnheard(
				() => book(1),
				() => book(2),
				() => book(3),
			);
			await run();
			await bookUnheard(() => (altegio().records.remove(marked, false), marked));
			altegio().salon.bookings.delete(gone);
			await run();
			expect(await rowOf(marked)).toMatchObject({ status: 'cancelled', clientName: 'Jane Example' });
			expect(await rowOf(gone)).toMatchObject({
				status: 'cancelled',
				start: iso(2, 12),
				clientName: 'Jane Example',
				phone: JANE.phone,
				service: 'Haircut',
				staffId: '555',
			});
			expect(await rowOf(kept)).toMatchObject({ status: 'confirmed' });
		},
		SLOW,
	);

	it(
		'follows an appointment that was moved out of the period',
		async () => {
			const [id = 0] = await bookUnheard(() => book(3));
			await run();
			const start = NOW.plus({ days: 30 }).toMillis();
			await bookUnheard(() => altegio().records.edit(id, { start }).id);
			await run();
			expect(await rowOf(id)).toMatchObject({ status: 'confirmed', start: new Date(start).toISOString() });
		},
		SLOW,
	);

	it(
		'takes changes as Altegio tells of them, each once, whatever order they come in',
		async () => {
			const id = book(4);
			await eventually(async () => expect(await rowOf(id)).toMatchObject({ status: 'confirmed' }));
			altegio().records.edit(id, { comment: 'Bring the reference photo' });
			altegio().records.edit(id, { attendance: 1 });
			await eventually(async () => expect(await rowOf(id)).toMatchObject({ status: 'completed' }));
			await altegio().hooks.settled();
			// The first call once more, as after a lost answer: what it says is long past.
			const [first] = altegio().hooks.sent;
			const url = (first?.url ?? '').replace(/^https:\/\/[^/]+/, theHouse().n8n.url);
			await axios.post(url, JSON.parse(first?.body ?? ''), { proxy: false });
			await untilIdle();
			expect(await rows()).toEqual([expect.objectContaining({ status: 'completed' })]);
			altegio().records.remove(id, false);
			await eventually(async () => expect(await rowOf(id)).toMatchObject({ status: 'cancelled' }));
			expect(await rows()).toHaveLength(1);
		},
		SLOW,
	);

	it(
		'moves the lead of a completed visit to COMPLETED, once, and of a cancelled one back to QUALIFIED',
		async () => {
			const [id = 0, foreign = 0] = await bookUnheard(
				() => book(-1),
				() => book(-2),
			);
			await lead(id);
			await bookUnheard(() => altegio().records.edit(foreign, { attendance: 1 }).id);
			await run();
			expect(await leadStatus()).toEqual(['BOOKED']);
			await bookUnheard(() => altegio().records.edit(id, { attendance: 1 }).id);
			await run();
			await run();
			expect(await leadStatus()).toEqual(['COMPLETED']);
			expect(await rowOf(id)).toMatchObject({ leadKey: 'phone:+12025550123' });
			const history = await theHouse().editor.rows<{ to: string }>('frontdesk_lead_history');
			expect(history.map(({ to }) => to)).toEqual(['BOOKED', 'COMPLETED']);
		},
		SLOW,
	);

	it(
		"moves a lead on Altegio's word as well",
		async () => {
			const id = book(1);
			await lead(id);
			altegio().records.remove(id, false);
			await eventually(async () => expect(await leadStatus()).toEqual(['QUALIFIED']));
		},
		SLOW,
	);

	it(
		'fails with the reason where Altegio refuses, changes nothing, and catches up the next time',
		async () => {
			const [id = 0] = await bookUnheard(() => book(1));
			await run();
			const refusal = { status: 403, body: { success: false, data: null, meta: { message: 'No rights' } } };
			const refusals = Array.from({ length: 3 }, () => ({ kind: 'answer' as const, response: refusal }));
			theHouse().world.misbehave('altegio', ...refusals);
			await expect(run()).rejects.toThrow('does not allow this with the credential in use');
			expect(await rowOf(id)).toMatchObject({ status: 'confirmed' });
			const [later = 0] = await bookUnheard(() => book(2));
			await run();
			expect(await rowOf(later)).toMatchObject({ status: 'confirmed' });
			expect(await rows()).toHaveLength(2);
		},
		SLOW,
	);
});
