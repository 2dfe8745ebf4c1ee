import { compileFunction } from 'node:vm';
import fc from 'fast-check';
import { UserError, type IDataObject } from 'n8n-workflow';
import { identityKey, lookupVariants, maskPhone, parsePhone, samePhone } from '../../lib/phone';
import { optionalPhone, optionalUtc, utc, zoneOf } from '../../lib/readers';
import { addMinutes, toIso } from '../../lib/time';
import { toAppointment, toVisit } from '../../nodes/Altegio/shape';
import type { AltegioRecord, Payment } from '../../nodes/Altegio/types';
import { numberOf } from '../../nodes/Booksy/answers';
import { priceOf } from '../../nodes/CalCom/price';
import { moneyOf } from '../../nodes/Calendly/shape';
import { momentOf } from '../../nodes/Chatwoot/shape';
import { readMeasurement } from '../../nodes/Ga4Events/measurement';
import { isoTime } from '../../nodes/InstagramDirect/shape';
import { columnValues, finderOf, plainValue, type Column } from '../../nodes/MondayLeads/columns';
import { readFlow } from '../../workflows/build/files';
import { inputOf } from './support/fields';
import { junk, mutated, RUNS, SEED, text, written } from './support/hostile';
import { attempt, E164, judgeItem, judgeWorld, MOMENT } from './support/judge';
import * as seeds from './support/seeds';

fc.configureGlobal({ seed: SEED, numRuns: RUNS });

/** What an expression may put into a field: JSON of any kind, with what only text can hold. */
const field: fc.Arbitrary<IDataObject[string]> = fc.oneof(text, junk).map((value) => {
	const json = written(value);
	return json === '' ? undefined : (JSON.parse(json) as IDataObject[string]);
});

const moneyLike = fc.oneof(
	{ weight: 2, arbitrary: fc.constantFrom('12.50', ' 7 ', 12.5, 0, -3, '1e3', '+1', '.5', '5.', '0.1') },
	{ weight: 1, arbitrary: fc.double() },
	{ weight: 3, arbitrary: field },
);

/** Whether a value can be counted with: a number, and not one that is none. */
const counts = (value: unknown) => value === null || value === undefined || Number.isFinite(value);

describe('phone numbers', () => {
	const number = fc.oneof(
		{ weight: 4, arbitrary: field },
		{
			weight: 3,
			arbitrary: fc.string({ unit: fc.constantFrom(...'+0123456789 ()-./,;x#@e\u200e٣'), maxLength: 40 }),
		},
		{ weight: 1, arbitrary: fc.bigInt() },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 10 ** 14 }) },
	);

	it('are read as E.164, or refused without showing them', () => {
		fc.assert(
			fc.property(number, fc.constantFrom(undefined, 'PL', 'us', 'BR', 'AR', 'XX'), (raw, defaultCountry) => {
				const options = { defaultCountry };
				const parsed = attempt(() => parsePhone(raw, options));
				const key = attempt(() => identityKey(raw, options));
				if (parsed) expect(parsed.e164).toMatch(E164);
				if (key !== undefined && typeof raw === 'string') {
					expect(key).toMatch(E164);
					expect(lookupVariants(raw, options)).toContain(parsed?.e164);
					expect(samePhone(raw, raw, options)).toBe(true);
				}
				if (typeof raw === 'string') expect([...maskPhone(raw)].length).toBeLessThanOrEqual(9);
				const fromField = attempt(() =>
					optionalPhone(inputOf({ phone: raw as string }), 'phone', defaultCountry),
				);
				if (fromField !== undefined) expect(fromField).toMatch(E164);
				judgeWorld();
			}),
		);
	});
});

