import type { ChainNode } from '../../sandbox/src/chain';
import { MONDAY_TOKEN, type MondaySimulator } from '../../sandbox/simulators/monday';
import type { Lab } from './lab';
import type { Person } from './random';

/** The board of leads. */
const BOARD = '1234567890';
const GROUP = 'topics';

const STOCK_CREDENTIAL: [type: string, name: string] = ['mondayComApi', 'Bench monday.com'];
const OUR_CREDENTIAL: [type: string, name: string] = ['mondayLeadsApi', 'monday.com'];

/** Gives n8n the credential of its own monday.com node. */
export const giveStockCredential = async ({ house: { editor } }: Lab): Promise<string> =>
	await editor.saveCredential(STOCK_CREDENTIAL[1], STOCK_CREDENTIAL[0], { apiToken: MONDAY_TOKEN });

/** Makes sure that the work was done. @throws Error where the board holds another number of items */
export function onBoard({ content }: MondaySimulator, expected: number): void {
	const { length } = content.itemsOf(content.board(BOARD));
	if (length !== expected) throw new Error(`The board holds ${length} items instead of ${expected}`);
}

/** Puts leads on the board that are there before a round. */
export function fillBoard({ content }: MondaySimulator, leads: Person[]): void {
	for (const { name, email, phone } of leads) {
		const values = { email: { email, text: email }, phone: { phone, countryShortName: 'PL' } };
		content.create(BOARD, GROUP, name, values, false);
	}
}

const board = { __rl: true, mode: 'id', value: BOARD };

const columns = {
	mappingMode: 'defineBelow',
	value: { phone: '={{ $json.phone }}', text1: '={{ $json.topic }}' },
	matchingColumns: [],
	schema: [],
};

/**
 * The column values as n8n's own node wants them: JSON that the operator writes.
 *
 * @param lead an expression for an object with `email` and `phone`
 * @param others an expression for an object with the other columns' values
 */
export const stockColumns = (lead: string, others = `{ text1: ${lead}.topic }`): string =>
	`={{ JSON.stringify({ email: { email: ${lead}.email, text: ${lead}.email }, phone: { phone: ${lead}.phone, countryShortName: 'PL' }, ...${others} }) }}`;

/** Ours, creating. */
export const createByUs = (): ChainNode => ({
	name: 'Create',
	type: 'n8n-nodes-frontdesk.mondayLeads',
	credential: OUR_CREDENTIAL,
	parameters: {
		resource: 'item',
		operation: 'create',
		board,
		group: { __rl: true, mode: 'id', value: GROUP },
		itemName: '={{ $json.name }}',
		columns: { ...columns, value: { ...columns.value, email: '={{ $json.email }}' } },
	},
});

/** n8n's own node. */
export const stockMonday = (
	name: string,
	operation: string,
	parameters: object,
	more: Partial<ChainNode> = {},
): ChainNode => ({
	name,
	type: 'n8n-nodes-base.mondayCom',
	credential: STOCK_CREDENTIAL,
	parameters: {
		authentication: 'accessToken',
		resource: 'boardItem',
		operation,
		boardId: BOARD,
		...parameters,
	},
	...more,
});

/** n8n's own node, creating. */
export const createByStock = (more: Partial<ChainNode> = {}): ChainNode =>
	stockMonday(
		'Create',
		'create',
		{
			groupId: GROUP,
			name: '={{ $json.name }}',
			additionalFields: { columnValues: stockColumns('$json') },
		},
		more,
	);

/** Ours, creating or updating by the e-mail address. */
export const upsertByUs = (): ChainNode => ({
	name: 'Create or update',
	type: 'n8n-nodes-frontdesk.mondayLeads',
	credential: OUR_CREDENTIAL,
	parameters: {
		resource: 'item',
		operation: 'upsert',
		board,
		group: { __rl: true, mode: 'id', value: GROUP },
		matchOn: { rules: [{ column: 'email', value: '={{ $json.email }}' }] },
		itemName: '={{ $json.name }}',
		columns,
	},
});

/** Whether a search found an item, whose ID stands in the field. */
export const known = (field: string): ChainNode => ({
	name: 'Known?',
	type: 'n8n-nodes-base.if',
	typeVersion: 2.3,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 3 },
			combinator: 'and',
			conditions: [
				{
					id: 'known',
					leftValue: `={{ $json.${field} }}`,
					rightValue: '',
					operator: { type: 'string', operation: 'notEmpty', singleValue: true },
				},
			],
		},
		looseTypeValidation: true,
		options: {},
	},
});

/**
 * The same from n8n's own nodes, the quick way: all searches in one node, what they found joined to the leads by
 * address, then one node for the known and one for the new. (A loop over single leads is what one sees most.)
 */
export const upsertByStock = (): ChainNode[] => [
	stockMonday('Search', 'getByColumnValue', {
		columnId: 'email',
		columnValue: '={{ $json.email }}',
		returnAll: false,
		limit: 1,
	}),
	{
		name: 'Address of the found',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			mode: 'raw',
			jsonOutput:
				"={{ { itemId: $json.id, email: $json.column_values.find(({ id }) => id === 'email').text } }}",
			options: {},
		},
		alwaysOutputData: true,
	},
	{
		name: 'Join',
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		parameters: {
			mode: 'combine',
			combineBy: 'combineByFields',
			fieldsToMatchString: 'email',
			joinMode: 'enrichInput1',
			options: {},
		},
		after: [{ node: 'Items' }, { node: 'Address of the found', input: 1 }],
	},
	known('itemId'),
	stockMonday('Update', 'changeMultipleColumnValues', {
		itemId: '={{ $json.itemId }}',
		columnValues: stockColumns('$json'),
	}),
	createByStock({ after: [{ node: 'Known?', output: 1 }] }),
	{
		name: 'Together',
		type: 'n8n-nodes-base.merge',
		typeVersion: 3.2,
		parameters: { mode: 'append', numberInputs: 2 },
		after: [{ node: 'Update' }, { node: 'Create', input: 1 }],
	},
];
