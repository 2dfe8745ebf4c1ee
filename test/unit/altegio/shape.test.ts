import Ajv from 'ajv/dist/2020';
import { APPOINTMENT_SCHEMA } from '../../../lib/appointment';
import { isTaken, changeRecord } from '../../../nodes/Altegio/records';
import { ProviderError, type Failure } from '../../../lib/http';
import {
	instagramName,
	instagramOf,
	statusOf,
	toAppointment,
	toClient,
	toVisit,
} from '../../../nodes/Altegio/shape';
import type { AltegioRecord } from '../../../nodes/Altegio/types';
import type { AltegioApi } from '../../../nodes/Altegio/connection';

const valid = new Ajv({ strict: false }).compile(APPOINTMENT_SCHEMA);
const reading = { timeZone: 'Europe/Warsaw', instagram: { in: 'nowhere' }, raw: false } as const;
const record = (more: Partial<AltegioRecord> = {}): AltegioRecord => ({
	id: 42,
	staff_id: 555,
	date: '2026-03-28 12:00:00',
	datetime: '2026-03-28T12:00:00+01:00',
	seance_length: 3600,
	services: [{ id: 331, title: 'Haircut', cost: 120, cost_to_pay: 100, amount: 1 }],
	...more,
});

describe('times', () => {
	it.each([
		['2026-03-28 12:00:00', 'Europe/Warsaw', '2026-03-28T12:00:00+01:00'],
		['2026-03-29 12:00:00', 'Europe/Warsaw', '2026-03-29T12:00:00+02:00'],
		['2026-10-25 12:00:00', 'Europe/Warsaw', '2026-10-25T12:00:00+01:00'],
		['2026-10-25 02:30:00', 'Europe/Warsaw', '2026-10-25T02:30:00+02:00'],
		['2026-03-29 02:30:00', 'Europe/Kyiv', '2026-03-29T02:30:00+02:00'],
		['2026-07-01 09:00:00', 'America/Mexico_City', '2026-07-01T09:00:00-06:00'],
		['2026-07-01 09:00:00', 'Asia/Kolkata', '2026-07-01T09:00:00+05:30'],
	])('%s in %s is %s, whatever offset datetime claims', (date, timeZone, start) => {
		const wrong = record({ date, datetime: `${date.replace(' ', 'T')}+09:00` });
		expect(toAppointment(wrong, { ...reading, timeZone }).start).toBe(start);
	});

	it('ends seance_length seconds later, across a change of clocks too', () => {
		const late = record({ date: '2026-03-29 01:30:00', seance_length: 5400 });
		expect(toAppointment(late, reading)).toMatchObject({
			start: '2026-03-29T01:30:00+01:00',
			end: '2026-03-29T04:00:00+02:00',
		});
	});

	it('reads both dialects of its moments', () => {
		const both = record({ create_date: '2026-03-01T10:00:00+0300', last_change_date: '2026-03-01 10:00:00' });
		expect(toAppointment(both, reading)).toMatchObject({
			createdAt: '2026-03-01T08:00:00+01:00',
			updatedAt: '2026-03-01T10:00:00+01:00',
		});
	});
});

describe('statusOf', () => {
	it.each([
		[{ attendance: 0, confirmed: 1 }, 'confirmed'],
		[{ attendance: 0, confirmed: 0 }, 'pending'],
		[{ attendance: 2 }, 'confirmed'],
		[{ attendance: 1 }, 'completed'],
		[{ attendance: -1 }, 'no_show'],
		[{ visit_attendance: 1 }, 'completed'],
		[{ attendance: 1, deleted: true }, 'cancelled'],
		[{ attendance: 0, deleted: 1 }, 'cancelled'],
		[{}, 'confirmed'],
	] as const)('%o is %s', (facts, status) => {
		expect(statusOf(record(facts))).toBe(status);
	});
});

describe('toAppointment', () => {
	it('is valid with everything, with almost nothing, and with raw', () => {
		const full = record({
			client: { id: 7, name: 'Jane', surname: 'Example', phone: 12025550123, email: 'jane@example.com' },
			staff: { id: 555, name: 'Anna' },
			api_id: 'lead-1',
			paid_full: 1,
			comment: 'window seat',
			short_link: 'https://alteg.io/x',
		});
		for (const one of [
			full,
			{ id: '42', date: '2026-01-15 10:30:00' },
			record({ client: null, services: [] }),
		]) {
			const shaped = JSON.parse(JSON.stringify(toAppointment(one, { ...reading, raw: true })));
			expect([valid(shaped), valid.errors]).toEqual([true, null]);
			expect(shaped.raw).toBeDefined();
		}
		expect(toAppointment(full, reading)).toMatchObject({
			id: '42',
			amount: 100,
			paid: true,
			leadKey: 'lead-1',
			notes: 'window seat',
			service: { id: '331', name: 'Haircut', price: 100, currency: null },
			client: { id: '7', name: 'Jane Example', phone: '+12025550123', email: 'jane@example.com' },
		});
	});

	it.each([
		[48601234567, '+48601234567'],
		['+48 601 234 567', '+48601234567'],
		['', null],
		[0, null],
		['12', null],
	])('reads the phone %p as %p', (phone, e164) => {
		expect(toAppointment(record({ client: { id: 1, phone } }), reading).client.phone).toBe(e164);
	});

	it.each(['', '0', 0, undefined])('takes api_id %p for no lead', (api_id) => {
		expect(toAppointment(record({ api_id }), reading).leadKey).toBeNull();
	});

	it('takes the name of a webhook, and no client for no name', () => {
		expect(toAppointment(record({ client: { id: 7, display_name: 'Jane E.' } }), reading).client.name).toBe(
			'Jane E.',
		);
		expect(toAppointment(record({ client: null }), reading).client).toEqual({
			name: null,
			email: null,
			phone: null,
			instagram: null,
			id: null,
		});
	});

	it('says so where Altegio sends no time', () => {
		expect(() => toAppointment({ id: 1 }, reading)).toThrow('appointment 1 without a time');
	});
});

