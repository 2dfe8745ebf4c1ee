import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemInput } from '../../../lib/operations';
import type { Template } from '../api';

/** The fields of a WhatsApp template; read them with `templateFrom`. */
export const templateFields: INodeProperties[] = [
	{
		displayName: 'Template Name',
		name: 'templateName',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. appointment_reminder',
		description: "As in the inbox's settings in Chatwoot; it must be approved and synced there",
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		required: true,
		default: 'en',
		placeholder: 'e.g. pl',
		description:
			'As the template has it, such as en or pt_BR; another one sends it without its values, and WhatsApp turns it away',
	},
	{
		displayName: 'Category',
		name: 'category',
		type: 'options',
		options: [
			{ name: 'Issue Resolution', value: 'ISSUE_RESOLUTION' },
			{ name: 'Marketing', value: 'MARKETING' },
			{ name: 'Shipping Update', value: 'SHIPPING_UPDATE' },
			{ name: 'Ticket Update', value: 'TICKET_UPDATE' },
			{ name: 'Utility', value: 'UTILITY' },
		],
		default: 'UTILITY',
	},
	{
		displayName: 'Body Values',
		name: 'bodyValues',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add value',
		default: {},
		description: 'What fills {{1}}, {{2}} and so on, in this order, or the placeholder that is named',
		options: [
			{
				displayName: 'Value',
				name: 'value',
				values: [
					{
						displayName: 'Placeholder',
						name: 'key',
						type: 'string',
						default: '',
						placeholder: 'e.g. customer_name',
						description: 'Only for templates with named placeholders',
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	},
	{
		displayName: 'Header and Buttons',
		name: 'parts',
		type: 'collection',
		placeholder: 'Add part',
		default: {},
		options: [
			{
				displayName: 'Buttons',
				name: 'buttons',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true, sortable: true },
				placeholder: 'Add button',
				default: {},
				description: 'Values of buttons that have one, in the order of the template',
				options: [
					{
						displayName: 'Button',
						name: 'button',
						values: [
							{
								displayName: 'Type',
								name: 'type',
								type: 'options',
								options: [
									{ name: 'Copy Code', value: 'copy_code' },
									{ name: 'URL', value: 'url' },
								],
								default: 'url',
							},
							{
								displayName: 'Value',
								name: 'parameter',
								type: 'string',
								default: '',
								placeholder: 'e.g. bookings/42',
								description: 'The part of the address that changes, or the code to copy',
							},
						],
					},
				],
			},
			{
				displayName: 'Header File Name',
				name: 'mediaName',
				type: 'string',
				default: '',
				placeholder: 'e.g. offer.pdf',
				description: 'Shown with a document',
			},
			{
				displayName: 'Header File Type',
				name: 'mediaType',
				type: 'options',
				options: [
					{ name: 'Document', value: 'document' },
					{ name: 'Image', value: 'image' },
					{ name: 'Video', value: 'video' },
				],
				default: 'image',
			},
			{
				displayName: 'Header File URL',
				name: 'mediaUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://example.com/studio.jpg',
				description: 'Address of the picture, video or document above the text, which WhatsApp fetches',
			},
		],
	},
];

function bodyFrom(input: ItemInput): IDataObject {
	const rows = input
		.rows('bodyValues', 'value')
		.map((row, index): [string, string] => [
			row.optionalText('key')?.trim() ?? String(index + 1),
			row.text('value'),
		]);
	return Object.fromEntries(rows);
}

/** Reads a template in the form Chatwoot has documented since 4.x: body, header and buttons apart. */
export function templateFrom(input: ItemInput): Template {
	const parts = input.collection('parts');
	const url = parts.optionalText('mediaUrl')?.trim();
	const fileName = parts.optionalText('mediaName')?.trim();
	const body = bodyFrom(input);
	const buttons = parts.rows('buttons', 'button').map((row) => ({
		type: row.optionalText('type') ?? 'url',
		parameter: row.text('parameter'),
	}));
	return {
		name: input.text('templateName').trim(),
		language: input.text('language').trim(),
		category: input.optionalText('category') ?? 'UTILITY',
		processed_params: {
			...(Object.keys(body).length > 0 && { body }),
			...(url !== undefined && {
				header: {
					media_url: url,
					media_type: parts.optionalText('mediaType') ?? 'image',
					...(fileName !== undefined && { media_name: fileName }),
				},
			}),
			...(buttons.length > 0 && { buttons }),
		},
	};
}
