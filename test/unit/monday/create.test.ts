import { byId, email, LEADS, mapped, matchOn, mondayBench, run, type Bench } from './bench';

describe('monday.com Leads, Create', () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it('writes name and columns exactly as typed', async () => {
		const name = 'O"Brien \\ {"x":1} 🌸\nz drugiej linii';
		const { outputs, error } = await run(
			'create',
			{
				itemName: '={{ $json.name }}',
				columns: mapped({ email: 'obrien@example.com', text1: '={{ $json.name }}', status: 'nowy' }),
			},
			{ items: [{ name }] },
		);
		expect(error).toBeUndefined();
		const [item] = bench.items();
		expect(item?.name).toBe(name);
		expect(item?.values.text1?.value).toBe(name);
		expect(item?.values.status?.text).toBe('Nowy');
		expect(item?.values.email?.value).toEqual({ email: 'obrien@example.com', text: 'obrien@example.com' });
		expect(outputs[0]?.[0]?.json).toMatchObject({
			id: item?.id,
			name,
			board: { id: LEADS, name: 'Leads' },
			group: { id: 'topics', title: 'Nowe leady' },
			columns: { email: 'obrien@example.com', text1: name, status: 'Nowy', phone: null },
		});
		expect(bench.bodies().at(-1)?.query).not.toContain('Brien');
	});

	it('sends 50 items in three requests and links each answer', async () => {
		const items = Array.from({ length: 50 }, (_, index) => ({ name: `Lead ${index}` }));
		const { outputs } = await run(
			'create',
			{ itemName: '={{ $json.name }}', group: byId('group_booked') },
			{ items },
		);
		expect(bench.calls()).toHaveLength(3);
		expect(new Set(bench.calls().map(({ request }) => request.headers['idempotency-key'])).size).toBe(3);
		expect(bench.items()).toHaveLength(50);
		expect(bench.items().every(({ groupId }) => groupId === 'group_booked')).toBe(true);
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual(
			items.map(({ name }, item) => [name, { item }]),
		);
	});

	it.each([
		['create', {}, 11],
		['upsert', { matchOn: matchOn({ column: 'email', value: '={{ $json.email }}' }) }, 31],
	])(
		'takes as few requests for 200 leads as docs/migration says: %s',
		async (operation, more, requests) => {
			const items = Array.from({ length: 200 }, (_, index) => ({
				name: `Lead ${index}`,
				email: `lead${index}@example.com`,
			}));
			for (const { name, email: address } of items.filter((_, index) => index % 2 === 0))
				bench.given(name, { email: email(address) });
			const columns = mapped({ email: '={{ $json.email }}' });
			const { error } = await run(operation, { itemName: '={{ $json.name }}', columns, ...more }, { items });
			expect(error).toBeUndefined();
			expect(bench.items()).toHaveLength(operation === 'create' ? 300 : 200);
			expect(bench.calls()).toHaveLength(requests);
		},
		30_000,
	);

	it('fails one item for one refused alias, before or after it was sent', async () => {
		const { outputs } = await run(
			'create',
			{ itemName: '={{ $json.name }}', columns: mapped({ status: '={{ $json.status }}' }) },
			{
				items: [
					{ name: 'A', status: 'Nowy' },
					{ name: 'B', status: 'Nowwy' },
					{ name: 'C'.repeat(256), status: '' },
					{ name: 'D', status: '' },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(bench.items().map(({ name }) => name)).toEqual(['A', 'D']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		expect(outputs[0]?.[1]?.json).toEqual({
			error: '"Status" has no label "Nowwy" [Item 1]',
			message: expect.stringContaining('"Nowy", "W kontakcie"'),
		});
		expect(outputs[0]?.[2]?.json).toEqual({
			error: 'monday.com did not accept the name of the item',
			message: expect.stringContaining('1 to 255 characters'),
		});
	});

	it('adds a label the board does not have when it may', async () => {
		await run('create', {
			itemName: 'A',
			columns: mapped({ status1: 'TikTok' }),
			options: { createLabels: true },
		});
		expect(bench.items()[0]?.values.status1?.text).toBe('TikTok');
	});

	it('takes columns by ID or title from the item that comes in', async () => {
		await run(
			'create',
			{ itemName: 'A', columns: { ...mapped({}), mappingMode: 'autoMapInputData', value: null } },
			{ items: [{ email: 'a@example.com', Telefon: '+48 501 234 567', other: 'left out' }] },
		);
		expect(bench.items()[0]?.values).toMatchObject({
			email: { text: 'a@example.com' },
			phone: { value: { phone: '+48501234567', countryShortName: 'PL' } },
		});
	});

	it('refuses a mapped column that the board has no more', async () => {
		const { error } = await run('create', { itemName: 'A', columns: mapped({ gone: 'x' }) });
		expect(error?.message).toBe('"Columns" holds the column "gone", which the board does not have [Item 0]');
		expect(bench.items()).toHaveLength(0);
	});

	it("gives an operator's own key a request to itself, and the first item again for the same key", async () => {
		const parameters = {
			itemName: '={{ $json.name }}',
			options: { idempotencyKey: '={{ $json.key }}' },
		};
		const items = [
			{ name: 'A', key: 'event-1' },
			{ name: 'B' },
			{ name: 'C', key: 'event-2' },
			{ name: 'D' },
		];
		const first = await run('create', parameters, { items });
		const again = await run('create', parameters, { items: [{ name: 'A', key: 'event-1' }] });
		expect(
			bench
				.items()
				.map(({ name }) => name)
				.sort(),
		).toEqual(['A', 'B', 'C', 'D']);
		expect(first.outputs[0]?.map(({ json }) => json.name)).toEqual(['A', 'B', 'C', 'D']);
		expect(again.outputs[0]?.[0]?.json.id).toBe(first.outputs[0]?.[0]?.json.id);
		expect(bench.calls().map(({ request }) => request.headers['idempotency-key'])).toEqual(
			expect.arrayContaining(['event-1', 'event-2']),
		);
	});

	it("gives monday.com's own answer without Simplify", async () => {
		const { outputs } = await run('create', { itemName: 'A', simplify: false });
		expect(outputs[0]?.[0]?.json.column_values).toContainEqual(
			expect.objectContaining({ id: 'email', type: 'email', value: null }),
		);
	});
});
