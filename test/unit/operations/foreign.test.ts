import { fitted, numberOf } from '../../../lib/fit';
import { parseJson } from '../../../lib/json';

describe('what does not fit', () => {
	const kind = { id: 'id', name: 'text', price: 'number', lines: [{ title: 'text' }], more: 'map' } as const;

	it.each([
		[
			{ id: 1, name: 'a', price: '12.5' },
			{ id: 1, name: 'a', price: 12.5 },
		],
		[{ id: {}, name: null, price: '0x1F' }, {}],
		[{ id: 2 ** 53, lines: 'none', more: [] }, {}],
		[
			{ lines: [{ title: 1, other: [] }, null, 'x', { title: 'a' }] },
			{ lines: [{ other: [] }, { title: 'a' }] },
		],
		[[], undefined],
		[null, undefined],
	])('is left out of %j', (given, expected) => {
		expect(fitted(given, kind)).toEqual(expected);
	});

	it.each([
		['1e3', 1000],
		[' .5 ', 0.5],
		['', undefined],
		['1,5', undefined],
		['0b1', undefined],
		[Infinity, undefined],
		[true, undefined],
	])('a number in %p is %p', (given, expected) => {
		expect(numberOf(given)).toBe(expected);
	});
});

describe('JSON of somebody else', () => {
	it('keeps the digits of long ids, and no key that would become a prototype', () => {
		const read = parseJson(
			'{"id":12345678901234567890,"a":[{"__proto__":{"x":1}}],"n":1e400,"t":"12345678901234567890"}',
		);
		expect(read).toEqual({ id: '12345678901234567890', a: [{}], n: null, t: '12345678901234567890' });
		expect(Object.getPrototypeOf((read as { a: object[] }).a[0])).toBe(Object.prototype);
	});

	it.each([
		['[', ']'],
		['{"a":', '}'],
	])('is refused where %s never ends', (open, close) => {
		expect(() => parseJson(`${open.repeat(9000)}1${close.repeat(9000)}`)).toThrow('nested too deeply');
	});
});
