import type { IDataObject } from 'n8n-workflow';
import { MondayLeadsApi } from '../../../credentials/MondayLeadsApi.credentials';
import { MONDAY_TOKEN, MondaySimulator } from '../../../sandbox/simulators/monday';
import { byId, type Earlier, type Samples } from './kind';

const resource = 'item';
const board = byId('1234567890');

/** What the column mapper stores for values typed or mapped by hand. */
const mapped = (value: IDataObject) => ({ mappingMode: 'defineBelow', value });

const created = (earlier: Earlier) => ({ board, item: byId(String(earlier('item.create').id)) });

/** monday.com Leads: a lead's item on the board. */
export const samples = (now: () => Date): Samples => ({
	credentials: [{ type: new MondayLeadsApi(), data: { token: MONDAY_TOKEN, apiVersion: '' } }],
	simulators: [new MondaySimulator({ now: () => now().getTime() })],
	runs: [
		{
			...{ resource, operation: 'create' },
			parameters: {
				board,
				itemName: 'Jane Kowalska',
				columns: mapped({ email: 'jane@example.com', phone: '+48601234567', status: 'Nowy' }),
			},
		},
		{ resource, operation: 'get', parameters: created },
		{
			...{ resource, operation: 'update' },
			parameters: (earlier) => ({ ...created(earlier), columns: mapped({ text1: 'Consultation' }) }),
		},
		{
			...{ resource, operation: 'upsert' },
			parameters: {
				board,
				itemName: 'Jane Kowalska',
				matchOn: {
					rules: [
						{ column: 'email', value: 'jane@example.com' },
						{ column: 'phone', value: '+48601234567' },
					],
				},
				columns: mapped({ text1: 'Session' }),
			},
		},
		{
			...{ resource, operation: 'addComment' },
			parameters: (earlier) => ({ ...created(earlier), text: 'Asked about prices on Instagram' }),
		},
		{ resource, operation: 'getAll', parameters: { board } },
		{ resource, operation: 'search', parameters: { board, column: 'text1', value: 'Session' } },
	],
});
