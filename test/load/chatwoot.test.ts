import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import type { SimContact } from '../../sandbox/simulators/chatwoot-store';
import { chatwootBench, run, seeded, type Bench } from '../unit/chatwoot/bench';

const COUNTRIES =
	'PL UA ES RU KZ DE FR GB IT PT NL BE AT CH CZ SK HU RO LT LV EE SE NO DK FI US BR MX AR IL'.split(
		' ',
	) as CountryCode[];
const CROWD = 10_000;
const SPELLINGS = 10;

const random = seeded(2026);
const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');

/** A mobile number of the country's plan that is not yet in use. */
function newNumber(country: CountryCode, used: Set<string>): string {
	for (;;) {
		const example: string = (examples as Record<string, string>)[country] ?? '';
		const number = parsePhoneNumber(example.slice(0, -6) + digits(6), country);
		if (!number?.isValid() || number.country !== country || used.has(number.number)) continue;
		used.add(number.number);
		return number.number;
	}
}

/** How a CRM or messenger may hold the same line. */
function storedAs(e164: string): string {
	const old = [
		e164.replace(/^\+55(\d\d)9(\d{8})$/, '+55$1$2'),
		e164.replace(/^\+52(\d{10})$/, '+521$1'),
		e164.replace(/^\+549(\d{10})$/, '+54$1'),
	].find((one) => one !== e164);
	return old && random() < 0.5 ? old : e164;
}

/** Ten ways to write a number, by hand, by messengers and by spreadsheets. */
function spellings(e164: string, country: CountryCode): Array<{ phone: string; country: string }> {
	const number = parsePhoneNumber(e164);
	if (!number) throw new Error(e164);
	const [bare, international, national] = [
		e164.slice(1),
		number.formatInternational(),
		number.formatNational(),
	];
	const written = [
		e164,
		international,
		`00${bare}`,
		bare,
		`whatsapp:${e164}`,
		`${bare}@c.us`,
		`tel:${international.replaceAll(' ', '-')}`,
		international.replaceAll(' ', '\u00a0').replace('+', '\uff0b'),
		national,
		national.replaceAll(/[ -]/g, '.'),
	];
	return written.map((phone) => ({ phone, country }));
}

jest.setTimeout(60_000);

describe('Chatwoot: Match in a crowd', () => {
	let bench: Bench;
	let sought: Array<{ phone: string; country: string; contact: SimContact }>;
	let strangers: Array<{ phone: string; country: string }>;

	beforeAll(() => {
		bench = chatwootBench();
		const used = new Set<string>();
		const known = COUNTRIES.map((country) => {
			const e164 = newNumber(country, used);
			return { country, e164, contact: bench.simulator.given({ phone_number: storedAs(e164) }) };
		});
		strangers = COUNTRIES.flatMap((country) => spellings(newNumber(country, used), country).slice(0, 2));
		sought = known.flatMap(({ country, e164, contact }) =>
			spellings(e164, country).map((spelling) => ({ ...spelling, contact })),
		);
		// Near ones first: the same number but for its last digit, or with a digit more.
		for (const { e164 } of known) {
			for (const near of [`${e164.slice(0, -1)}${(Number(e164.slice(-1)) + 1) % 10}`, `${e164}0`]) {
				if (!used.has(near)) bench.simulator.given({ phone_number: near });
				used.add(near);
			}
		}
		for (let index = bench.simulator.account().contacts.size; index < CROWD; index++) {
			const country = COUNTRIES[index % COUNTRIES.length] as CountryCode;
			bench.simulator.given({ phone_number: storedAs(newNumber(country, used)) });
		}
	});
	afterAll(() => bench.stop());

	const match = async (people: Array<{ phone: string; country: string }>) => {
		const before = bench.calls().length;
		const { outputs, error } = await run(
			'contact.match',
			{ phone: '={{ $json.phone }}', defaultCountry: '={{ $json.country }}' },
			{ items: people.map(({ phone, country }) => ({ phone, country })) },
		);
		if (error) throw error;
		const found = outputs[0]?.map(({ json }) => json as { matched: boolean; contact: { id: string } | null });
		return { found: found ?? [], calls: bench.calls().length - before };
	};

	it('finds the right one of 10,000 for each of 300 spellings from 30 countries, with a call each', async () => {
		expect(bench.simulator.account().contacts.size).toBe(CROWD);
		expect(sought).toHaveLength(COUNTRIES.length * SPELLINGS);
		const { found, calls } = await match(sought);
		const wrong = sought.filter(({ contact }, index) => found[index]?.contact?.id !== String(contact.id));
		expect(wrong.map(({ phone, contact }) => [phone, contact.phone_number])).toEqual([]);
		expect(calls).toBe(sought.length);
	});

	it('finds nobody for the numbers of strangers', async () => {
		const { found } = await match(strangers);
		expect(found.filter(({ matched }) => matched)).toEqual([]);
		expect(found).toHaveLength(60);
	});
});
