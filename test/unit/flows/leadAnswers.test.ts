import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { readFlow, readSettings } from '../../../workflows/build/files';

interface Decision {
	action: string;
	template: string;
	optOut: string;
	email: string;
	wish: { day?: string; time?: string } | null;
	from: string;
}

const code = String(
	readFlow('lead-qualified').nodes.find(({ name }) => name === 'Read the answer')?.parameters.jsCode,
);
const settings = Object.fromEntries(
	(readSettings('lead-qualified')?.settings ?? []).map(({ key, value }) => [key, value]),
);

/** A Monday. */
const NOW = DateTime.fromISO('2026-05-04T10:00', { zone: 'Europe/Warsaw' });

const LEAD = {
	leadKey: 'phone:+48601234567',
	name: 'Anna',
	email: 'anna@example.com',
	language: 'en',
	status: 'CONTACTED',
	bookingId: null as string | null,
	bookedAt: null as string | null,
};

/** Runs the flow's own code on a message, as its Code node does. */
function read(text: string, lead: Partial<typeof LEAD> = {}, waiting: object = {}): Decision {
	const nodes: Record<string, object> = {
		'Client answers': { message: { id: 'SM1', text }, channel: 'sms', client: { phone: '+48601234567' } },
		'Gather settings': { tenant: 'main', settings },
		'Find the lead': { lead: { ...LEAD, ...lead } },
	};
	const scope = {
		$: (name: string) => ({ first: () => ({ json: nodes[name] }) }),
		$input: { first: () => ({ json: waiting }) },
		$now: NOW,
		DateTime,
	};
	const [item] = runInNewContext(`(() => {${code}\n})()`, scope) as Array<{ json: Decision }>;
	return JSON.parse(JSON.stringify(item?.json)) as Decision;
}

describe("a lead's answer", () => {
	it.each<[string, string | undefined, string | undefined]>([
		['2026-05-08 15:00', '2026-05-08', '15:00'],
		['2026-05-08T13:00:00Z please', '2026-05-08', '15:00'],
		['On Friday, 3 pm?', '2026-05-08', '15:00'],
		['tomorrow at 3', '2026-05-05', '15:00'],
		['the day after tomorrow', '2026-05-06', undefined],
		['monday', '2026-05-11', undefined],
		['24.12.', '2026-12-24', undefined],
		['3.2. works', '2027-02-03', undefined],
		['15:30', undefined, '15:30'],
		['W piątek o 15', '2026-05-08', '15:00'],
		['pojutrze o 9:30', '2026-05-06', '09:30'],
		['w środę o 15.30', '2026-05-06', '15:30'],
		['o piątej', undefined, undefined],
		['czwarta rano', undefined, undefined],
		['El viernes a las 15:00', '2026-05-08', '15:00'],
		['mañana por la mañana', '2026-05-05', undefined],
		['por la mañana', undefined, undefined],
		['pasado mañana a las 16h', '2026-05-06', '16:00'],
		['у п’ятницю о 15:00', '2026-05-08', '15:00'],
		['завтра о 16', '2026-05-05', '16:00'],
		['в четверг в 15', '2026-05-07', '15:00'],
		['второй этаж', undefined, undefined],
		['запишите на 08.05.2026 в 15.00', '2026-05-08', '15:00'],
		['yes please', undefined, undefined],
		['2020-01-01', undefined, undefined],
		['25:99', undefined, undefined],
	])('%j names the day %s and the time %s', (text, day, time) => {
		const { action, wish } = read(text);
		expect(action).toBe('book');
		expect([wish?.day, wish?.time]).toEqual([day, time]);
	});

	it('looks for times from the day asked for on, and never before the notice is over', () => {
		expect(read('friday').from).toBe('2026-05-08T00:00:00.000+02:00');
		expect(read('today').from).toBe('2026-05-04T11:00:00.000+02:00');
		expect(read('yes').from).toBe('2026-05-04T11:00:00.000+02:00');
	});

	it.each(['Stop', 'STOP!', 'стоп', 'Wypisz.', 'baja', 'Відписатися', 'отписаться'])(
		'%j ends all messages',
		(text) => expect(read(text)).toMatchObject({ action: 'change opt-out', optOut: 'all' }),
	);

	it.each(['START', 'wznów', 'Старт'])('%j allows messages again', (text) =>
		expect(read(text)).toMatchObject({ action: 'change opt-out', optOut: 'none' }),
	);

	it.each(["Don't stop at 5 Main Street, I mean friday", 'стоп-кран?', 'no problem, friday'])(
		'%j is no word of those alone',
		(text) => expect(read(text).action).toBe('book'),
	);

	it.each(['No', 'Nie, dziękuję!', 'no gracias', 'Ні', 'нет, спасибо'])('%j declines', (text) =>
		expect(read(text)).toMatchObject({ action: 'answer', template: 'leadDeclined' }),
	);

	it('asks for an e-mail address, and takes it from the answer, with the time asked for before', () => {
		expect(read('friday 15:00', { email: '' })).toMatchObject({ action: 'ask', template: 'askEmail' });
		const waiting = { text: 'friday 15:00', at: '2026-05-01T08:00:00.000Z' };
		expect(read('It is Anna.K@Example.com, thanks', { email: '' }, waiting)).toMatchObject({
			action: 'book',
			email: 'anna.k@example.com',
			wish: { day: '2026-05-08', time: '15:00' },
		});
	});

	it.each<[string, string, Partial<typeof LEAD>, string]>([
		[
			'is booked',
			'Thank you!',
			{ status: 'BOOKED', bookingId: 'a', bookedAt: '2026-05-06T08:00:00Z' },
			'answer',
		],
		['was there', 'Thank you!', { status: 'COMPLETED', bookingId: 'a' }, 'leave'],
		['has cancelled', 'Sorry', { status: 'QUALIFIED', bookingId: 'a' }, 'leave'],
		['has cancelled and names a time', 'friday', { status: 'QUALIFIED', bookingId: 'a' }, 'book'],
		[
			'was booked for a time gone by',
			'Hello',
			{ status: 'BOOKED', bookingId: 'a', bookedAt: '2026-05-01T08:00:00Z' },
			'leave',
		],
	])('of somebody who %s (%j) is not a wish to be booked anew', (_, text, lead, action) => {
		expect(read(text, lead).action).toBe(action);
	});
});
