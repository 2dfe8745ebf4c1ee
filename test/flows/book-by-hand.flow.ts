import axios from 'axios';
import type { CalComSimulator } from '../../sandbox/simulators/calcom';
import { STAFF } from '../../sandbox/simulators/operator';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { formUrl, openForm, type FormPage } from '../support/form';
import { executionsOf, startAfresh, untilIdle } from '../support/executions';
import { eventually, simulated, theHouse } from '../support/house';
import { ANNA, ANNA_KEY, BOOKING_TABLES, FREE_DAY, rows, saveAnna } from '../support/salon';

const label = (time: string) => `${FREE_DAY.setLocale('en').toFormat('cccc d LLLL yyyy')}, ${time}`;

const ACTION = 'What would you like to do?';
const CLIENT = { 'Client: phone': '601 234 567', 'From which day?': FREE_DAY.toISODate() ?? '' };

const calcom = () => simulated<CalComSimulator>('calcom');
const bookings = () => calcom().calendar.bookings;
const sent = () => simulated<TwilioSimulator>('twilio').state().messages;
const open = async () => await openForm('book-by-hand', STAFF);
const ask = async (action: string, more: Record<string, string> = {}): Promise<FormPage> =>
	await (await open()).submit({ [ACTION]: action, ...more });

async function book(time: string): Promise<FormPage> {
	const page = await ask('Book', CLIENT);
	return await page.submit({ Time: label(time) });
}