describe('amounts', () => {
	it('are numbers, or refused, in fields and in what booking systems answer', () => {
		fc.assert(
			fc.property(moneyLike, field, (money, other) => {
				expect(counts(attempt(() => inputOf({ money }).optionalNumber('money')))).toBe(true);
				expect(counts(attempt(() => numberOf(money)))).toBe(true);
				expect(counts(attempt(() => priceOf(money, other))?.price)).toBe(true);
				const paid = attempt(() =>
					moneyOf({ amount: money, currency: other } as Parameters<typeof moneyOf>[0]),
				);
				expect(counts(paid?.amount) && (paid?.currency ?? 'EUR')).toMatch(/^[A-Z]{3}$/);
			}),
		);
	});

	// The trigger's own inputs go the same way.
	it('of Altegio are numbers, whatever a record holds', () => {
		const reading = { timeZone: 'Europe/Warsaw', instagram: { in: 'email' }, raw: false } as const;
		const record = (seeds.altegio as Array<{ data?: AltegioRecord }>).flatMap(
			({ data }) => data?.services && data,
		);
		const records = mutated(record)
			.map((value) => JSON.parse(written(value) || 'null') as AltegioRecord)
			.filter((value) => typeof value === 'object');
		fc.assert(
			fc.property(records, moneyLike, (one, money) => {
				const given = { ...one, id: 42, services: [{ id: 1, cost: money }, ...[one?.services ?? []].flat()] };
				const shape = attempt(() => toAppointment(given as AltegioRecord, reading));
				judgeItem(shape, { body: JSON.stringify(given) });
				expect(counts(shape?.amount) && counts(shape?.service?.price)).toBe(true);
				const payments = [{ amount: money }] as Payment[];
				const visit = attempt(() => toVisit('77', [given as AltegioRecord], payments, reading));
				judgeItem(visit, { body: JSON.stringify(given) });
				judgeWorld();
			}),
			{ numRuns: RUNS / 4 },
		);
	});

	it('of events for GA4 are numbers or texts that it takes, or refused by field', () => {
		const given = fc.record({ value: moneyLike, name: fc.oneof(fc.constant('value'), text), more: field });
		fc.assert(
			fc.property(given, fc.boolean(), fc.boolean(), ({ value, name, more }, asJson, redacts) => {
				const input = inputOf({
					eventName: 'book_appointment',
					clientIdSource: 'leadKey',
					leadKey: 'lead-1',
					specifyParameters: asJson ? 'json' : 'fields',
					parametersJson: JSON.stringify({ [name]: value, items: more }),
					parameters: {
						parameter: [
							{ name, type: 'number', value },
							{ name: 'other', value: more },
						],
					},
					options: {
						redactPersonalData: redacts,
						userProperties: { property: [{ name: 'tier', value: more }] },
					},
				} as IDataObject);
				const measurement = attempt(() => readMeasurement(input));
				const sent = JSON.stringify(measurement?.event.params ?? {});
				expect(sent).not.toMatch(/:null\b/);
				judgeWorld();
			}),
		);
	});

	it('of a survey are ratings from 1 to 5 or none', () => {
		const flow = readFlow('survey-answers');
		const code = flow.nodes.find(({ name }) => name === 'Understand the answer')?.parameters.jsCode;
		const understand = compileFunction(String(code), ['$', '$json']) as (
			find: (name: string) => unknown,
			json: object,
		) => { json: { row?: { rating: unknown; wouldRecommend: unknown } } };
		const survey = {
			id: 1,
			status: 'SENT',
			rating: null,
			comment: '',
			sentAt: '2026-03-12T11:00:00Z',
			answers: 0,
		};
		const at = '2026-03-12T12:00:00.000Z';
		fc.assert(
			fc.property(fc.oneof(text, fc.double().map(String)), text, (words, payload) => {
				const nodes: Record<string, unknown> = {
					'One message at a time': { item: { json: { message: { at, text: words, payload } } } },
					'Gather settings': { first: () => ({ json: { settings: {} } }) },
				};
				const answer = attempt(() => understand((name) => nodes[name], { ...survey, language: 'en' }));
				const { rating, wouldRecommend } = answer?.json.row ?? { rating: null, wouldRecommend: null };
				if (rating !== null) expect(Number(rating) >= 1 && Number(rating) <= 5).toBe(true);
				expect([null, undefined, true, false]).toContain(wouldRecommend);
			}),
		);
	});
});

