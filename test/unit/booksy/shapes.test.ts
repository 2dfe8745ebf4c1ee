import Ajv2020 from 'ajv/dist/2020';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA } from '../../../lib/appointment';
import { phoneOf, readerFor } from '../../../nodes/Booksy/answers';
import * as gateway from '../../../nodes/Booksy/gateway/appointment';
import * as partner from '../../../nodes/Booksy/partner/appointment';
import type { PartnerAppointment } from '../../../nodes/Booksy/partner/types';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

const ajv = new Ajv2020();
const isAppointment = ajv.compile(APPOINTMENT_SCHEMA);
const isSlot = ajv.compile(SLOT_SCHEMA);
const WARSAW = 'Europe/Warsaw';

describeWithSpecs('the documented appointment', () => {
	const documented = () => jsonPayload<PartnerAppointment>('booksy', 'public-api.appointment.json');

	it('becomes the shape of all booking nodes, in its own time zone', () => {
		const shape = partner.toAppointment(documented(), 'UTC', undefined);
		expect(isAppointment(shape)).toBe(true);
		expect(shape).toMatchObject({
			provider: 'booksy',
			id: '1',
			status: 'confirmed',
			start: '2021-07-02T18:15:00+02:00',
			end: '2021-07-02T19:30:00+02:00',
			timeZone: WARSAW,
			title: 'Haircut',
			service: { id: '789', name: 'Haircut' },
			staff: { id: '456', name: null },
			client: { name: 'Jane Example', email: 'jane@example.com', phone: '+12025550123', id: '321' },
		});
	});

	const letters = {
		A: 'confirmed',
		C: 'cancelled',
		D: 'cancelled',
		F: 'completed',
		M: 'pending',
		N: 'no_show',
		P: 'pending',
		W: 'pending',
		X: 'pending',
	};

	it.each(Object.entries(letters))('reads status letter %s as %s', (status, word) => {
		expect(partner.toAppointment({ ...documented(), status }, WARSAW, 'PL').status).toBe(word);
	});

	it('keeps the lead in the note, and out of the notes', () => {
		const business_note = partner.noteWith('Window seat', 'lead-7');
		const shape = partner.toAppointment(
			{ ...documented(), business_note: business_note ?? '' },
			WARSAW,
			'PL',
		);
		expect(shape).toMatchObject({ leadKey: 'lead-7', notes: 'Window seat' });
	});

	it('moves every service by the same stretch, across a change of the clocks', () => {
		const raw = {
			...documented(),
			booked_from: '2026-03-28T10:00',
			subbookings: [
				{ id: 11, booked_from: '2026-03-28T10:00', booked_till: '2026-03-28T10:45', staffer_id: 456 },
				{ id: 12, booked_from: '2026-03-28T10:45', booked_till: '2026-03-28T11:30', staffer_id: 457 },
			],
		};
		const move = { start: '2026-03-30T12:00:00+02:00', force: false };
		expect(partner.movedBody(raw, move, WARSAW).subbookings).toEqual([
			{ id: 11, booked_from: '2026-03-30T12:00', booked_till: '2026-03-30T12:45', staffer_id: 456 },
			{ id: 12, booked_from: '2026-03-30T12:45', booked_till: '2026-03-30T13:30', staffer_id: 457 },
		]);
	});
});

describe('a time of a gateway', () => {
	const query = { service: '7', from: '', till: '', stepMinutes: 15 };
	const forms: Array<[string, Parameters<typeof gateway.toSlot>[0], string, string | null]> = [
		['a bare time', '9:30', '2026-03-30T09:30:00+02:00', null],
		['a local date and time', '2026-03-30T09:30', '2026-03-30T09:30:00+02:00', null],
		['a moment with an offset', '2026-03-30T07:30:00Z', '2026-03-30T09:30:00+02:00', null],
		[
			'an object with a length',
			{ time: '09:30', duration: '45' },
			'2026-03-30T09:30:00+02:00',
			'2026-03-30T10:15:00+02:00',
		],
		[
			'an object with an end',
			{ date: '2026-03-31', time: '09:30', end_time: '10:00' },
			'2026-03-31T09:30:00+02:00',
			'2026-03-31T10:00:00+02:00',
		],
		[
			'an object with moments',
			{ start: '2026-03-30T07:30:00Z', end: '2026-03-30T08:00:00Z' },
			'2026-03-30T09:30:00+02:00',
			'2026-03-30T10:00:00+02:00',
		],
	];

	it.each(forms)('is read from %s', (_, raw, start, end) => {
		const slot = gateway.toSlot(raw, '2026-03-30', query, WARSAW);
		expect(slot).toMatchObject({ start, end, timeZone: WARSAW });
		expect(isSlot(slot)).toBe(true);
	});

	it('is left out where there is none', () => {
		expect(gateway.toSlot('closed', '2026-03-30', query, WARSAW)).toBeUndefined();
		expect(gateway.toSlot({ staff_id: 4 }, '2026-03-30', query, WARSAW)).toBeUndefined();
	});
});

