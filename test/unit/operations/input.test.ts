import { DateTime } from 'luxon';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';
import { ItemInput, type FieldReader } from '../../../lib/operations';

const field = (name: string, displayName: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	...more,
});

const fields: INodeProperties[] = [
	field('value', 'Start Time'),
	field('options', 'Options', { type: 'collection', options: [field('note', 'Inner Note')] }),
	field('params', 'Parameters', {
		type: 'fixedCollection',
		options: [{ displayName: 'Parameter', name: 'rows', values: [field('name', 'Parameter Name')] }],
	}),
];

/** The readers of item 3 with the given parameters, in a workflow whose zone is Warsaw. */
const inputOf = (parameters: IDataObject) =>
	new ItemInput(
		fields,
		{
			getNode: () => ({ id: '1', name: 'Subject', type: 'test', typeVersion: 1 }) as INode,
			getTimezone: () => 'Europe/Warsaw',
			getNodeParameter: (name: string, _: number, fallback: unknown) => parameters[name] ?? fallback,
			getInputData: () => [{ json: {} }, { json: {} }, { json: {} }, { json: { lead: 'Ana' } }],
		} as unknown as IExecuteFunctions,
		3,
	);

const reader = (value: unknown) => inputOf({ value } as IDataObject);

const refusalOf = (read: () => unknown): NodeOperationError => {
	try {
		read();
	} catch (error) {
		return error as NodeOperationError;
	}
	throw new Error('It was expected to be refused');
};

const EMPTY = [undefined, null, '', '   ', '\n\t'];

type Name = 'Text' | 'Id' | 'Number' | 'DateTime';

describe.each<[Name, string, unknown]>([
	['Text', 'text', 'x'],
	['Id', 'id', 'x'],
	['Number', 'number', 1],
	['DateTime', 'dateTime', '2026-03-28T10:00:00Z'],
])('%s', (name, required, good) => {
	const call = (input: FieldReader, method: string) =>
		(input as unknown as Record<string, (field: string) => unknown>)[method]?.call(input, 'value');

	it.each(EMPTY)('reads %j as absent', (value) => {
		expect(call(reader(value), `optional${name}`)).toBeUndefined();
	});

	it.each(EMPTY)('refuses %j where a value is required, by the label and the item', (value) => {
		const error = refusalOf(() => call(reader(value), required));
		expect(error.message).toBe('"Start Time" is empty [Item 3]');
		expect(error.description).toBe('Fill the field in, or map it from the item that comes in.');
		expect(error.context.itemIndex).toBe(3);
	});

	it('reads a value alike, required or not', () => {
		expect(call(reader(good), required)).toEqual(call(reader(good), `optional${name}`));
	});
});

describe('text', () => {
	it.each([
		['O"Brien \\ {"x":1} 😀\nline', 'O"Brien \\ {"x":1} 😀\nline'],
		['  kept  ', '  kept  '],
		[0, '0'],
		[12.5, '12.5'],
		[true, 'true'],
		[false, 'false'],
	])('reads %j exactly as typed', (value, text) => {
		expect(reader(value).text('value')).toBe(text);
	});

	it.each([[{ a: 1 }], [['a']]])('refuses %j', (value) => {
		expect(refusalOf(() => reader(value).text('value')).message).toBe(
			'"Start Time" holds an object or a list [Item 3]',
		);
	});
});

describe('id', () => {
	it.each([
		['  abc ', 'abc'],
		[123, '123'],
		['12345678901234567890', '12345678901234567890'],
		[9007199254740991, '9007199254740991'],
		[{ __rl: true, mode: 'id', value: 'abc' }, 'abc'],
		[{ __rl: true, mode: 'list', value: 42, cachedResultName: 'Board' }, '42'],
	])('reads %j', (value, id) => {
		expect(reader(value).id('value')).toBe(id);
	});

	it('refuses a number that has already lost digits', () => {
		const error = refusalOf(() => reader(12345678901234567890).id('value'));
		expect(error.message).toContain('"Start Time" is a number too long to keep all its digits');
		expect(error.description).toBe('Map the ID as text.');
		refusalOf(() => reader({ __rl: true, mode: 'id', value: 12345678901234567890 }).id('value'));
	});

	it('reads an empty resource locator as absent', () => {
		expect(reader({ __rl: true, mode: 'list', value: '' }).optionalId('value')).toBeUndefined();
	});

	it.each([[['a', 'b']], [{ id: 1 }], [{}], [{ value: ['a'] }]])('refuses %j', (value) => {
		expect(refusalOf(() => reader(value).optionalId('value')).message).toContain('holds an object or a list');
	});
});

