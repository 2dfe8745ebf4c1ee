import { DateTime } from 'luxon';
import {
	columnValues,
	finderOf,
	mapperFields,
	plainValue,
	type Column,
	type Writing,
} from '../../../nodes/MondayLeads/columns';
import { EVERY_COLUMN, mondayBench, byId, mapped, run } from './bench';

const column = (type: string, labels: string[] = []): Column => ({
	id: type,
	title: `The ${type}`,
	type,
	labels,
});

const to = (more: Partial<Writing> = {}): Writing => ({
	timeZone: 'Europe/Warsaw',
	createLabels: false,
	refuse: (what) => {
		throw new Error(what);
	},
	...more,
});

const write = (one: Column, value: unknown, more: Partial<Writing> = {}) =>
	columnValues([one], { [one.id]: value as string }, { clear: false, to: () => to(more) })[one.id];

const status = column('status', ['Nowy', 'W kontakcie']);
const services = column('dropdown', ['Cut', 'Colour', 'Cut, wash and dry']);

describe('column values', () => {
	it.each([
		[column('text'), 'O"Brien \\ {"x":1}\n🌸', 'O"Brien \\ {"x":1}\n🌸'],
		[column('text'), 12, '12'],
		[column('long_text'), 'a\nb', { text: 'a\nb' }],
		[column('email'), ' Jan@example.com ', { email: 'Jan@example.com', text: 'Jan@example.com' }],
		[column('phone'), '+48 501 234 567', { phone: '+48501234567', countryShortName: 'PL' }],
		[status, 'w kontakcie', { label: 'W kontakcie' }],
		[services, 'Cut, Colour', { labels: ['Cut', 'Colour'] }],
		[services, 'Cut, wash and dry', { labels: ['Cut, wash and dry'] }],
		[services, ['Colour'], { labels: ['Colour'] }],
		[column('date'), '2026-06-15', { date: '2026-06-15' }],
		[column('date'), '2026-06-15T00:00:00', { date: '2026-06-15' }],
		[column('date'), '2026-06-15T00:00:00+02:00', { date: '2026-06-14', time: '22:00:00' }],
		[column('date'), '2026-06-15 10:30', { date: '2026-06-15', time: '08:30:00' }],
		[column('date'), '2026-12-15T10:30', { date: '2026-12-15', time: '09:30:00' }],
		[column('date'), '2026-06-15T10:30:00-05:00', { date: '2026-06-15', time: '15:30:00' }],
		[
			column('date'),
			DateTime.fromISO('2026-06-15T10:30', { zone: 'America/Lima' }),
			{ date: '2026-06-15', time: '15:30:00' },
		],
		[column('hour'), '9:05', { hour: 9, minute: 5 }],
		[column('hour'), '16.30', { hour: 16, minute: 30 }],
		[column('hour'), '4:05 pm', { hour: 16, minute: 5 }],
		[column('hour'), '2026-06-15T08:30:00Z', { hour: 10, minute: 30 }],
		[
			column('people'),
			'4012689, team:51166',
			{
				personsAndTeams: [
					{ id: 4012689, kind: 'person' },
					{ id: 51166, kind: 'team' },
				],
			},
		],
		[column('numbers'), 12.5, '12.5'],
		[
			column('link'),
			'https://example.com/a',
			{ url: 'https://example.com/a', text: 'https://example.com/a' },
		],
		[column('checkbox'), true, { checked: 'true' }],
		[column('checkbox'), 'false', null],
		[column('tags'), '1,2', { tag_ids: [1, 2] }],
		[column('board_relation'), ['123'], { item_ids: ['123'] }],
	])('writes %j: %j', (one, value, expected) => {
		expect(write(one, value)).toEqual(expected);
	});

	it.each([
		[column('email'), 'jan', 'is not an e-mail address'],
		[column('phone'), '501 234 567', 'has no country code'],
		[status, 'Nowwy', 'has no label "Nowwy"'],
		[services, 'Cut, Shave', 'has no label "Shave"'],
		[column('date'), 'tomorrow', 'is not a date'],
		[column('hour'), '25:00', 'is not a time of day'],
		[column('hour'), '2026-06-15', 'is not a time of day'],
		[column('people'), 'Jan', 'does not hold IDs'],
		[column('numbers'), '12 zł', 'is not a number'],
		[column('link'), 'example.com', 'is not a web address'],
		[column('checkbox'), 'yes', 'is neither true nor false'],
		[column('tags'), 'vip', 'does not hold IDs'],
		[column('text'), { a: 1 }, 'holds an object or a list'],
	])('refuses %j: %j', (one, value, reason) => {
		expect(() => write(one, value)).toThrow(reason);
	});

	it('reads a phone number by the default country, and never shows one it cannot read', () => {
		expect(write(column('phone'), '501 234 567', { defaultCountry: 'PL' })).toEqual({
			phone: '+48501234567',
			countryShortName: 'PL',
		});
		expect(() => write(column('phone'), '501 234 567')).not.toThrow('501 234 567');
	});

	it('lets monday.com make a label that is missing when it may', () => {
		expect(write(status, ' Lead ', { createLabels: true })).toEqual({ label: 'Lead' });
	});

	it('leaves out empty values, or clears them', () => {
		const columns = [column('text'), column('email')];
		const values = { text: ' ', email: null };
		const clear = (yes: boolean) => columnValues(columns, values, { clear: yes, to: () => to() });
		expect(clear(false)).toEqual({});
		expect(clear(true)).toEqual({ text: null, email: null });
	});

	it('offers a field for every type it writes, with the labels of a status', () => {
		const types = ['name', 'text', 'date', 'checkbox', 'numbers', 'mirror', 'formula'];
		const fields = mapperFields([...types.map((type) => column(type)), status, column('hour')]);
		expect(fields.map(({ id, type }) => [id, type])).toEqual([
			['text', 'string'],
			['date', 'dateTime'],
			['checkbox', 'boolean'],
			['numbers', 'number'],
			['status', 'options'],
			['hour', 'string'],
		]);
		expect(fields[4]?.options).toEqual([
			{ name: 'Nowy', value: 'Nowy' },
			{ name: 'W kontakcie', value: 'W kontakcie' },
		]);
		expect(fields[5]?.displayName).toBe('The hour (e.g. 9:30)');
	});

	it.each([
		['date', '{"date":"2026-06-15"}', '15 cze', '2026-06-15'],
		['date', '{"date":"2026-06-15","time":"08:30:00"}', '15 cze', '2026-06-15T08:30:00Z'],
		['hour', '{"hour":9,"minute":5}', '09:05 AM', '09:05'],
		['numbers', '"12.5"', '12.5', 12.5],
		['checkbox', '{"checked":true}', 'v', true],
		['checkbox', null, '', false],
		['email', '{"email":"a@example.com","text":"Work"}', 'Work', 'a@example.com'],
		['phone', '{"phone":"+48501234567"}', '48501234567', '+48501234567'],
		['status', '{"index":0}', 'Nowy', 'Nowy'],
		['formula', null, '7', '7'],
		['text', 'no JSON', 'text', 'text'],
		['text', null, '', null],
	])('reads %s %s', (type, value, text, expected) => {
		expect(plainValue({ id: type, type, value, text })).toEqual(expected);
	});

	it('verifies candidates by what they hold', () => {
		const matches = (type: string, value: string, stored: { value: string | null; text: string }) => {
			const finder = finderOf(column(type));
			return finder?.matches({ id: type, type, ...stored }, finder.identity(value, to()));
		};
		expect(matches('dropdown', 'colour', { value: null, text: 'Cut, Colour' })).toBe(true);
		expect(matches('dropdown', 'our', { value: null, text: 'Cut, Colour' })).toBe(false);
		expect(matches('numbers', '12.50', { value: '"12.5"', text: '12.5' })).toBe(true);
		expect(matches('numbers', '0', { value: null, text: '' })).toBe(false);
		expect(matches('link', 'https://a.pl', { value: '{"url":"https://a.pl","text":"A"}', text: 'A' })).toBe(
			true,
		);
		expect(matches('phone', '+48501234567', { value: null, text: '' })).toBe(false);
		expect(finderOf(column('tags'))).toBeUndefined();
	});

	it('fills every column of a board, as monday.com accepts it', async () => {
		const bench = mondayBench();
		const { outputs, error } = await run('create', {
			board: byId(EVERY_COLUMN),
			itemName: 'Everything',
			columns: mapped({
				text: 'a',
				long_text: 'b',
				email: 'a@example.com',
				phone: '+48501234567',
				status: 'Done',
				dropdown: 'Cut',
				date: '2026-06-15T10:30',
				hour: '9:30',
				people: '4012689',
				numbers: 7,
				link: 'https://example.com',
				checkbox: true,
				tags: '12',
				board_relation: '99',
			}),
		});
		bench.stop();
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json.columns).toEqual({
			text: 'a',
			long_text: 'b',
			email: 'a@example.com',
			phone: '+48501234567',
			status: 'Done',
			dropdown: 'Cut',
			date: '2026-06-15T08:30:00Z',
			hour: '09:30',
			people: 'User 4012689',
			numbers: 7,
			link: 'https://example.com',
			checkbox: true,
			tags: '12',
			board_relation: ['99'],
			mirror: null,
		});
	});
});
