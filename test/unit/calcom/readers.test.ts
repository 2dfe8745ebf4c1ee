import type { IDataObject } from 'n8n-workflow';
import { eventTypeRef } from '../../../nodes/CalCom/eventTypes';
import { toAppointment } from '../../../nodes/CalCom/shape';
import type { Booking } from '../../../nodes/CalCom/types';
import { creating, studio, type Studio } from '../../contract/calcom/bench';

describe('the event type as people write it', () => {
	it.each([
		['123456', { eventTypeId: 123456 }],
		['consultation', { eventTypeSlug: 'consultation' }],
		['jane/consultation', { username: 'jane', eventTypeSlug: 'consultation' }],
		['https://cal.com/jane/consultation/', { username: 'jane', eventTypeSlug: 'consultation' }],
		['cal.eu/jane/consultation?month=2026-01', { username: 'jane', eventTypeSlug: 'consultation' }],
		[
			'https://acme.cal.com/jane/consultation',
			{ organizationSlug: 'acme', username: 'jane', eventTypeSlug: 'consultation' },
		],
		['https://app.cal.com/team/sales/demo', { teamSlug: 'sales', eventTypeSlug: 'demo' }],
		['https://booking.example.com/jane/demo', { username: 'jane', eventTypeSlug: 'demo' }],
		['https://cal.com/d/hash/jane/demo', undefined],
		['https://cal.com/', undefined],
	])('%s', (text, ref) => {
		expect(eventTypeRef(text)).toEqual(ref);
	});
});

describe('metadata', () => {
	let at: Studio;
	beforeAll(() => (at = studio()));
	afterAll(() => at.stop());

	const entries = (list: Array<[string, unknown]>): IDataObject => ({
		additionalFields: {
			metadata: { entry: list.map(([key, value]) => ({ key, value: value as string })) },
		},
	});

	it('goes as flat text, whatever it was', async () => {
		await at.items(
			creating(
				entries([
					['visits', 3],
					['vip', true],
					['tags', ['a', 'b']],
					['empty', ''],
					['source', 'instagram'],
				]),
			),
		);
		expect(at.sent('POST', '/bookings').at(-1)?.metadata).toEqual({
			visits: '3',
			vip: 'true',
			tags: '["a","b"]',
			source: 'instagram',
			leadKey: 'lead-1',
		});
	});

	it('is left out where there is none', async () => {
		await at.run(creating({ leadKey: '', start: '2050-01-10T15:00:00+01:00' }));
		expect(at.sent('POST', '/bookings').at(-1)).not.toHaveProperty('metadata');
	});

	it.each([
		['51 keys', entries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 1])), 'has more than 50 keys'],
		['a long key', entries([['k'.repeat(41), 1]]), 'longer than 40 characters'],
		['a long value', entries([['k', 'v'.repeat(501)]]), 'a value ("k") longer than 500 characters'],
		['a long lead key', { leadKey: 'v'.repeat(501) }, 'a value (the lead key) longer than 500 characters'],
	])('refuses %s before any call', async (_, more, message) => {
		const calls = at.calls().length;
		const { error } = await at.run(creating(more));
		expect(error?.message).toContain(`"Metadata" has`);
		expect(error?.message).toContain(message);
		expect(at.calls()).toHaveLength(calls);
	});
});

describe('the state of a booking', () => {
	const attendee = { name: 'J', email: 'j@example.com', timeZone: 'Europe/Warsaw', absent: false };
	const booking: Booking = {
		...{ id: 1, uid: 'u', title: 'T', status: 'accepted', duration: 30, attendees: [attendee] },
		start: '2026-03-29T00:30:00.000Z',
		end: '2026-03-29T01:00:00.000Z',
	};
	const before = Date.parse('2026-03-29T00:45:00Z');
	const after = Date.parse('2026-03-29T01:00:00Z');

	it.each<[string, Partial<Booking>, number, string]>([
		['accepted', {}, before, 'confirmed'],
		['accepted and over', {}, after, 'completed'],
		['accepted, over, the client absent', { attendees: [{ ...attendee, absent: true }] }, after, 'no_show'],
		['accepted, over, the host absent', { absentHost: true }, after, 'no_show'],
		['pending and over', { status: 'pending' }, after, 'pending'],
		['cancelled', { status: 'cancelled' }, before, 'cancelled'],
		['moved', { status: 'cancelled', rescheduledToUid: 'new' }, before, 'rescheduled'],
		['rejected', { status: 'rejected' }, before, 'cancelled'],
	])('%s', (_, more, now, status) => {
		expect(toAppointment({ now: () => now }, { ...booking, ...more }).status).toBe(status);
	});

	it('keeps the offset right across a change of the clocks', () => {
		expect(toAppointment({ now: () => before }, booking)).toMatchObject({
			start: '2026-03-29T01:30:00+01:00',
			end: '2026-03-29T03:00:00+02:00',
		});
	});
});