describe('an appointment of a gateway', () => {
	const answer = { id: 5, date: '2026-10-25', time: '02:30' };

	it('is booked where it says no more than the contract shows', () => {
		const shape = gateway.toAppointment(answer, WARSAW, 'PL');
		expect(isAppointment(shape)).toBe(true);
		// The hour comes twice that night; its first pass is meant.
		expect(shape).toMatchObject({
			id: '5',
			status: 'confirmed',
			start: '2026-10-25T02:30:00+02:00',
			end: null,
		});
	});

	it.each([
		['Cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['no-show', 'no_show'],
		['NO_SHOW', 'no_show'],
		['waiting', 'pending'],
		['finished', 'completed'],
		['something new', 'pending'],
	])('reads status %s as %s', (status, word) => {
		expect(gateway.toAppointment({ ...answer, status }, WARSAW, 'PL').status).toBe(word);
	});

	it('gives price, currency, phone and moments in their forms', () => {
		const shape = gateway.toAppointment(
			{
				...answer,
				service_name: 'Cut',
				price: '120.00',
				currency: 'pln',
				customer_phone: '601 234 567',
				created_at: '2026-10-01 10:00:00',
			},
			WARSAW,
			'PL',
		);
		expect(isAppointment(shape)).toBe(true);
		expect(shape).toMatchObject({
			service: { id: null, name: 'Cut', price: 120, currency: 'PLN' },
			amount: 120,
			client: { phone: '+48601234567' },
			createdAt: '2026-10-01T10:00:00+02:00',
		});
	});
});

describe('phoneOf', () => {
	it.each([null, '', 'ask at the desk', '123'])('gives null for %p', (raw) => {
		expect(phoneOf(raw, 'PL')).toBeNull();
	});
});

describe('readerFor', () => {
	const answer = (status: number, body: unknown, headers = {}) => ({ status, headers, body });
	const partnerReads = readerFor('partner');

	it('leaves good answers and plain refusals alone', () => {
		expect(partnerReads(answer(200, { id: 1 }))).toBeUndefined();
		expect(partnerReads(answer(404, { code: 'not_found' }))).toBeUndefined();
		expect(readerFor('apiKey')(answer(422, { error: 'no' }))).toBeUndefined();
	});

	it.each([
		['a redirect', answer(301, '', { location: 'https://booksy.com/' })],
		['a page under 200', answer(200, '<!DOCTYPE html><html></html>')],
		['a page that begins otherwise', answer(200, '\n<head></head>')],
		['a page by its type', answer(404, '', { 'content-type': 'text/html; charset=utf-8' })],
	])('names %s as the web site, and says where the API is', (_, page) => {
		const partnerSays = partnerReads(page)?.failure;
		expect(partnerSays?.message).toMatch(/^Booksy answered with its web site instead of data \(HTTP \d+\)$/);
		expect(partnerSays?.howToFix).toContain('https://<country>.booksy.com/public-api/<country>/');
		expect(readerFor('apiKey')(page)?.failure?.howToFix).toContain('api.booksy.com is no API');
	});

	it('leaves a page that stands in for a broken server to the usual words', () => {
		expect(partnerReads(answer(502, '<html></html>'))).toBeUndefined();
	});

	it('waits by the header, else by the words, else into the next minute', () => {
		expect(partnerReads(answer(429, {}, { 'retry-after': '3' }))).toEqual({ waitSeconds: undefined });
		const said = { detail: 'Request was throttled. Expected available in 38 seconds.' };
		expect(partnerReads(answer(429, said))).toEqual({ waitSeconds: 38 });
		expect(partnerReads(answer(429, undefined))).toEqual({ waitSeconds: 15 });
	});

	it('quotes what a 400 says of each field', () => {
		const body = { booked_from: ['This field is required.'], customer_name: ['Too long.', 'Too odd.'] };
		expect(partnerReads(answer(400, body))?.failure?.said).toBe(
			'booked_from: This field is required.; customer_name: Too long. Too odd.',
		);
	});
});
