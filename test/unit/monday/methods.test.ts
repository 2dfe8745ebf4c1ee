import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { MondayLeads } from '../../../nodes/MondayLeads/MondayLeads.node';
import { additionalDataFor, workflowWith } from '../../support/n8n';
import { byId, credential, LEADS, mondayBench, type Bench } from './bench';

const type = new MondayLeads();
const { listSearch, loadOptions, resourceMapping } = type.methods;

/** The editor's context for a node whose Board is set. */
function editor(board = LEADS): ILoadOptionsFunctions {
	const credentials = [credential()];
	const parameters: INodeParameters = { resource: 'item', operation: 'upsert', board: byId(board) };
	const { workflow, node } = workflowWith(type, {
		parameters,
		credentials: { mondayLeadsApi: { id: 'mondayLeadsApi', name: 'mondayLeadsApi' } },
	});
	const additionalData = additionalDataFor(credentials, () => workflow);
	additionalData.currentNodeParameters = parameters;
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters.board');
}

describe('monday.com Leads, in the editor', () => {
	let bench: Bench;
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it('lists boards by name or ID', async () => {
		const all = await listSearch.searchBoards.call(editor());
		expect(all.results.map(({ name, value }) => [name, value])).toEqual([
			['Leads', LEADS],
			['Every column', '2234567890'],
		]);
		expect(all.paginationToken).toBeUndefined();
		expect((await listSearch.searchBoards.call(editor(), 'LEAD')).results).toHaveLength(1);
		expect((await listSearch.searchBoards.call(editor(), LEADS)).results).toHaveLength(1);
	});

	it('lists boards a hundred at a time', async () => {
		const [board] = bench.simulator.content.boards;
		for (let index = 0; index < 100; index++) {
			bench.simulator.content.boards.push({ ...board!, id: String(index), name: `B${index}` });
		}
		const first = await listSearch.searchBoards.call(editor());
		const second = await listSearch.searchBoards.call(editor(), undefined, first.paginationToken as string);
		expect(first.results).toHaveLength(100);
		expect(second.results).toHaveLength(2);
		expect(second.paginationToken).toBeUndefined();
	});

	it('lists groups of the board', async () => {
		const { results } = await listSearch.searchGroups.call(editor(), 'umów');
		expect(results).toEqual([{ name: 'Umówione spotkania', value: 'group_booked' }]);
	});

	it('lists items of the board, and searches all of them by name', async () => {
		for (let index = 0; index < 120; index++) bench.given(`Lead ${index}`, {});
		expect((await listSearch.searchItems.call(editor())).results).toHaveLength(100);
		const { results } = await listSearch.searchItems.call(editor(), 'lead 119');
		expect(results.map(({ name, value }) => [name, value])).toEqual([['Lead 119', bench.items()[119]?.id]]);
	});

	it('offers the columns monday.com can search', async () => {
		const options = await loadOptions.getSearchableColumns.call(editor());
		expect(options.map(({ value }) => value)).toEqual([
			'name',
			'email',
			'phone',
			'text1',
			'status1',
			'date',
			'status2',
			'status',
		]);
	});

	it('offers the columns the node can write, with the labels of the board', async () => {
		const { fields } = await resourceMapping.getColumns.call(editor());
		expect(fields.map(({ id }) => id)).toEqual([
			'email',
			'phone',
			'text1',
			'status1',
			'date',
			'time',
			'status2',
			'status',
		]);
		expect(fields.find(({ id }) => id === 'status2')?.options?.map(({ value }) => value)).toEqual([
			'Podstawowy',
			'Standard',
			'Premium',
		]);
	});

	it('says so where the board is not to be seen', async () => {
		await expect(resourceMapping.getColumns.call(editor('404'))).rejects.toThrow('has no board 404');
	});

	it('reads labels from both forms of settings, without those that were taken away', async () => {
		const settings = [
			'{"labels":{"0":"Old","1":"New"}}',
			{ labels: [{ label: 'Old' }, { name: 'New' }, { label: 'Gone', is_deactivated: true }, { label: '' }] },
		];
		for (const form of settings) {
			bench.world.misbehave('monday', {
				kind: 'answer',
				response: {
					status: 200,
					headers: { 'content-type': 'application/json' },
					body: {
						data: {
							m0: [{ columns: [{ id: 's', title: 'S', type: 'status', archived: false, settings: form }] }],
						},
					},
				},
			});
			const { fields } = await resourceMapping.getColumns.call(editor());
			expect(fields[0]?.options?.map(({ value }) => value)).toEqual(['Old', 'New']);
		}
	});
});