describe('number', () => {
	it.each([
		[5, 5],
		['5', 5],
		[' 2.5 ', 2.5],
		['-3', -3],
		[0, 0],
		['0', 0],
	])('reads %j', (value, number) => {
		expect(reader(value).number('value')).toBe(number);
	});

	it.each(['five', '1,5', NaN, Infinity, true, [5], {}])('refuses %j', (value) => {
		expect(refusalOf(() => reader(value).number('value')).message).toContain('"Start Time" is not a number');
	});

	it.each<[unknown, { min?: number; max?: number; integer?: boolean }, string, string]>([
		[0, { min: 1 }, 'is 0', 'Use a number of 1 or more.'],
		[9, { max: 5 }, 'is 9', 'Use a number of 5 or less.'],
		[9, { min: 1, max: 5 }, 'is 9', 'Use a number from 1 to 5.'],
		[1.5, { integer: true }, 'is not a whole number', 'Leave the decimals out.'],
	])('refuses %j outside %j', (value, bounds, what, howToFix) => {
		const error = refusalOf(() => reader(value).number('value', bounds));
		expect(error.message).toBe(`"Start Time" ${what} [Item 3]`);
		expect(error.description).toBe(howToFix);
	});

	it('takes the bounds themselves', () => {
		for (const value of [1, 5]) expect(reader(value).number('value', { min: 1, max: 5 })).toBe(value);
	});
});

describe('boolean', () => {
	it.each([
		[true, true],
		[false, false],
		['true', true],
		['false', false],
		...EMPTY.map((value) => [value, false]),
	])('reads %j as %j', (value, boolean) => {
		expect(reader(value).boolean('value')).toBe(boolean);
	});

	it.each(['yes', 1, 0, {}])('refuses %j', (value) => {
		expect(refusalOf(() => reader(value).boolean('value')).message).toContain('is neither true nor false');
	});
});

describe('dateTime', () => {
	it.each([
		['2026-03-28T10:00:00+01:00', '2026-03-28T10:00:00+01:00'],
		['2026-03-28T10:00:00Z', '2026-03-28T10:00:00Z'],
		['2026-03-28T10:00:00.250Z', '2026-03-28T10:00:00.250Z'],
		['2026-03-28T10:00:00-05:00', '2026-03-28T10:00:00-05:00'],
		['2026-03-28 10:00', '2026-03-28T10:00:00+01:00'],
		['2026-03-28 10:00:00 +02:00', '2026-03-28T10:00:00+02:00'],
		['20260328T100000', '2026-03-28T10:00:00+01:00'],
		['2026-03-28', '2026-03-28T00:00:00+01:00'],
	])('reads %s', (value, moment) => {
		expect(reader(value).dateTime('value')).toBe(moment);
	});

	it.each([
		['the day before clocks go forward', '2026-03-28T10:00', '2026-03-28T10:00:00+01:00'],
		['the day after', '2026-03-30T10:00', '2026-03-30T10:00:00+02:00'],
		['the last minute of winter time', '2026-03-29T01:59', '2026-03-29T01:59:00+01:00'],
		['the hour that does not exist', '2026-03-29T02:30', '2026-03-29T03:30:00+02:00'],
		['the hour that comes twice, the first time', '2026-10-25T02:30', '2026-10-25T02:30:00+02:00'],
		['the same hour, told apart by its offset', '2026-10-25T02:30+01:00', '2026-10-25T02:30:00+01:00'],
	])('reads %s in the workflow zone', (_, value, moment) => {
		expect(reader(value).dateTime('value')).toBe(moment);
	});

	it('reads a value without offset in the zone it is given, and one with offset as it is', () => {
		const zone = 'America/Argentina/Buenos_Aires';
		expect(reader('2026-03-28T10:00').dateTime('value', zone)).toBe('2026-03-28T10:00:00-03:00');
		expect(reader('2026-03-28T10:00Z').dateTime('value', zone)).toBe('2026-03-28T10:00:00Z');
	});

	it('reads the dates that expressions give', () => {
		const moment = DateTime.fromISO('2026-03-28T10:00:00', { zone: 'Asia/Tokyo' });
		expect(reader(moment).dateTime('value')).toBe('2026-03-28T10:00:00+09:00');
		expect(reader(new Date('2026-03-28T09:00:00Z')).dateTime('value')).toBe('2026-03-28T10:00:00+01:00');
	});

	it.each([
		'tomorrow',
		'28.03.2026',
		'03/28/2026',
		'2026-13-01',
		'2026-02-30',
		'2026-03-28T25:00',
		'10:00',
		'2026',
		'1764000000',
		1764000000000,
		DateTime.invalid('test'),
		new Date('nonsense'),
		{},
	])('refuses %j', (value) => {
		const error = refusalOf(() => reader(value).dateTime('value'));
		expect(error.message).toBe('"Start Time" is not a date and time [Item 3]');
		expect(error.description).toBe('Use a form like 2026-03-28T10:00:00+01:00.');
	});
});

