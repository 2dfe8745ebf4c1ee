import { DateTime } from 'luxon';
import type { BooksySimulator } from '../../sandbox/simulators/booksy';
import type { Fault } from '../../sandbox/simulators/kit';
import { customer, freshWorld, quickReplies, say } from '../support/chat';
import { untilIdle } from '../support/executions';
import { theHouse } from '../support/house';

const PATH = 'booking-availability/chatfuel';
const WARSAW = 'Europe/Warsaw';

const booksy = () =>
	theHouse().world.simulators.find(({ name }) => name === 'booksy') as unknown as BooksySimulator;

/** A weekday a few days ahead, on which the salon is open from 9 to 18. */
const openDay = () => {
	const day = DateTime.now().setZone(WARSAW).plus({ days: 3 }).startOf('day');
	return day.weekday === 7 ? day.plus({ days: 1 }) : day;
};

const close = (...days: DateTime[]) =>
	booksy()
		.salon()
		.customDays.push(...days.map((day) => ({ date: String(day.toISODate()), hours: [] })));

const ask = async (attributes: Record<string, unknown>) => await say(PATH, customer(attributes));

describe('Show free times in Chatfuel', () => {
	beforeEach(async () => await freshWorld(PATH, []));

	it('offers times of the day that is asked for, in Polish and in Warsaw time', async () => {
		const day = openDay();
		const turn = await ask({ 'booking date': day.toISODate() });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'times offered': '9' } });
		expect(turn.shown[0]).toContain('Wolne terminy');
		expect(turn.shown[0]).toContain(day.setLocale('pl').toFormat('d MMMM'));
		const replies = quickReplies(turn);
		expect(replies).toHaveLength(9);
		expect(replies[0]).toEqual({
			title: `${day.setLocale('pl').toFormat('ccc d LLL')}, 09:00`,
			set_attributes: { 'booking start': day.set({ hour: 9 }).toISO({ suppressMilliseconds: true }) },
		});
		for (const { title, set_attributes: set } of replies) {
			const start = DateTime.fromISO(String(set['booking start']), { zone: WARSAW });
			expect(start.toISODate()).toBe(day.toISODate());
			expect(title).toBe(start.setLocale('pl').toFormat('ccc d LLL, HH:mm'));
		}
	});

	it.each<[string, string, string]>([
		['en', 'Free times', 'en'],
		['es', 'Horas libres', 'es'],
		['uk', 'Вільний час', 'uk'],
		['ru', 'Свободное время', 'ru'],
		['de', 'Free times', 'en'],
	])('speaks %s, or English where it has no such texts', async (language, words, locale) => {
		const day = openDay();
		const turn = await ask({ language, 'booking date': day.toFormat('d.M.yyyy') });
		expect(turn.faults).toEqual([]);
		expect(turn.shown[0]).toContain(words);
		expect(quickReplies(turn)[0]?.title).toBe(`${day.setLocale(locale).toFormat('ccc d LLL')}, 09:00`);
	});

	it("shows times in the customer's own zone and sets the same moments", async () => {
		const day = openDay();
		const turn = await ask({
			'time zone': 'America/New_York',
			language: 'en',
			'booking date': day.toISODate(),
		});
		const [first] = quickReplies(turn);
		expect(first?.title).toMatch(/, 03:00$/);
		expect(DateTime.fromISO(String(first?.set_attributes['booking start'])).toMillis()).toBe(
			day.set({ hour: 9 }).toMillis(),
		);
		const hours = await ask({ 'time zone': '-5', language: 'en', 'booking date': day.toISODate() });
		expect(DateTime.fromISO(String(quickReplies(hours)[0]?.set_attributes['booking start'])).toMillis()).toBe(
			day.set({ hour: 9 }).toMillis(),
		);
	});

	it('understands the words for tomorrow', async () => {
		const tomorrow = DateTime.now().setZone(WARSAW).plus({ days: 1 }).startOf('day');
		const turn = await ask({ 'booking date': 'Jutro' });
		const wanted = tomorrow.weekday === 7 ? 'Brak wolnych' : 'Wolne terminy';
		expect(turn.shown[0]).toContain(wanted);
		expect(turn.shown[0]).toContain(tomorrow.setLocale('pl').toFormat('d MMMM'));
	});

	it('asks for the person and the service the customer named', async () => {
		const day = openDay();
		booksy()
			.salon()
			.workers[0]?.customDays.push({
				date: String(day.toISODate()),
				hours: [{ hour_from: '15:00', hour_till: '18:00' }],
			});
		const turn = await ask({
			'booking date': day.toISODate(),
			'booking service': '781',
			'booking staff': '456',
		});
		expect(quickReplies(turn)[0]?.title).toMatch(/, 15:00$/);
	});

	it('offers the next days with free times where the day has none', async () => {
		const day = openDay();
		close(day);
		const turn = await ask({ 'booking date': day.toISODate() });
		expect(turn).toMatchObject({ status: 200, faults: [] });
		expect(turn.shown[0]).toContain('Brak wolnych terminów');
		const days = new Set(
			quickReplies(turn).map(({ set_attributes: set }) => String(set['booking start']).slice(0, 10)),
		);
		expect(days.size).toBe(3);
		expect(days).not.toContain(day.toISODate());
	});

	it('says clearly that there are none at all', async () => {
		const day = openDay();
		close(...Array.from({ length: 20 }, (_, days) => day.plus({ days })));
		const turn = await ask({ 'booking date': day.toISODate() });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'times offered': '0' } });
		expect(turn.shown).toHaveLength(1);
		expect(turn.shown[0]).toContain('nie mamy wolnych terminów');
	});

	it.each([undefined, '2020-01-01', 'kiedykolwiek', '31.31.'])(
		'offers the next free times where the day is %s',
		async (date) => {
			const turn = await ask({ 'booking date': date });
			expect(turn).toMatchObject({ status: 200, faults: [] });
			expect(turn.shown[0]).toContain('Najbliższe wolne terminy');
			expect(quickReplies(turn)).toHaveLength(9);
		},
	);

	it.each<[string, Fault]>([
		['refuses', { kind: 'answer', response: { status: 403, body: { detail: 'No.' } } }],
		['does not answer', { kind: 'timeout' }],
		['hangs up', { kind: 'reset' }],
	])('apologises in time when the calendar %s', async (_, fault) => {
		theHouse().world.misbehave('booksy', ...Array.from({ length: 6 }, () => fault));
		const turn = await ask({ 'booking date': openDay().toISODate() });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'times offered': '0' } });
		expect(turn.shown).toEqual([expect.stringContaining('chwilowo nie widzimy naszego kalendarza')]);
		// Four seconds of silence are all that Chatfuel's ten leave room for.
		const silences = theHouse()
			.world.callsTo('booksy')
			.filter((call) => call.fault === 'timeout');
		expect(silences.length).toBeLessThan(2);
		await untilIdle();
	});
});
