import { createRequire } from 'node:module';
import path from 'node:path';
import parseNumber from 'libphonenumber-js/max';
import { unpackedPackage } from '../../sandbox/src/pack';
import type { identityKey, parsePhone, samePhone } from '../../lib/phone';
import type { Bench, Finding } from '../lib/define';
import { people } from '../lib/random';
import { inTurn, worked } from '../lib/rounds';
import { atMost, atMostTimes, compareTimes, median, milliseconds } from '../lib/statistics';

/** The published bundle, not the sources. */
interface Phone {
	parsePhone: typeof parsePhone;
	identityKey: typeof identityKey;
	samePhone: typeof samePhone;
}

/** Numbers as people write them: with spaces, brackets, 00, without their country code. */
function written(count: number): string[] {
	const spellings = [
		(digits: string) => `+48 ${digits.slice(0, 3)} ${digits.slice(3, 6)} ${digits.slice(6)}`,
		(digits: string) => `0048${digits}`,
		(digits: string) => `(+48) ${digits.slice(0, 3)}-${digits.slice(3)}`,
		(digits: string) => digits,
	];
	return people(count, 11).map(({ phone }, index) =>
		String(spellings[index % spellings.length]?.(phone.slice(3))),
	);
}

const options = { defaultCountry: 'PL' } as const;

/** What our functions tell, asked of the library alone. */
const bare = {
	parse(text: string): unknown {
		const number = parseNumber(text, options);
		return (
			number && [
				number.number,
				number.isValid(),
				number.isPossible(),
				number.getType(),
				number.formatNational(),
				number.formatInternational(),
			]
		);
	},
	key(text: string): unknown {
		const number = parseNumber(text, options);
		return number?.isValid() ? number.number : undefined;
	},
	same: (a: string, b: string): boolean => bare.key(a) === bare.key(b),
};

const CALLS_MICRO = 1000;

/** Numbers read, made into keys and compared, in this process and warm; it is the processor's time that counts. */
export const bench: Bench = {
	title: 'phone numbers',
	against: 'libphonenumber-js asked for the same',
	section: 'aims',
	order: 11,
	async measure(lab) {
		const load = createRequire(__filename);
		const ours = load(path.join(await unpackedPackage(), 'dist/lib/phone.js')) as Phone;
		const numbers = written(lab.size(4000, 2000));
		const next = (index: number) => numbers[(index + 1) % numbers.length] as string;
		const compare = async (
			what: string,
			by: { ours(text: string, index: number): unknown; theirs(text: string, index: number): unknown },
		): Promise<Finding[]> => {
			const each = (call: (text: string, index: number) => unknown) => async () =>
				worked(() => numbers.forEach(call)) / numbers.length;
			const runs = await inTurn(lab.size(9, 5), { ours: each(by.ours), theirs: each(by.theirs) });
			return [
				compareTimes(`${what}, a call`, runs, atMostTimes(1.5, 'the time')),
				{
					what: `${what}, a call`,
					ours: milliseconds(median(runs.ours)),
					score: median(runs.ours) * CALLS_MICRO,
					aim: atMost(50, 'µs'),
				},
			];
		};
		return {
			findings: [
				...(await compare('read', {
					ours: (text) => ours.parsePhone(text, options),
					theirs: (text) => bare.parse(text),
				})),
				...(await compare('key', {
					ours: (text) => ours.identityKey(text, options),
					theirs: (text) => bare.key(text),
				})),
				...(await compare('compare', {
					ours: (text, index) => ours.samePhone(text, next(index), options),
					theirs: (text, index) => bare.same(text, next(index)),
				})),
			],
		};
	},
};
