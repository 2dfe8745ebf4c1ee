import fc from 'fast-check';

/** The same inputs at every run; fast-check prints it with what failed. Another seed is another test. */
export const SEED = 20261122;

/** How many inputs each parser gets. */
export const RUNS = 10_000;

/** Stands in a body for what no JavaScript value can say; `written` puts the text in. */
const RAW: Record<string, string> = {
	'@infinite@': '1e400',
	'@long@': '12345678901234567890',
	'@proto@': '{"__proto__":{"polluted":"yes"},"a":1}',
	'@deep@': `${'['.repeat(40)}${']'.repeat(40)}`,
	'@deeper@': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
};

/** Texts that have broken parsers: marks, halves of pairs, other systems' code, near-numbers and near-dates. */
export const TEXTS = [
	...[
		'',
		' ',
		'\u0000',
		'a\u0000b',
		'\ud800',
		'x\udfff',
		'\ufeff',
		'\u202e',
		'🙂'.repeat(40),
		'\'"\\',
		'\r\n',
	],
	...['__proto__', 'constructor', 'toString', '={{ $env }}', '{{ name }}', '<script>', '%00', '%', '${1}'],
	...[
		'0',
		'-0',
		'-1',
		'+1',
		'1e3',
		'1e400',
		'0x1F',
		'0b1',
		' 7 ',
		'1,5',
		'1.5.5',
		'1_000',
		'٣',
		'12 zł',
		'--1',
	],
	...['2026-13-45', '0000-00-00 00:00:00', '2026-02-30T10:00', '10:30', '12', '2026', '2026-W10', '20260328'],
	...['+275760-09-13T00:00:00Z', '-271821-04-20T00:00:00Z', '2026-03-29T02:30', '9999-12-31T23:59:59-12:00'],
	...['2026-03-28T10:00:00+99:99', '2026-03-28 10:00 +01:00', '24:00', '1712345678', '99999999999999999'],
	...['+', '+0', '+48', '+48 601 234 567', `+48${'6'.repeat(30)}`, '00', '+999 123', '601234567;ext=1', '+1'],
	...[
		'a@b',
		'a@b.c',
		'@',
		'jan@example.com',
		'http://',
		'https://x',
		'team:',
		'null',
		'true',
		'-',
		',',
		',,',
	],
];

const LONG = ['"', '\\"', '/', ' ', '.', '{{', '1', '+', '@', 'a', '\n', ',', '-', 'T', '<'];

/** A text of up to 200,000 characters: what an expression of quadratic time does not get through in time. */
export const longText: fc.Arbitrary<string> = fc
	.tuple(
		fc.constantFrom('', 'a', 'a@', '2026-03-28', '+48', '@', 'instagram.com/'),
		fc.constantFrom(...LONG),
		fc.constantFrom(...Array<number>(9).fill(30_000), 200_000),
		fc.constantFrom('', '\n', 'x', ' @', '!'),
	)
	.map(([head, unit, length, tail]) => head + unit.repeat(length / unit.length) + tail);

