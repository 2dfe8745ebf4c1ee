import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';
import { PhoneNumber } from '../../../nodes/PhoneNumber/PhoneNumber.node';
import { runNode, type NodeRunOptions } from '../../support/n8n';

const run = async (
	operation: string,
	items: IDataObject[],
	more: IDataObject = {},
	onError?: NodeRunOptions['onError'],
) =>
	await runNode(new PhoneNumber(), {
		parameters: {
			resource: 'phoneNumber',
			operation,
			phoneNumber: '={{ $json.phone }}',
			otherPhoneNumber: '={{ $json.other }}',
			...more,
		},
		items,
		onError,
	});

const poland = { defaultCountry: { __rl: true, mode: 'list', value: 'PL' } };
const passThrough = { options: { invalidNumbers: 'passThrough' } };
const jsons = ({ outputs }: Awaited<ReturnType<typeof run>>, output = 0) =>
	outputs[output]?.map(({ json }) => json);

describe('Parse', () => {
	it('tells what is known of a number', async () => {
		const result = await run('parse', [{ phone: '601 234 567' }], poland);
		expect(jsons(result)).toEqual([
			{
				input: '601 234 567',
				e164: '+48601234567',
				valid: true,
				possible: true,
				country: 'PL',
				countryCallingCode: '48',
				type: 'mobile',
				national: '601 234 567',
				international: '+48 601 234 567',
				extension: null,
			},
		]);
	});

	it('takes numbers that arrive as JSON numbers', async () => {
		const result = await run('parse', [{ phone: 5511987654321 }]);
		expect(jsons(result)).toMatchObject([{ e164: '+5511987654321', input: '5511987654321' }]);
	});

	it('takes the default country from the item, in either case', async () => {
		const result = await run('parse', [{ phone: '601234567', country: 'pl' }], {
			defaultCountry: { __rl: true, mode: 'id', value: '={{ $json.country }}' },
		});
		expect(jsons(result)).toMatchObject([{ e164: '+48601234567' }]);
	});

	it('passes invalid numbers through with the reason, where asked to', async () => {
		const result = await run('parse', [{ phone: '+48123' }, { phone: 'call me maybe' }, {}], passThrough);
		expect(jsons(result)).toMatchObject([
			{
				e164: '+48123',
				valid: false,
				possible: false,
				reason: 'The phone number is not a number of PL (***)',
			},
			{
				input: 'call me maybe',
				e164: null,
				valid: false,
				possible: false,
				country: null,
				type: null,
				reason: 'The phone number is not one phone number (call***be)',
			},
			{ e164: null, valid: false, reason: 'The phone number is empty' },
		]);
	});
});

describe('Get Identity Key', () => {
	it('gives one key to all spellings', async () => {
		const result = await run('getIdentityKey', [
			{ phone: '551187654321@c.us' },
			{ phone: '+55 11 98765-4321' },
		]);
		expect(jsons(result)).toEqual([
			{
				identityKey: '+5511987654321',
				e164: '+5511987654321',
				country: 'BR',
				valid: true,
				input: '551187654321@c.us',
			},
			{
				identityKey: '+5511987654321',
				e164: '+5511987654321',
				country: 'BR',
				valid: true,
				input: '+55 11 98765-4321',
			},
		]);
	});

	it('passes through what has a key though the plan does not know it, and what has none', async () => {
		const result = await run('getIdentityKey', [{ phone: '+48101234567' }, { phone: '123' }], passThrough);
		expect(jsons(result)).toMatchObject([
			{ identityKey: '+48101234567', valid: false },
			{ identityKey: null, e164: null, valid: false, reason: expect.stringContaining('no country code') },
		]);
	});
});

describe('Get Variants', () => {
	it('lists the spellings of the default country too', async () => {
		const result = await run('getVariants', [{ phone: 48601234567 }], poland);
		expect(jsons(result)).toEqual([
			{
				variants: ['+48601234567', '48601234567', '601234567'],
				identityKey: '+48601234567',
				valid: true,
				input: '48601234567',
			},
		]);
	});

	it('passes through what has none', async () => {
		const result = await run('getVariants', [{ phone: 'none' }], passThrough);
		expect(jsons(result)).toMatchObject([{ variants: [], identityKey: null, valid: false }]);
	});
});