describe('Instagram', () => {
	it.each([
		['@Jane.Example', 'jane.example'],
		['https://www.instagram.com/jane_example/?hl=en', 'jane_example'],
		['instagram.com/jane', 'jane'],
		['jane example', null],
		['', null],
		['a'.repeat(31), null],
	])('%p is %p', (written, name) => {
		expect(instagramName(written)).toBe(name);
	});

	it.each([
		[{ in: 'email' }, { email: 'Jane.Example@gmail.com' }, 'jane.example'],
		[{ in: 'email' }, { email: 'jane@example.com' }, null],
		[{ in: 'email' }, { email: 'jane@gmail.com.example.com' }, null],
		[{ in: 'nowhere' }, { email: 'jane@gmail.com' }, null],
		[{ in: 'customField', code: 'ig' }, { custom_fields: { ig: '@jane' } }, 'jane'],
		[{ in: 'customField', code: 'ig' }, { custom_fields: { ig: ['jane', 'other'] } }, 'jane'],
		[{ in: 'customField', code: 'ig' }, { custom_fields: [] }, null],
	] as const)('in %o of %o: %p', (place, client, name) => {
		expect(instagramOf(client as Parameters<typeof instagramOf>[0], place)).toBe(name);
	});
});

describe('toClient', () => {
	it('reads 0 for an unknown birthday and a list for no custom fields', () => {
		expect(toClient({ id: 16, birth_date: 0, custom_fields: [], phone: 12025550123 }, reading)).toMatchObject(
			{
				id: '16',
				birthDate: null,
				customFields: {},
				phone: '+12025550123',
			},
		);
	});
});

describe('toVisit', () => {
	it('joins the appointments of one coming, in order', () => {
		const second = record({ id: 43, date: '2026-03-28 13:00:00', attendance: 1, paid_full: 1 });
		const first = record({ attendance: 1, paid_full: 0 });
		expect(
			toVisit('9', [second, first], [{ id: 5, amount: 80, date: '2026-03-28 14:00:00' }], reading),
		).toMatchObject({
			id: '9',
			status: 'completed',
			start: '2026-03-28T12:00:00+01:00',
			end: '2026-03-28T14:00:00+01:00',
			amount: 200,
			paid: false,
			paidAmount: 80,
			payments: [{ id: '5', amount: 80, at: '2026-03-28T14:00:00+01:00' }],
			appointmentIds: ['42', '43'],
		});
	});
});

describe('isTaken', () => {
	const refusal = (failure: Failure) =>
		new ProviderError({ name: 'Altegio' } as never, 'Altegio', failure, { timeoutSeconds: 1 });

	it.each<[Failure, boolean]>([
		[{ status: 409 }, true],
		[{ status: 422, said: 'The selected time is already taken' }, true],
		[{ status: 422, said: 'Выбранное время занято' }, true],
		[{ status: 422, body: { code: 433 } }, true],
		[{ status: 422, body: { meta: { code: '437' } } }, true],
		[{ status: 200, said: 'Staff is busy' }, true],
		[{ status: 422, said: 'phone: must have 9 to 15 digits' }, false],
		[{ status: 500, said: 'busy' }, false],
		[{ status: 409, uncertain: true }, false],
	])('%o: %p', (failure, taken) => {
		expect(isTaken(refusal(failure))).toBe(taken);
	});

	it('is no business of other errors', () => {
		expect(isTaken(new Error('busy'))).toBe(false);
	});
});

describe('changeRecord', () => {
	it('sends all of the appointment again, prices and discounts too', async () => {
		const sent: unknown[] = [];
		const api = {
			http: {
				request: async (request: unknown) => {
					sent.push(request);
					return { body: { success: true, data: { id: 42 }, meta: [] } };
				},
			},
		} as unknown as AltegioApi;
		const before = record({
			client: { id: 7, name: 'Jane', phone: 12025550123 },
			services: [{ id: 331, cost: 90, first_cost: 120, discount: 25, amount: 1 }],
			record_labels: [{ id: 5 }],
			custom_fields: [],
			comment: 'x',
			api_id: 'lead',
		});
		const after = await changeRecord(api, '123456', before, { comment: 'y', save_if_busy: true });
		expect(sent[0]).toMatchObject({
			method: 'PUT',
			path: '/record/123456/42',
			body: {
				staff_id: 555,
				services: [{ id: 331, cost: 90, first_cost: 120, discount: 25, amount: 1 }],
				client: { id: 7, name: 'Jane', phone: '12025550123' },
				datetime: '2026-03-28 12:00:00',
				seance_length: 3600,
				comment: 'y',
				api_id: 'lead',
				record_labels: ['5'],
				custom_fields: {},
				save_if_busy: true,
				send_sms: false,
			},
		});
		expect(after).toMatchObject({ id: 42, date: '2026-03-28 12:00:00' });
	});
});
