import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { FieldReader } from '../../../lib/operations';
import { customFields, customFieldsFrom } from '../fields';

export const start: INodeProperties = {
	displayName: 'Start',
	name: 'start',
	type: 'dateTime',
	required: true,
	default: '',
	description: "When it begins; without an offset on the location's clocks",
};

export const clientEmail: INodeProperties = {
	displayName: 'Client Email',
	name: 'clientEmail',
	type: 'string',
	placeholder: 'e.g. name@email.com',
	default: '',
};

export const leadKey: INodeProperties = {
	displayName: 'Lead Key',
	name: 'leadKey',
	type: 'string',
	default: '',
	description: 'The lead this belongs to; Altegio keeps it as api_id and gives it back',
};

export const notes: INodeProperties = {
	displayName: 'Notes',
	name: 'notes',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	description: 'The comment on the appointment, for the staff',
};

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{ displayName: 'Client Last Name', name: 'clientLastName', type: 'string', default: '' },
		customFields,
		{
			displayName: 'Duration (Minutes)',
			name: 'duration',
			type: 'number',
			typeOptions: { minValue: 5 },
			default: 60,
			description: 'How long it takes; as long as the service does where it is not set',
		},
		{
			displayName: 'Email Reminder (Hours Before)',
			name: 'emailReminder',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'When Altegio reminds by email; 0 for never',
		},
		{
			displayName: 'Save if Busy',
			name: 'saveIfBusy',
			type: 'boolean',
			default: false,
			description: 'Whether to book even where the time is taken or outside working hours',
		},
		{
			displayName: 'Send SMS',
			name: 'sendSms',
			type: 'boolean',
			default: false,
			description: 'Whether Altegio tells the client by SMS',
		},
		{
			displayName: 'SMS Reminder (Hours Before)',
			name: 'smsReminder',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'When Altegio reminds by SMS; 0 for never',
		},
	],
};

/** Reads `additionalFields` into wire names; what is not set stays out. */
export function extrasFrom(more: FieldReader): IDataObject {
	const extras: IDataObject = {
		custom_fields: customFieldsFrom(more),
		email_remain_hours: more.optionalNumber('emailReminder', { min: 0 }),
		sms_remain_hours: more.optionalNumber('smsReminder', { min: 0 }),
		send_sms: more.boolean('sendSms'),
		save_if_busy: more.boolean('saveIfBusy'),
	};
	return Object.fromEntries(Object.entries(extras).filter(([, value]) => value !== undefined));
}
