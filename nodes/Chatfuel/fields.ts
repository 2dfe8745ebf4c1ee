import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../lib/operations';

const RESERVED_PREFIX = 'chatfuel_';

const pair = (nameLabel: string, description: string): INodeProperties[] => [
	{ displayName: nameLabel, name: 'name', type: 'string', default: '', description },
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'Without a value the row is left out',
	},
];

/** A table of attributes; read it with `attributesFrom`. */
export const attributes: INodeProperties = {
	displayName: 'Attributes',
	name: 'attributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add attribute',
	default: {},
	description: 'Attributes to set on the user',
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: pair('Name', 'The name as in Chatfuel; it may hold spaces'),
		},
	],
};

/** A table of a contact's properties; read it with `rowsFrom`. */
export const contactProperties: INodeProperties = {
	displayName: 'Properties',
	name: 'properties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add property',
	default: {},
	description:
		'Properties to set on these contacts; a flow can start when one changes. Items with the same properties are sent together.',
	options: [
		{
			displayName: 'Property',
			name: 'property',
			values: pair('Name', 'The name as in Chatfuel'),
		},
	],
};

/** Reads a table of names and values; rows without either are left out, of a name the last value counts. */
export function rowsFrom(input: FieldReader, name: string, group: string): Record<string, string> {
	return Object.fromEntries(
		input.rows(name, group).flatMap((row) => {
			const key = row.optionalText('name')?.trim();
			const value = row.optionalText('value');
			return key === undefined || value === undefined ? [] : [[key, value]];
		}),
	) as Record<string, string>;
}

/** Reads the attributes and refuses the names that Chatfuel keeps for itself. */
export function attributesFrom(input: FieldReader): Record<string, string> {
	const rows = rowsFrom(input, 'attributes', 'attribute');
	const reserved = Object.keys(rows).find((name) => name.toLowerCase().startsWith(RESERVED_PREFIX));
	if (reserved !== undefined) {
		input.refuse(
			'attributes',
			`holds the reserved name "${reserved}"`,
			`Chatfuel keeps names that begin with ${RESERVED_PREFIX} for itself. Choose another name.`,
		);
	}
	return rows;
}