describe('Book by hand from a form', () => {
	beforeEach(async () => {
		await startAfresh(...BOOKING_TABLES);
		await saveAnna({ language: 'en' });
		await eventually(async () => expect((await open()).title).toBe('Appointments'));
	});

	it('shows free times, and changes nothing', async () => {
		const page = await ask('See free times', { 'From which day?': FREE_DAY.toISODate() ?? '' });
		expect(page.title).toBe('Free times');
		expect(page.text.split('\n')[0]).toBe(label('09:00'));
		expect(page.text).toContain(label('15:00'));
		expect(bookings()).toEqual([]);
	});

	it('books a chosen time for a known client: lead, row, one message, a page that says so', async () => {
		const choose = await ask('Book', CLIENT);
		expect(choose.title).toBe('Book which time?');
		expect(choose.text).toContain('Anna Kowalska');
		expect(choose.choices('Time')[0]).toBe(label('09:00'));
		const done = await choose.submit({ Time: label('15:00') });
		expect(done.title).toBe('Booked');
		expect(done.text).toContain(`Anna Kowalska, ${label('15:00')}`);
		expect(done.text).toContain('told by sms');
		await untilIdle();
		const [booking] = bookings();
		expect(booking?.metadata).toEqual({ leadKey: ANNA_KEY });
		expect(await rows('leads')).toEqual([
			expect.objectContaining({ leadKey: ANNA_KEY, status: 'BOOKED', bookingId: booking?.uid }),
		]);
		expect(await rows('appointments')).toEqual([
			expect.objectContaining({ appointmentId: booking?.uid, leadKey: ANNA_KEY, status: 'confirmed' }),
		]);
		expect(sent().map(({ to, body }) => [to, body])).toEqual([
			[ANNA.phone, expect.stringContaining(`/booking/${booking?.uid}`) as string],
		]);
	});

	it('saves somebody new as a lead', async () => {
		const choose = await ask('Book', {
			'Client: phone': '+48 602 222 222',
			'Client: e-mail': 'jan@example.com',
			'Client: name (for somebody new)': 'Jan "O\'Neill" {{ 1 + 1 }} <b>',
			'From which day?': FREE_DAY.toISODate() ?? '',
		});
		await choose.submit({ Time: label('10:00') });
		await untilIdle();
		expect(await rows('leads')).toContainEqual(
			expect.objectContaining({
				leadKey: 'phone:+48602222222',
				name: 'Jan "O\'Neill" {{ 1 + 1 }} <b>',
				email: 'jan@example.com',
				source: 'staff',
				status: 'BOOKED',
			}),
		);
	});

	it('moves the booking: new ID followed, one message', async () => {
		await book('15:00');
		await untilIdle();
		const [old] = bookings();
		const choose = await ask('Move', CLIENT);
		expect(choose.text).toContain(label('15:00'));
		const done = await choose.submit({ Time: label('16:00') });
		expect(done.title).toBe('Moved');
		await untilIdle();
		const next = bookings()[1];
		expect(next?.rescheduledFromUid).toBe(old?.uid);
		expect(await rows('leads')).toEqual([
			expect.objectContaining({ status: 'BOOKED', bookingId: next?.uid }),
		]);
		const appointments = await rows('appointments');
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: old?.uid, status: 'rescheduled' }),
		);
		expect(appointments).toContainEqual(
			expect.objectContaining({ appointmentId: next?.uid, status: 'confirmed' }),
		);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('moved');
	});

	it('cancels after asking, and keeps what is not to be cancelled', async () => {
		await book('15:00');
		const sure = await ask('Cancel', { ...CLIENT, 'Note or reason (the client sees it)': 'Ill' });
		expect(sure.text).toContain(label('15:00'));
		const kept = await sure.submit({ 'Cancel this appointment?': 'No, keep it' });
		expect([kept.title, kept.text]).toEqual(['Nothing was changed', 'The appointment was kept.']);
		expect(bookings()[0]?.status).toBe('accepted');
		const again = await ask('Cancel', { ...CLIENT, 'Note or reason (the client sees it)': 'Ill' });
		const done = await again.submit({ 'Cancel this appointment?': 'Yes, cancel it' });
		expect(done.title).toBe('Cancelled');
		await untilIdle();
		expect(bookings()[0]).toMatchObject({ status: 'cancelled', cancellationReason: 'Ill' });
		expect(await rows('leads')).toEqual([
			expect.objectContaining({ status: 'QUALIFIED', bookingId: bookings()[0]?.uid }),
		]);
		expect(sent()).toHaveLength(2);
		expect(sent()[1]?.body).toContain('cancelled');
	});

	it('says so when somebody else was faster, and names the next free times', async () => {
		const first = await ask('Book', CLIENT);
		const second = await ask('Book', {
			...CLIENT,
			'Client: phone': '+48602222222',
			'Client: name (for somebody new)': 'Jan',
		});
		await first.submit({ Time: label('15:00') });
		const late = await second.submit({ Time: label('15:00') });
		expect(late.title).toBe('Nothing was changed');
		expect(late.text).toContain('is taken');
		expect(late.text).toContain('Next free');
		expect(bookings()).toHaveLength(1);
	});

	it.each<[string, string, Record<string, string>, string]>([
		['nobody is named', 'Book', {}, 'Fill in the phone or the e-mail address'],
		['the number is none', 'Book', { 'Client: phone': '12' }, 'cannot be read'],
		['somebody new has no name', 'Book', { 'Client: phone': '+48603333333' }, 'fill in the name'],
		['nobody has the number', 'Move', { 'Client: phone': '+48603333333' }, 'No client has'],
		['there is nothing to cancel', 'Cancel', CLIENT, 'has no appointment'],
	])('says what is missing where %s', async (_, action, values, said) => {
		const page = await ask(action, values);
		expect(page.title).toBe('Nothing was changed');
		expect(page.text).toContain(said);
		expect([bookings(), sent()]).toEqual([[], []]);
	});

	it('refuses a time that was not offered', async () => {
		const choose = await ask('Book', CLIENT);
		const done = await choose.submit({ Time: label('03:00') });
		expect(done.title).toBe('Nothing was changed');
		expect(bookings()).toEqual([]);
	});

	it('lets nobody in without the right user name and password, nor to a later page without its signature', async () => {
		const before = (await executionsOf('book-by-hand')).length;
		const tries = [undefined, { username: STAFF.user, password: 'wrong' }, { username: '', password: '' }];
		for (const auth of tries) {
			for (const method of ['get', 'post'] as const) {
				const options = { method, url: formUrl('book-by-hand'), auth, proxy: false as const };
				const { status } = await axios.request({
					...options,
					data: new FormData(),
					validateStatus: () => true,
				});
				expect(status).toBe(401);
			}
		}
		expect(await executionsOf('book-by-hand')).toHaveLength(before);
		const page = await ask('Book', CLIENT);
		const [waiting] = await executionsOf('book-by-hand');
		expect(waiting?.status).toBe('waiting');
		const { status } = await axios.get(`${theHouse().n8n.url}/form-waiting/${waiting?.id}`, {
			proxy: false,
			validateStatus: () => true,
		});
		expect(status).toBe(401);
		await page.submit({ Time: label('15:00') });
	});
});