/** Any text, mostly short. */
export const text: fc.Arbitrary<string> = fc.oneof(
	{ weight: 60, arbitrary: fc.constantFrom(...TEXTS) },
	{ weight: 25, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
	{
		weight: 14,
		arbitrary: fc.string({ unit: fc.constantFrom(...'+-0123456789 :.,TZ/()eE'), maxLength: 30 }),
	},
	{ weight: 1, arbitrary: longText },
);

const number = fc.oneof(
	fc.constantFrom(0, -0, -1, 1, 2, 12, 1.5, 1e21, -1e308, 5e-324, 2 ** 53, 253402300800, 8.64e15),
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A list or object where none is meant; some throw where they are made text. */
const container = fc.constantFrom<unknown>(
	[],
	{},
	[null],
	[[]],
	[{}],
	['a', 1, null],
	{ toString: 1, valueOf: 1 },
	[{ toString: null, valueOf: 'x' }],
	{ constructor: { prototype: { polluted: 'yes' } } },
	{ length: -1 },
	{ id: {}, name: [] },
);

/** Any JSON value, and stand-ins for JSON that only a text can hold. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
	{ weight: 20, arbitrary: fc.constantFrom<unknown>(null, true, false) },
	{ weight: 20, arbitrary: number },
	{ weight: 25, arbitrary: text },
	{ weight: 25, arbitrary: container },
	{ weight: 8, arbitrary: fc.constantFrom('@infinite@', '@long@', '@proto@', '@deep@') },
	{ weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

type Path = Array<string | number>;

/** The paths of all values in a value, its own first. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
	return [path, ...inner.flatMap(([key, one]: [string | number, unknown]) => pathsOf(one, [...path, key]))];
}

/** The value with the one at a path changed. */
function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
	if (key === undefined) return change(value);
	if (typeof value !== 'object' || value === null) return value;
	const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
	copy[key] = changed(copy[key], rest, change);
	return copy;
}

type Change = (old: unknown) => unknown;

const change: fc.Arbitrary<Change> = fc.oneof(
	{
		weight: 70,
		arbitrary: junk.map(
			(value): Change =>
				() =>
					value,
		),
	},
	{ weight: 10, arbitrary: fc.constant<Change>(() => undefined) },
	{ weight: 8, arbitrary: fc.constant<Change>((old) => [old]) },
	{ weight: 8, arbitrary: fc.constant<Change>((old) => (typeof old === 'number' ? String(old) : { old })) },
	{
		weight: 4,
		arbitrary: fc.tuple(fc.constantFrom('constructor', 'hasOwnProperty', 'toString', '@proto@'), junk).map(
			([key, value]): Change =>
				(old) =>
					typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, [key]: value } : value,
		),
	},
);

/** One of the seeds with up to three of its values changed. */
export function mutated<Seed>(seeds: Seed[]): fc.Arbitrary<unknown> {
	const placed = seeds.map((seed) => ({ seed, paths: pathsOf(seed) }));
	const place = fc.nat(10_000);
	return fc
		.tuple(fc.constantFrom(...placed), fc.array(fc.tuple(place, change), { minLength: 0, maxLength: 3 }))
		.map(([{ seed, paths }, changes]) =>
			changes.reduce<unknown>(
				(value, [at, one]) => changed(value, paths[at % paths.length] ?? [], one),
				seed,
			),
		);
}

/** JSON text of a value; the stand-ins of `junk` become what they stand for. */
export const written = (value: unknown): string =>
	(JSON.stringify(value) ?? '').replace(/"(@\w+@)"(?!:)/g, (whole, name: string) => RAW[name] ?? whole);

/** What a body becomes on a bad day: cut off, doubled, with a byte too many, nested for ever, or no JSON at all. */
const spoilt = (body: string): fc.Arbitrary<string | Buffer> =>
	fc.oneof(
		fc.nat(body.length).map((end) => body.slice(0, end)),
		fc.nat(body.length).chain((at) => text.map((inserted) => body.slice(0, at) + inserted + body.slice(at))),
		fc.constant(body + body),
		fc.constantFrom('[', '{"a":', '"\\"').map((unit) => unit.repeat(20_000)),
		fc.constant(written('@deeper@')),
		fc.constant(`[${body},${body}]`),
		fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
		text,
	);

/** Bodies made from valid ones: values changed, the text itself spoilt, or nothing of the kind. */
export const bodies = (seeds: unknown[], write: (value: unknown) => string = written) =>
	fc.oneof(
		{ weight: 80, arbitrary: mutated(seeds).map(write) },
		{ weight: 15, arbitrary: mutated(seeds).chain((value) => spoilt(write(value))) },
		{ weight: 5, arbitrary: junk.map(written) },
	);

/** What a call may say its body is, right and wrong; undefined: nothing. */
export const contentType = (usual: string): fc.Arbitrary<string | undefined> =>
	fc.oneof(
		{ weight: 80, arbitrary: fc.constant(usual) },
		{
			weight: 20,
			arbitrary: fc.constantFrom(
				undefined,
				'',
				'application/json',
				'text/plain',
				'application/x-www-form-urlencoded',
				'multipart/form-data; boundary=x',
				'application/octet-stream',
				'APPLICATION/JSON; charset=utf-16',
				'\u0000',
			),
		},
	);