describe('Compare', () => {
	it('says whether two numbers are one line', async () => {
		const result = await run(
			'compare',
			[
				{ phone: '601 234 567', other: '48601234567@c.us' },
				{ phone: '601 234 567', other: '+48601234568' },
			],
			poland,
		);
		expect(jsons(result)).toEqual([
			{ same: true, identityKey: '+48601234567', otherIdentityKey: '+48601234567', valid: true },
			{ same: false, identityKey: '+48601234567', otherIdentityKey: '+48601234568', valid: true },
		]);
	});

	it('names the field that holds no number', async () => {
		const { error } = await run('compare', [{ phone: '+48601234567', other: '123' }]);
		expect(error?.message).toBe('"Other Phone Number" has no country code (***) [Item 0]');
	});

	it('never finds two unreadable numbers the same', async () => {
		const result = await run('compare', [{ phone: 'x', other: 'x' }], passThrough);
		expect(jsons(result)).toMatchObject([{ same: false, identityKey: null, valid: false }]);
	});
});

describe.each([
	['parse', { e164: '+48601234567' }],
	['getIdentityKey', { identityKey: '+48601234567' }],
	['getVariants', { identityKey: '+48601234567' }],
	['compare', { same: true }],
])('%s', (operation, expected) => {
	const items = (...phones: string[]) => phones.map((phone) => ({ phone, other: '+48601234567' }));

	it('links every item to the one it comes from', async () => {
		const { outputs } = await run(operation, items('+48601234567', '48 601 234 567'));
		expect(outputs[0]).toEqual(
			[0, 1].map((item) => ({ json: expect.objectContaining(expected), pairedItem: { item } })),
		);
	});

	it('links refused items too, and says how to go on', async () => {
		const { outputs } = await run(
			operation,
			items('+48 601 234 567 8901', 'call me maybe', '+48601234567'),
			{},
			'continueRegularOutput',
		);
		expect(outputs[0]).toEqual([
			{
				json: {
					error: '"Phone Number" is not a number of PL (+48 ***01) [Item 0]',
					message:
						'Check the country code and the number of digits. To let such items go on, set Invalid Numbers to Pass Through.',
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					error: '"Phone Number" is not one phone number (call***be) [Item 1]',
					message: expect.stringContaining('Pass Through'),
				},
				pairedItem: { item: 1 },
			},
			{ json: expect.objectContaining(expected), pairedItem: { item: 2 } },
		]);
	});

	it('sends refused items to the error output', async () => {
		const { outputs } = await run(operation, items('', '+48601234567'), {}, 'continueErrorOutput');
		expect(outputs[0]).toEqual([{ json: expect.objectContaining(expected), pairedItem: { item: 1 } }]);
		expect(outputs[1]).toMatchObject([
			{ json: { error: '"Phone Number" is empty [Item 0]' }, pairedItem: { item: 0 } },
		]);
	});

	it('refuses a default country that is none, even where invalid numbers pass', async () => {
		const { error } = await run(operation, items('+48601234567'), {
			...passThrough,
			defaultCountry: { __rl: true, mode: 'id', value: '={{ "Poland" }}' },
		});
		expect(error?.message).toBe('"Default Country" is not the code of a country [Item 0]');
	});
});

describe('the Default Country list', () => {
	const search = async (filter?: string) => {
		const { searchCountries } = new PhoneNumber().methods.listSearch;
		return (await searchCountries.call({} as ILoadOptionsFunctions, filter)).results;
	};

	it('names every country in English, sorted', async () => {
		const countries = await search();
		expect(countries.length).toBeGreaterThan(240);
		expect(countries).toContainEqual({ name: 'Ukraine (UA, +380)', value: 'UA' });
		const names = countries.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	});

	it.each([['pola'], ['+48'], [' PL,']])('finds Poland by %p', async (filter) => {
		expect(await search(filter)).toEqual([{ name: 'Poland (PL, +48)', value: 'PL' }]);
	});
});
