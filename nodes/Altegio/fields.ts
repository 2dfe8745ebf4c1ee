import type { INodeProperties } from 'n8n-workflow';
import { simplify } from '../../lib/fields';
import type { FieldReader, ItemInput } from '../../lib/operations';
import { isTimeZone, toIso } from '../../lib/time';
import { getClientOnce, getCompany, timeZoneOf } from './api';
import type { AltegioApi } from './connection';
import type { InstagramPlace, Reading } from './shape';
import type { AltegioRecord } from './types';

export { limit, returnAll, simplify } from '../../lib/fields';

const idMode = (placeholder: string) => ({
	displayName: 'ID',
	name: 'id',
	type: 'string' as const,
	placeholder: `e.g. ${placeholder}`,
	validation: [
		{
			type: 'regex' as const,
			properties: { regex: '^\\s*\\d*\\s*$', errorMessage: 'An Altegio ID is a number' },
		},
	],
});

const listMode = (searchListMethod: string) => ({
	displayName: 'From List',
	name: 'list',
	type: 'list' as const,
	typeOptions: { searchListMethod, searchable: true },
});

export const location: INodeProperties = {
	displayName: 'Location',
	name: 'location',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The branch, which Altegio also calls company',
	modes: [
		listMode('searchLocations'),
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://app.alteg.io/timetable/123456',
			extractValue: {
				type: 'regex',
				regex: '^https://(?:app\\.alteg\\.io|(?:www\\.)?yclients\\.com)/[a-z_/]+/(\\d+)',
			},
		},
		idMode('123456'),
	],
};

export const service: INodeProperties = {
	displayName: 'Service',
	name: 'service',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'What the client comes for',
	modes: [listMode('searchServices'), idMode('331')],
};

/** Optional; operations that need somebody find out who is free. */
export const staff: INodeProperties = {
	displayName: 'Team Member',
	name: 'staff',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'Whose calendar it is about; anybody where empty',
	modes: [listMode('searchStaff'), idMode('8886')],
};

export const client: INodeProperties = {
	displayName: 'Client',
	name: 'client',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	modes: [listMode('searchClients'), idMode('1121412')],
};

/** Visits come from the node before as a rule; the list has those of the last days. */
export const visit: INodeProperties = {
	displayName: 'Visit',
	name: 'visitId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'Its ID is not the ID of an appointment: one visit can hold several of them',
	modes: [listMode('searchVisits'), idMode('8262996')],
};

export const appointmentId: INodeProperties = {
	displayName: 'Appointment ID',
	name: 'appointmentId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 987654321',
	description: 'The ID of the appointment, which Altegio also calls record',
};

export const rangeStart: INodeProperties = {
	displayName: 'Range Start',
	name: 'rangeStart',
	type: 'dateTime',
	required: true,
	default: '',
	description: "Earliest start; without an offset on the location's clocks",
};

export const rangeEnd: INodeProperties = {
	displayName: 'Range End',
	name: 'rangeEnd',
	type: 'dateTime',
	required: true,
	default: '',
	description: "What starts at this moment or later is left out; without an offset on the location's clocks",
};

export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Warsaw',
	description: "The location's time zone, as in the IANA list; read from the location where empty",
};

export const includeRaw: INodeProperties = {
	displayName: 'Include Raw',
	name: 'includeRaw',
	type: 'boolean',
	displayOptions: { show: { simplify: [true] } },
	default: false,
	description: "Whether to add Altegio's own answer to the simplified one, as raw",
};

export const instagramIn: INodeProperties = {
	displayName: 'Instagram Username In',
	name: 'instagramIn',
	type: 'options',
	options: [
		{ name: 'Custom Field', value: 'customField', description: 'A field of your own on the client card' },
		{ name: 'Email', value: 'email', description: 'Written as username@gmail.com' },
		{ name: 'Nowhere', value: 'nowhere', description: 'An e-mail at gmail.com is just an e-mail' },
	],
	default: 'nowhere',
	description: "Where this location keeps its clients' Instagram usernames",
};

export const instagramField: INodeProperties = {
	displayName: 'Instagram Field Code',
	name: 'instagramField',
	type: 'string',
	displayOptions: { show: { instagramIn: ['customField'] } },
	default: '',
	placeholder: 'e.g. instagram',
	description: 'The code (API key) of the custom field',
};