describe('times', () => {
	const zones = ['Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'UTC'];
	const zone = fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...zones) }, { weight: 1, arbitrary: text });
	const moment = fc
		.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString());

	it('are ISO 8601 with offset, or refused', () => {
		fc.assert(
			fc.property(fc.oneof(text, moment), field, zone, (words, raw, timeZone) => {
				const iso = attempt(() => toIso(words, timeZone));
				if (iso !== undefined)
					expect([iso, Number.isNaN(Date.parse(iso))]).toEqual([expect.stringMatching(MOMENT), false]);
				const read = attempt(() => inputOf({ at: raw }).optionalDateTime('at'));
				if (read !== undefined) expect(read).toMatch(MOMENT);
				const inUtc = attempt(() => optionalUtc(inputOf({ at: words }), 'at', 'Europe/Warsaw'));
				if (inUtc !== undefined) expect(inUtc).toMatch(MOMENT);
				const known = attempt(() => zoneOf({ timeZone: 'UTC' }, inputOf({ timeZone })));
				if (known !== undefined) expect(toIso('2026-03-28T10:00', known)).toMatch(MOMENT);
				for (const told of [momentOf(words), isoTime(raw, 'Europe/Warsaw')]) {
					if (told !== null) expect(told).toMatch(MOMENT);
				}
				judgeWorld();
			}),
		);
	});

	it('are the same moment after they were read', () => {
		fc.assert(
			fc.property(
				moment,
				fc.constantFrom(...zones),
				fc.integer({ min: -1e6, max: 1e6 }),
				(at, timeZone, minutes) => {
					const iso = toIso(at, timeZone) ?? '';
					expect([iso, Date.parse(iso)]).toEqual([expect.stringMatching(MOMENT), Date.parse(at)]);
					expect(Date.parse(utc(iso))).toBe(Date.parse(at));
					expect(Date.parse(addMinutes(iso, minutes, timeZone))).toBe(Date.parse(at) + minutes * 60_000);
				},
			),
			{ numRuns: RUNS / 4 },
		);
	});
});

describe('columns of monday.com', () => {
	const LABELS = ['New', 'Won, paid', '__proto__'];
	const VALID: Record<string, IDataObject[string]> = {
		board_relation: '1234567890',
		checkbox: true,
		date: '2026-06-15T10:30',
		dropdown: 'New, Won, paid',
		email: 'jan@example.com',
		hour: '9:30',
		link: 'https://example.com/a',
		long_text: 'a\nb',
		name: 'Jan',
		numbers: '12.5',
		people: '4012689, team:51166',
		phone: '+48 601 234 567',
		status: 'new',
		tags: '1,2',
		text: 'x',
	};
	const STORED: Record<string, object> = {
		checkbox: { checked: 'true' },
		date: { date: '2026-06-15', time: '08:30:00' },
		email: { email: 'jan@example.com', text: 'Work' },
		hour: { hour: 9, minute: 5 },
		link: { url: 'https://example.com', text: 'x' },
		phone: { phone: '+48601234567', countryShortName: 'PL' },
	};
	const column = fc
		.constantFrom(...Object.keys(VALID))
		.map((type): Column => ({ id: type, title: `The ${type}`, type, labels: LABELS }));
	const to = (createLabels: boolean) => ({
		timeZone: 'Europe/Warsaw',
		defaultCountry: 'PL',
		createLabels,
		refuse: (what: string): never => {
			throw new UserError(`"The column" ${what}`);
		},
	});

	it('are written in their own form, or refused', () => {
		fc.assert(
			fc.property(column, field, fc.boolean(), fc.nat(4), (one, junkValue, createLabels, chance) => {
				const value = chance === 0 ? VALID[one.type] : junkValue;
				const writing = { clear: true, to: () => to(createLabels) };
				const columns = attempt(() => columnValues([one], { [one.id]: value }, writing));
				// A list of words is what the operator's own text may say.
				if (typeof value === 'object') expect(written(columns ?? '')).not.toMatch(/\[object|"NaN"|undefined/);
				if (chance === 0 && one.type !== 'name' && one.type !== 'dropdown')
					expect(columns?.[one.id]).toBeDefined();
				judgeWorld();
			}),
		);
	});

	it('are read as plain values, and compared, whatever monday.com holds', () => {
		const stored = fc
			.tuple(column, text)
			.chain(([one, shown]) =>
				mutated([STORED[one.type] ?? { x: 1 }]).map((value) => ({ one, shown, value: written(value) })),
			);
		fc.assert(
			fc.property(stored, text, ({ one, shown, value }, sought) => {
				const kept = { id: one.id, type: one.type, text: shown, value };
				const plain = attempt(() => plainValue(kept));
				if (plain !== shown) judgeItem({ [one.type]: plain }, { body: value, phonesAsTheyCame: true });
				const finder = finderOf(one);
				const identity = attempt(() => finder?.identity(sought, to(false)));
				if (!finder || identity === undefined) return;
				expect(finder.questions(sought, to(false)).length).toBeGreaterThan(0);
				expect([true, false]).toContain(attempt(() => finder.matches(kept, identity)));
			}),
		);
	});
});
