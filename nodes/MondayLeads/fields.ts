import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

export { limit, returnAll, simplify } from '../../lib/fields';

const URL_HINT = 'Copy it from the address bar of your browser';

/** The board an operation works on. */
export const board: INodeProperties = {
	displayName: 'Board',
	name: 'board',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The board the leads are on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchBoards', searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://company.monday.com/boards/1234567890',
			hint: URL_HINT,
			extractValue: { type: 'regex', regex: 'https://[^/]+\\.monday\\.com/boards/(\\d+)' },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: 'https://[^/]+\\.monday\\.com/boards/\\d+.*',
						errorMessage: 'Use the address of a board, such as https://company.monday.com/boards/1234567890',
					},
				},
			],
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 1234567890',
			validation: [
				{ type: 'regex', properties: { regex: '\\d+', errorMessage: 'A board ID is made of digits' } },
			],
		},
	],
};

const groupLocator = (description: string): INodeProperties => ({
	displayName: 'Group',
	name: 'group',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description,
	typeOptions: { loadOptionsDependsOn: ['board.value'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchGroups', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. topics' },
	],
});

/** Where a new item goes. */
export const groupForNew = groupLocator("The group a new item goes to; the board's top group if left empty");

/** Which items a list holds. */
export const groupToList = groupLocator('Only items of this group; items of all groups if left empty');

/** One item of the board. */
export const item: INodeProperties = {
	displayName: 'Item',
	name: 'item',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The item to work on',
	typeOptions: { loadOptionsDependsOn: ['board.value'] },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchItems', searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://company.monday.com/boards/1234567890/pulses/9876543210',
			hint: URL_HINT,
			extractValue: { type: 'regex', regex: 'https://[^/]+\\.monday\\.com/boards/\\d+.*/pulses/(\\d+)' },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: 'https://[^/]+\\.monday\\.com/boards/\\d+.*/pulses/\\d+.*',
						errorMessage: 'Open the item and copy the address, which ends with /pulses/ and digits',
					},
				},
			],
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 9876543210',
			validation: [
				{ type: 'regex', properties: { regex: '\\d+', errorMessage: 'An item ID is made of digits' } },
			],
		},
	],
};

/** The item's name. */
export const itemName: INodeProperties = {
	displayName: 'Item Name',
	name: 'itemName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Jan Kowalski',
	description: 'The name of the item, 1 to 255 characters',
};

/** Values of the board's columns. */
export const columns: INodeProperties = {
	displayName: 'Columns',
	name: 'columns',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'Values to write; empty ones are left as they are',
	typeOptions: {
		loadOptionsDependsOn: ['board.value'],
		resourceMapper: {
			resourceMapperMethod: 'getColumns',
			mode: 'add',
			fieldWords: { singular: 'column', plural: 'columns' },
			addAllFields: true,
			multiKeyMatch: false,
			supportAutoMap: true,
			noFieldsError: 'Choose a board first; this one has no columns the node can write',
		},
	},
};

/** A column that monday.com can search. */
export const searchColumn: INodeProperties = {
	displayName: 'Column Name or ID',
	name: 'column',
	type: 'options',
	required: true,
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	typeOptions: { loadOptionsMethod: 'getSearchableColumns', loadOptionsDependsOn: ['board.value'] },
};

/** Items a request carries unless the operator says otherwise; monday.com advises 10 to 20 (best practices page). */
export const DEFAULT_BATCH_SIZE = 20;

const batchSize: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: DEFAULT_BATCH_SIZE,
	description:
		'How many items share one request, from 1 to 50. The smaller plans of monday.com allow 1,000 requests a day.',
};

const clearEmpty: INodeProperties = {
	displayName: 'Clear Empty Columns',
	name: 'clearEmpty',
	type: 'boolean',
	default: false,
	description: 'Whether an empty value empties the column, instead of leaving it as it is',
};

const createLabels: INodeProperties = {
	displayName: 'Create Labels If Missing',
	name: 'createLabels',
	type: 'boolean',
	default: false,
	description:
		'Whether a status or dropdown label that the board does not have is added to it, typing slips too. The user of the token must be allowed to change the board.',
};

const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. PL',
	description: 'Two-letter country of phone numbers that come without a country code',
};

/** One of an operation's *Options*. */
export const option = (property: INodeProperties): INodeProperties => property;

/** The *Options* of an operation: those given, and how many items share a request. */
export const optionsOf = (...own: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [batchSize, ...own].sort((a: INodeProperties | INodePropertyCollection, b) =>
		a.displayName.localeCompare(b.displayName, 'en'),
	),
});

/** Options of every operation that writes columns. */
export const columnOptions = [clearEmpty, createLabels, defaultCountry];

export { defaultCountry };