/** What operations that give appointments, visits or clients have in common. */
export const outputFields = [instagramIn, instagramField, simplify, includeRaw];

/** A table of custom fields; read it with `customFieldsFrom`. */
export const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Code',
					name: 'code',
					type: 'string',
					default: '',
					description: 'The code (API key) of the field',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** Reads custom fields as a map; undefined where there are none. */
export function customFieldsFrom(reader: FieldReader): Record<string, string> | undefined {
	const rows = reader
		.rows('customFields', 'field')
		.map((row) => [row.text('code'), row.optionalText('value') ?? '']);
	return rows.length > 0 ? (Object.fromEntries(rows) as Record<string, string>) : undefined;
}

/** Reads an id and refuses what is no whole number: Altegio's ids all are, and it wants them as such. */
export function optionalNumericId(input: FieldReader, name: string): string | undefined {
	const id = input.optionalId(name);
	if (id !== undefined && !/^\d{1,15}$/.test(id)) {
		return input.refuse(name, 'is not an Altegio ID', 'Use the number, or choose from the list.');
	}
	return id;
}

/** Reads an id, required. */
export const numericId = (input: FieldReader, name: string): string =>
	optionalNumericId(input, name) ?? input.id(name);

/** How many results to give; undefined for all. */
export const limitFrom = (input: ItemInput): number | undefined =>
	input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true });

/** The zone the operator set, or the location's own, read once a run. */
export async function zoneFor(api: AltegioApi, input: ItemInput, company: string): Promise<string> {
	const zone = input.optionalText('timeZone')?.trim();
	if (zone === undefined) return await timeZoneOf(api, company);
	return isTimeZone(zone)
		? zone
		: input.refuse('timeZone', 'is not a time zone', 'Use a name such as Europe/Warsaw, or leave it empty.');
}

/** Reads a moment as ISO 8601 with the offset of the location's zone. */
export function momentFrom(input: ItemInput, name: string, zone: string): string {
	const moment = input.dateTime(name, zone);
	return toIso(moment, zone) ?? moment;
}

/** A stretch of time; `to` is not part of it. */
export function rangeFrom(input: ItemInput, zone: string): { from: string; to: string } {
	const from = momentFrom(input, 'rangeStart', zone);
	const to = momentFrom(input, 'rangeEnd', zone);
	if (Date.parse(to) <= Date.parse(from)) {
		input.refuse('rangeEnd', 'is not later than Range Start', 'Choose a later end.');
	}
	return { from, to };
}

/** Where Instagram usernames are, as the operator set it. */
export function instagramFrom(input: FieldReader): InstagramPlace {
	switch (input.optionalText('instagramIn')) {
		case 'email':
			return { in: 'email' };
		case 'customField':
			return { in: 'customField', code: input.text('instagramField').trim() };
		default:
			return { in: 'nowhere' };
	}
}

/** Whether Altegio's own answer is wanted beside the simplified one; n8n cannot read the field where it is hidden. */
export const rawFrom = (input: FieldReader): boolean =>
	input.boolean('simplify') && input.boolean('includeRaw');

/** How an operation's answers are to be read. The location's name is there only if it has been read anyway. */
export async function readingFor(api: AltegioApi, input: ItemInput, company: string): Promise<Reading> {
	const zone = await zoneFor(api, input, company);
	const known = api.companies.has(company) ? await getCompany(api, company) : undefined;
	return {
		timeZone: zone,
		location: known?.title,
		instagram: instagramFrom(input),
		raw: rawFrom(input),
	};
}

/** Custom fields do not come with an appointment's client; where the username is one, the client is read too. */
export async function withClientFields(
	api: AltegioApi,
	company: string,
	record: AltegioRecord,
	{ instagram }: Pick<Reading, 'instagram'>,
): Promise<AltegioRecord> {
	const { client: found } = record;
	if (instagram.in !== 'customField' || !found || found.custom_fields !== undefined) return record;
	const { custom_fields } = await getClientOnce(api, company, String(found.id));
	return { ...record, client: { ...found, custom_fields } };
}
