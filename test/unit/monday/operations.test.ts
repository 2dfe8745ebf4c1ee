import type { IDataObject } from 'n8n-workflow';
import { byId, email, LEADS, mapped, mondayBench, run, type Bench } from './bench';

const two = [{ n: 0 }, { n: 1 }];

describe('monday.com Leads', () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	const byUrl = (id: string) => ({
		__rl: true,
		mode: 'url',
		value: `https://company.monday.com/boards/${LEADS}/views/7/pulses/${id}`,
	});

	describe('Update', () => {
		it('changes columns and name of an item given by its address', async () => {
			const { id } = bench.given('Jan', { text1: 'Standard', status: { label: 'Nowy' } });
			const { outputs } = await run('update', {
				board: { __rl: true, mode: 'url', value: `https://company.monday.com/boards/${LEADS}` },
				item: byUrl(id),
				newItemName: 'Jan Kowalski',
				columns: mapped({ status: 'Umówiony', text1: '' }),
			});
			expect(outputs[0]?.[0]?.json).toMatchObject({
				id,
				name: 'Jan Kowalski',
				columns: { status: 'Umówiony', text1: 'Standard' },
			});
		});

		it('empties columns when asked to', async () => {
			const { id } = bench.given('Jan', { text1: 'Standard', phone: { phone: '+48501234567' } });
			const { outputs } = await run('update', {
				item: byId(id),
				columns: mapped({ text1: '', phone: null, status: 'Nowy' }),
				options: { clearEmpty: true },
			});
			expect(outputs[0]?.[0]?.json.columns).toMatchObject({ text1: null, phone: null, status: 'Nowy' });
		});

		it('refuses to write nothing', async () => {
			const { error } = await run('update', { item: byId('1'), columns: mapped({ text1: '' }) });
			expect(error?.message).toBe('"Columns" holds no value [Item 0]');
			expect(bench.using('change_multiple_column_values')).toHaveLength(0);
		});
	});

	describe('Get', () => {
		it('reads many items in one request', async () => {
			const ids = ['A', 'B'].map((name) => bench.given(name, {}).id);
			const { outputs } = await run(
				'get',
				{ item: byId('={{ $json.id }}') },
				{ items: ids.map((id) => ({ id })) },
			);
			expect(outputs[0]?.map(({ json }) => json.name)).toEqual(['A', 'B']);
			expect(bench.calls()).toHaveLength(1);
		});

		it('fails the item that is not there', async () => {
			const { id } = bench.given('A', {});
			const { outputs } = await run(
				'get',
				{ item: byId('={{ $json.id }}') },
				{ items: [{ id: '404' }, { id }], onError: 'continueErrorOutput' },
			);
			expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
			expect(outputs[1]?.[0]).toMatchObject({
				json: { error: 'monday.com has no item 404 that the token may see' },
				pairedItem: { item: 0 },
			});
		});
	});

	describe('Get Many', () => {
		beforeEach(() => {
			for (let index = 0; index < 620; index++) {
				bench.simulator.content.create(
					LEADS,
					index % 2 ? 'topics' : 'group_booked',
					`Lead ${index}`,
					{},
					false,
				);
			}
		});

		it('gives 50 unless told otherwise', async () => {
			const { outputs } = await run('getAll', {});
			expect(outputs[0]).toHaveLength(50);
			expect(bench.bodies()[0]?.variables.m0_limit).toBe(50);
		});

		it('reads on by cursor until all are there', async () => {
			const { outputs } = await run('getAll', { returnAll: true });
			expect(outputs[0]?.map(({ json }) => json.name)).toEqual(bench.items().map(({ name }) => name));
			expect(bench.calls()).toHaveLength(2);
		});

		it('takes no more than the limit from the last page', async () => {
			const { outputs } = await run('getAll', { limit: 510 });
			expect(outputs[0]).toHaveLength(510);
			expect(bench.bodies().map(({ variables }) => variables.m0_limit)).toEqual([500, 10]);
		});

		it('keeps to a group', async () => {
			const { outputs } = await run('getAll', { group: byId('group_booked'), returnAll: true });
			expect(outputs[0]).toHaveLength(310);
			expect(outputs[0]?.every(({ json }) => (json.group as IDataObject).id === 'group_booked')).toBe(true);
		});

		it('says so where the board is not to be seen', async () => {
			const { error } = await run('getAll', { board: byId('404') });
			expect(error?.message).toBe('monday.com has no board 404 that the token may see');
		});
	});

	describe('Search', () => {
		beforeEach(() => {
			bench.given('Jan', {
				email: email('jan@example.com'),
				date: { date: '2026-06-15', time: '08:00:00' },
				status: { label: 'Nowy' },
			});
			bench.given('Jan', { email: email('jan@example.com', 'Dom'), text1: 'Premium' });
			bench.given('Janusz', { email: email('janusz@example.com') });
		});

		it.each([
			['email', 'JAN@example.com', 2],
			['date', '2026-06-15', 1],
			['status', 'nowy', 1],
			['status', 'Nowy', 1],
			['text1', 'premium', 1],
			['name', 'Jan', 2],
			['phone', '+48501234567', 0],
		])('finds by %s %s: %i', async (column, value, count) => {
			const { outputs, error } = await run('search', { column, value });
			expect(error).toBeUndefined();
			expect(outputs[0]).toHaveLength(count);
		});

		it('answers many searches in one request and links what each found', async () => {
			const { outputs } = await run(
				'search',
				{ column: 'email', value: '={{ $json.email }}', limit: 1 },
				{
					items: [
						{ email: 'jan@example.com' },
						{ email: 'nobody@example.com' },
						{ email: 'janusz@example.com' },
					],
				},
			);
			expect(outputs[0]?.map(({ json, pairedItem }) => [json.name, pairedItem])).toEqual([
				['Jan', { item: 0 }],
				['Janusz', { item: 2 }],
			]);
			expect(bench.calls()).toHaveLength(2);
		});

		it('reads on where candidates fill more than a page', async () => {
			for (let index = 0; index < 120; index++) bench.given(`N${index}`, { text1: 'Standard' });
			const { outputs } = await run('search', { column: 'text1', value: 'Standard', returnAll: true });
			expect(outputs[0]).toHaveLength(120);
		});

		it('finds all rows under other labels, however many there are', async () => {
			for (let index = 0; index < 520; index++) {
				bench.given(`N${index}`, { email: email(`n${index}@example.com`, 'Dom') });
			}
			const { outputs } = await run('search', { column: 'email', value: 'n519@example.com' });
			expect(outputs[0]?.map(({ json }) => json.name)).toEqual(['N519']);
		});

		it('refuses a column the board does not have', async () => {
			const { error } = await run('search', { column: 'gone', value: 'x' });
			expect(error?.message).toBe('"Column Name or ID" is "gone", which the board does not have [Item 0]');
			expect(error?.description).toContain('Email (email)');
		});
	});

	describe('Add Comment', () => {
		it('writes text as text, whatever it looks like', async () => {
			const { id } = bench.given('Jan', {});
			const { outputs } = await run('addComment', {
				item: byId(id),
				text: 'Chce <b>Premium</b> & "więcej"\nod jutra',
			});
			const [comment] = bench.items()[0]?.updates ?? [];
			expect(comment?.body).toBe('Chce &lt;b&gt;Premium&lt;/b&gt; &amp; &quot;więcej&quot;<br>od jutra');
			expect(outputs[0]?.[0]?.json).toEqual({
				id: comment?.id,
				itemId: id,
				body: comment?.body,
				createdAt: comment?.createdAt,
			});
		});

		it('writes many in one request; a missing item fails alone', async () => {
			const { id } = bench.given('Jan', {});
			const { outputs } = await run(
				'addComment',
				{ item: byId('={{ $json.id }}'), text: 'Hello' },
				{ items: [{ id: '404' }, { id }], onError: 'continueRegularOutput' },
			);
			expect(bench.calls()).toHaveLength(1);
			expect(outputs[0]).toMatchObject([
				{
					json: { error: 'monday.com could not find the item, the group or the board' },
					pairedItem: { item: 0 },
				},
				{ json: { itemId: id }, pairedItem: { item: 1 } },
			]);
		});
	});

	it('refuses a batch size out of bounds', async () => {
		const { error } = await run('create', { itemName: 'A', options: { batchSize: 51 } }, { items: two });
		expect(error?.message).toBe('"Batch Size" is 51 [Item 0]');
	});
});
