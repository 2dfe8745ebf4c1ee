import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { parsePhone } from '../../../lib/phone';
import type { FieldReader } from '../../../lib/operations';
import { customFields, customFieldsFrom } from '../fields';

export const clientName: INodeProperties = {
	displayName: 'Client Name',
	name: 'clientName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Jane',
};

export const clientPhone: INodeProperties = {
	displayName: 'Client Phone',
	name: 'clientPhone',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +48 601 234 567',
	description: 'With the country code',
};

/** Everything about a client that can be written, beside name and phone. */
export const clientDetails: INodeProperties[] = [
	{
		displayName: 'Birth Date',
		name: 'birthDate',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1990-05-17',
	},
	{
		displayName: 'Category IDs',
		name: 'categoryIds',
		type: 'string',
		default: '',
		description: 'Comma-separated; they take the place of the present ones',
	},
	{ displayName: 'Client Last Name', name: 'clientLastName', type: 'string', default: '' },
	customFields,
	{
		displayName: 'Discount (%)',
		name: 'discount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: "Taken off this client's prices",
	},
	{
		displayName: 'Email',
		name: 'clientEmail',
		type: 'string',
		placeholder: 'e.g. name@email.com',
		default: '',
	},
	{
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		options: [
			{ name: 'Female', value: 2 },
			{ name: 'Male', value: 1 },
			{ name: 'Unknown', value: 0 },
		],
		default: 0,
	},
	{ displayName: 'Notes', name: 'notes', type: 'string', typeOptions: { rows: 3 }, default: '' },
];

/**
 * Reads a phone as Altegio takes it: 9 to 15 digits with the country code and without a plus (REST documentation,
 * clients).
 */
export function phoneFrom(input: FieldReader, name: string): string | undefined {
	const written = input.optionalText(name);
	if (written === undefined) return undefined;
	try {
		return parsePhone(written).e164.slice(1);
	} catch {
		return input.refuse(
			name,
			'is not a phone number',
			'Write it with the country code, such as +48 601 234 567.',
		);
	}
}

/** Reads `clientDetails` into wire names; what is not set stays out. */
export function detailsFrom(reader: FieldReader): IDataObject {
	const birthDate = reader.optionalText('birthDate')?.trim();
	if (birthDate !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) {
		reader.refuse('birthDate', 'is not a date', 'Use the form 1990-05-17.');
	}
	const categories = reader.list('categoryIds').map(Number);
	const fields: IDataObject = {
		birth_date: birthDate,
		surname: reader.optionalText('clientLastName'),
		custom_fields: customFieldsFrom(reader),
		discount: reader.optionalNumber('discount', { min: 0, max: 100 }),
		email: reader.optionalText('clientEmail')?.trim(),
		sex_id: reader.optionalNumber('gender'),
		comment: reader.optionalText('notes'),
		...(categories.length > 0 && { categories }),
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
