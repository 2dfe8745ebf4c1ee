import type { IDataObject } from 'n8n-workflow';
import { email, mapped, matchOn, mondayBench, run, type Bench } from './bench';

const byEmail = { column: 'email', value: '={{ $json.email }}' };
const byPhone = { column: 'phone', value: '={{ $json.phone }}' };

const upsert = async (items: IDataObject[], more: IDataObject = {}) =>
	await run(
		'upsert',
		{
			itemName: '={{ $json.name }}',
			matchOn: matchOn(byEmail, byPhone),
			columns: mapped({ text1: '={{ $json.topic }}' }),
			...more,
		},
		{ items, onError: 'continueRegularOutput' },
	);

const lead = (name: string, topic: string, more: IDataObject = {}): IDataObject => ({ name, topic, ...more });

const jan = lead('Jan', 'Premium', { email: 'jan@example.com', phone: '+48 501 234 567' });

describe('monday.com Leads, Create or Update', () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it('creates a lead the board does not have, with what it was matched on', async () => {
		const { outputs, error } = await upsert([jan]);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({
			name: 'Jan',
			created: true,
			columns: { email: 'jan@example.com', phone: '+48501234567', text1: 'Premium' },
		});
		expect(bench.calls()).toHaveLength(3);
	});

	it('updates the lead it finds, leaving name and match as they are', async () => {
		const { id } = bench.given('Jan K.', { email: email('Jan@Example.com') });
		const { outputs } = await upsert([jan]);
		expect(outputs[0]?.[0]?.json).toMatchObject({ id, created: false, name: 'Jan K.' });
		expect(bench.items()).toHaveLength(1);
		expect(bench.items()[0]?.values).toMatchObject({
			email: { value: { email: 'Jan@Example.com' } },
			phone: { value: { phone: '+48501234567' } },
			text1: { text: 'Premium' },
		});
	});

	it('renames the lead it finds when asked to', async () => {
		bench.given('Jan K.', { email: email('jan@example.com') });
		await upsert([jan], { options: { rename: true } });
		expect(bench.items().map(({ name }) => name)).toEqual(['Jan']);
	});

	it.each([
		['its address among other words', 'Jan <jan@example.com>'],
		['a word instead of its address', 'Prywatny'],
	])('finds an e-mail that shows %s', async (_, label) => {
		const { id } = bench.given('Jan K.', { email: email('jan@example.com', label) });
		bench.given('Ola', { email: email('ola@example.com', 'Prywatny') });
		const { outputs } = await upsert([jan]);
		expect(outputs[0]?.[0]?.json).toMatchObject({ id, created: false });
		expect(bench.items()).toHaveLength(2);
	});

	it('takes no other address that ends alike', async () => {
		bench.given('Marjan', { email: email('marjan@example.com') });
		const { outputs } = await upsert([lead('Jan', 'x', { email: 'jan@example.com' })]);
		expect(outputs[0]?.[0]?.json.created).toBe(true);
	});

	it.each([
		['Brazil without the ninth digit', '+551187654321', 'BR', '+55 11 98765-4321'],
		['Brazil with the ninth digit', '+5511987654321', 'BR', '551187654321'],
		['Mexico with the old 1', '+5215512345678', 'MX', '+52 55 1234 5678'],
		['Argentina without the 9', '+541123456789', 'AR', '+54 9 11 2345-6789'],
		['the same number without its country code', '501234567', 'PL', '0048501234567'],
	])('finds a phone number stored as %s', async (_, stored, countryShortName, phone) => {
		const { id } = bench.given('Known', { phone: { phone: stored, countryShortName } });
		const { outputs } = await upsert([lead('Known', 'again', { phone })]);
		expect(outputs[0]?.[0]?.json).toMatchObject({ id, created: false });
		expect(bench.items()[0]?.values.phone?.value).toMatchObject({ phone: stored });
	});

	it('takes no other number with the same last digits', async () => {
		bench.given('Other', { phone: { phone: '+48601234567', countryShortName: 'PL' } });
		const { outputs } = await upsert([jan]);
		expect(outputs[0]?.[0]?.json.created).toBe(true);
	});

	it('goes by the first column that finds something, and passes over empty values', async () => {
		const first = bench.given('By e-mail', { email: email('jan@example.com') });
		const second = bench.given('By phone', { phone: { phone: '+48501234567', countryShortName: 'PL' } });
		const { outputs } = await upsert([jan, lead('No mail', 'x', { phone: '+48501234567' })]);
		expect(outputs[0]?.map(({ json }) => json.id)).toEqual([first.id, second.id]);
	});

	it('matches on any column monday.com can search', async () => {
		const { id } = bench.given('Jan', { text1: 'Klient 77' });
		const { outputs } = await upsert([lead('Jan', 'Klient 77')], {
			matchOn: matchOn({ column: 'text1', value: 'klient 77' }),
		});
		expect(outputs[0]?.[0]?.json).toMatchObject({ id, created: false });
	});

	it('refuses a lead with nothing to match on, and a column that cannot be searched', async () => {
		const empty = await upsert([lead('Nobody', 'x')]);
		expect(empty.outputs[0]?.[0]?.json.error).toBe('"Match On" holds no value [Item 0]');
		const hour = await upsert([jan], { matchOn: matchOn({ column: 'time', value: '9:30' }) });
		expect(hour.outputs[0]?.[0]?.json.error).toBe(
			'"Column Name or ID" is "Godzina", which monday.com cannot search [Item 0]',
		);
	});

	it('sends 50 new leads in few requests: lookups and creations of 20 each, the columns once', async () => {
		const items = Array.from({ length: 50 }, (_, index) =>
			lead(`Lead ${index}`, 'x', { email: `lead${index}@example.com` }),
		);
		const { outputs } = await upsert(items);
		expect(bench.items()).toHaveLength(50);
		expect(bench.using('create_item')).toHaveLength(3);
		expect(bench.calls()).toHaveLength(7);
		expect(outputs[0]?.map(({ json }) => json.name)).toEqual(items.map(({ name }) => name));
	});

	it('makes one item of a lead that comes several times in a run, in the order it came', async () => {
		const items = [
			lead('Jan', 'first', { email: 'jan@example.com' }),
			lead('Ola', 'x', { email: 'ola@example.com' }),
			lead('Jan', 'second', { email: 'JAN@example.com', phone: '+48501234567' }),
			lead('Jan', 'third', { phone: '501 234 567' }),
		];
		const { outputs } = await upsert(items, { options: { batchSize: 3, defaultCountry: 'PL' } });
		expect(bench.items().map(({ name }) => name)).toEqual(['Jan', 'Ola']);
		expect(bench.items()[0]?.values.text1?.text).toBe('third');
		expect(outputs[0]?.map(({ json }) => json.created)).toEqual([true, true, false, false]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
	});

	describe('over several batches', () => {
		const FIELDS = /items_page\b|create_item|change_multiple_column_values/;
		const asked = () => bench.bodies().flatMap(({ query }) => FIELDS.exec(query)?.[0] ?? []);
		const inBatchesOfOne = async (...addresses: string[]) =>
			await upsert(
				addresses.map((address) => lead(address, 'x', { email: address })),
				{ options: { batchSize: 1 } },
			);

		it('writes different leads side by side', async () => {
			await inBatchesOfOne('jan@example.com', 'ola@example.com');
			const lookup = 'items_page';
			expect(asked()).toEqual([lookup, lookup, 'create_item', 'create_item']);
		});

		it('waits for a batch that brings the same lead', async () => {
			await inBatchesOfOne('jan@example.com', 'JAN@example.com');
			expect(asked()).toEqual(['items_page', 'create_item', 'change_multiple_column_values']);
			expect(bench.items()).toHaveLength(1);
		});

		it('goes on after a batch that failed', async () => {
			const refusal = { status: 403, headers: {}, body: {} };
			// The board's columns come first, and are not what is refused.
			bench.world.misbehave(
				'monday',
				{ kind: 'latency', milliseconds: 0 },
				{ kind: 'answer', response: refusal },
			);
			const { outputs } = await inBatchesOfOne('jan@example.com', 'jan@example.com');
			expect(outputs[0]?.map(({ json }) => json.created ?? 'failed')).toEqual(['failed', true]);
		});
	});

	describe('where several items match', () => {
		const ids = () => bench.items().map(({ id }) => id);
		beforeEach(() => {
			for (const name of ['old', 'middle', 'new']) bench.given(name, { email: email('jan@example.com') });
		});

		it.each([
			['newest', ['new']],
			['oldest', ['old']],
			['all', ['old', 'middle', 'new']],
		])('updates as told: %s', async (severalMatches, updated) => {
			const { outputs } = await upsert([jan], { severalMatches });
			expect(outputs[0]?.map(({ json }) => json.name)).toEqual(updated);
			expect(outputs[0]?.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
			const written = bench.items().filter(({ values }) => values.text1?.text === 'Premium');
			expect(written.map(({ name }) => name)).toEqual(updated);
		});

		it('updates the newest unless told otherwise', async () => {
			const { outputs } = await upsert([jan]);
			expect(outputs[0]?.[0]?.json.name).toBe('new');
		});

		it('refuses when told to, and names the items', async () => {
			const { outputs } = await upsert([jan], { severalMatches: 'refuse' });
			expect(outputs[0]?.[0]?.json).toEqual({
				error: '3 items of the board match "Email" or "Telefon"',
				message: expect.stringContaining(ids().join(', ')),
			});
			expect(bench.items().every(({ values }) => values.text1 === undefined)).toBe(true);
		});
	});
});

describe('monday.com Leads, Create or Update, at the same time', () => {
	it('makes one item of a lead that several executions bring at once', async () => {
		const bench = mondayBench({ workMilliseconds: 200 });
		const runs = await Promise.all(Array.from({ length: 5 }, async () => await upsert([jan])));
		expect(bench.items()).toHaveLength(1);
		const [item] = bench.items();
		expect(runs.map(({ outputs }) => outputs[0]?.[0]?.json.id)).toEqual(Array(5).fill(item?.id));
		expect(bench.calls().some(({ response }) => response?.status === 409)).toBe(true);
		bench.stop();
	});

	it('writes the values of both where they differ', async () => {
		const bench = mondayBench({ workMilliseconds: 15 });
		const [first, second] = await Promise.all([upsert([jan]), upsert([{ ...jan, topic: 'Standard' }])]);
		expect(bench.items()).toHaveLength(1);
		expect(bench.items()[0]?.values.text1?.text).toMatch(/^(Premium|Standard)$/);
		const topics = [first, second].map(({ outputs }) => outputs[0]?.[0]?.json.columns);
		expect(topics).toMatchObject([{ text1: 'Premium' }, { text1: 'Standard' }]);
		bench.stop();
	});

	it('creates anew a lead that was created and deleted a moment ago', async () => {
		const bench = mondayBench();
		await upsert([jan]);
		const [deleted] = bench.simulator.content.items.splice(0, 1);
		const { outputs, error } = await upsert([jan]);
		expect(error).toBeUndefined();
		expect(bench.items()).toHaveLength(1);
		expect(outputs[0]?.[0]?.json).toMatchObject({ id: bench.items()[0]?.id, created: true });
		expect(outputs[0]?.[0]?.json.id).not.toBe(deleted?.id);
		bench.stop();
	});
});
