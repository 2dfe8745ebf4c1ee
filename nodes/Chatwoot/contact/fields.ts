import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { FieldReader, ItemInput } from '../../../lib/operations';
import type { ContactDraft } from '../api';
import { countryFrom, optionalPhone } from '../fields';
import type { Keys } from '../match';

export const contactName: INodeProperties = {
	displayName: 'Name',
	name: 'contactName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Jane Example',
};

export const phone: INodeProperties = {
	displayName: 'Phone',
	name: 'phone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +48 601 234 567',
	description: 'In any spelling; without a country code it is of Default Country',
};

export const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'e.g. name@email.com',
	default: '',
};

export const identifier: INodeProperties = {
	displayName: 'Identifier',
	name: 'identifier',
	type: 'string',
	default: '',
	placeholder: 'e.g. lead-1842',
	description: 'What your own system calls this person; Chatwoot keeps it unique in the account',
};

export const defaultCountry: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'string',
	default: '',
	placeholder: 'e.g. PL',
	description: 'Two-letter country of phone numbers that come without a country code',
};

/** A table of custom attributes, and the same as JSON for values that are no text; read with `attributesFrom`. */
export const customAttributes: INodeProperties = {
	displayName: 'Custom Attributes',
	name: 'customAttributes',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add attribute',
	default: {},
	description: 'Merged with what is there',
	options: [
		{
			displayName: 'Attribute',
			name: 'attribute',
			values: [
				{
					displayName: 'Key',
					name: 'key',
					type: 'string',
					default: '',
					placeholder: 'e.g. lead_source',
					description: 'The key of the attribute, not its display name',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

export const customAttributesJson: INodeProperties = {
	displayName: 'Custom Attributes (JSON)',
	name: 'customAttributesJson',
	type: 'json',
	default: '{}',
	description: 'For values that are numbers, checkboxes or dates; counts over the table',
};

const avatarUrl: INodeProperties = {
	displayName: 'Avatar URL',
	name: 'avatarUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/jane.png',
};

const blocked: INodeProperties = {
	displayName: 'Blocked',
	name: 'blocked',
	type: 'boolean',
	default: false,
	description: 'Whether messages of the contact are turned away',
};

const city: INodeProperties = {
	displayName: 'City',
	name: 'city',
	type: 'string',
	default: '',
	placeholder: 'e.g. Kraków',
};

const company: INodeProperties = {
	displayName: 'Company',
	name: 'company',
	type: 'string',
	default: '',
	placeholder: 'e.g. Example Studio',
};

/** What else there is to write of a contact. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [avatarUrl, blocked, city, company, customAttributes, customAttributesJson, defaultCountry],
};

/** Reads custom attributes from the table and from JSON; undefined where there are none. */
export function attributesFrom(reader: FieldReader): IDataObject | undefined {
	const rows = reader
		.rows('customAttributes', 'attribute')
		.map((row): [string, string] => [row.text('key').trim(), row.optionalText('value') ?? '']);
	const attributes = { ...Object.fromEntries(rows), ...reader.optionalJson('customAttributesJson') };
	return Object.keys(attributes).length > 0 ? attributes : undefined;
}

/**
 * Reads what a person is known by. The phone is refused where it cannot be read.
 *
 * @param reader holds *Default Country*
 */
export const keysFrom = (input: FieldReader, reader: FieldReader): Keys => ({
	phone: optionalPhone(input, countryFrom(reader)),
	email: input.optionalText('email')?.trim().toLowerCase(),
	identifier: input.optionalText('identifier')?.trim(),
});

/** Whether there is anything to find somebody by. */
export const hasKeys = ({ phone: number, email: address, identifier: id }: Keys): boolean =>
	[number, address, id].some((key) => key !== undefined);

/** What keys look like on a contact. */
export const draftOf = ({ phone: number, email: address, identifier: id }: Keys): ContactDraft => ({
	...(number && { phone_number: number.e164 }),
	...(address !== undefined && { email: address }),
	...(id !== undefined && { identifier: id }),
});

/** Reads name, keys and additional fields; what is not set stays out. */
export function draftFrom(input: ItemInput, keys: Keys): ContactDraft {
	const more = input.collection('additionalFields');
	const additional = Object.fromEntries(
		['city', 'company'].flatMap((name) => {
			const value = more.optionalText(name);
			return value === undefined ? [] : [[name === 'company' ? 'company_name' : name, value]];
		}),
	) as IDataObject;
	const name = input.optionalText('contactName');
	const avatar = more.optionalText('avatarUrl')?.trim();
	const attributes = attributesFrom(more);
	return {
		...(name !== undefined && { name }),
		...draftOf(keys),
		...(avatar !== undefined && { avatar_url: avatar }),
		...(more.value('blocked') !== undefined && { blocked: more.boolean('blocked') }),
		...(Object.keys(additional).length > 0 && { additional_attributes: additional }),
		...(attributes && { custom_attributes: attributes }),
	};
}