describe('json', () => {
	it.each([
		[{ a: [1] }, { a: [1] }],
		['{"a": {"b": "ż"}}', { a: { b: 'ż' } }],
		['', undefined],
		[undefined, undefined],
	])('reads %j', (value, json) => {
		expect(reader(value).optionalJson('value')).toEqual(json);
	});

	it.each(['[1]', '"text"', '5', 'null', [1]])('refuses %j, which is no object', (value) => {
		expect(refusalOf(() => reader(value).optionalJson('value')).message).toContain('is not a JSON object');
	});

	it('says what is wrong with the text', () => {
		const error = refusalOf(() => reader('{"a": }').optionalJson('value'));
		expect(error.message).toContain('"Start Time" is not valid JSON');
		expect(error.description).toContain('Correct the text');
	});
});

describe('list', () => {
	it.each([
		['a, b ,,c', ['a', 'b', 'c']],
		[
			['a', ' b ', '', 3, null],
			['a', 'b', '3'],
		],
		[7, ['7']],
		['', []],
		[undefined, []],
		[[], []],
	])('reads %j', (value, list) => {
		expect(reader(value).list('value')).toEqual(list);
	});

	it.each([[{ a: 1 }], [['a', { b: 1 }]], [[['a']]]])('refuses %j', (value) => {
		expect(refusalOf(() => reader(value).list('value')).message).toContain('holds objects');
	});
});

describe('value and item', () => {
	it('are handed over as they stand', () => {
		expect(reader({ any: ['thing'] }).value('value')).toEqual({ any: ['thing'] });
		expect(reader('').item).toEqual({ lead: 'Ana' });
	});
});

describe('fields inside fields', () => {
	it('are read from a collection and refused by their own label', () => {
		const options = inputOf({ options: { note: ' kept ' } }).collection('options');
		expect(options.text('note')).toBe(' kept ');
		expect(refusalOf(() => inputOf({}).collection('options').text('note')).message).toBe(
			'"Inner Note" is empty [Item 3]',
		);
	});

	it.each([undefined, null, '', [], 'text'])('read a collection of %j as empty', (options) => {
		expect(
			inputOf({ options } as IDataObject)
				.collection('options')
				.optionalText('note'),
		).toBeUndefined();
	});

	it('never read what an object inherits', () => {
		const options = inputOf({ options: {} }).collection('options');
		for (const name of ['constructor', 'toString', '__proto__']) {
			expect(options.optionalText(name)).toBeUndefined();
		}
	});

	it('are read row by row', () => {
		const rows = inputOf({ params: { rows: [{ name: 'a' }, { name: '' }] } }).rows('params', 'rows');
		expect(rows.map((row) => row.optionalText('name'))).toEqual(['a', undefined]);
		expect(refusalOf(() => rows[1]?.text('name')).message).toBe('"Parameter Name" is empty [Item 3]');
		expect(rows[1]?.itemIndex).toBe(3);
	});

	it.each([
		[{ rows: { name: 'only' } }, 1],
		[{ rows: [] }, 0],
		[{}, 0],
		['', 0],
		[{ rows: ['text', null] }, 0],
	])('find %j to have %i rows', (params, count) => {
		expect(inputOf({ params } as IDataObject).rows('params', 'rows')).toHaveLength(count);
	});
});

describe('refuse', () => {
	it('names an unknown field by its internal name', () => {
		expect(refusalOf(() => reader('').refuse('other', 'is odd', 'Change it.')).message).toBe(
			'"other" is odd [Item 3]',
		);
	});
});
