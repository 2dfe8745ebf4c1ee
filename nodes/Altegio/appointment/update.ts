import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { operation, type FieldReader } from '../../../lib/operations';
import { listServices } from '../api';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { changeRecord, getRecord } from '../records';
import { fieldsOf, type AltegioRecord } from '../types';
import { answerWith } from './answer';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Attendance',
			name: 'attendance',
			type: 'options',
			options: [
				{ name: 'Awaited', value: 0 },
				{ name: 'Came', value: 1, description: 'Services rendered: the visit is completed' },
				{ name: 'Confirmed by Client', value: 2 },
				{ name: 'No-Show', value: -1 },
			],
			default: 2,
		},
		fields.customFields,
		{
			displayName: 'Duration (Minutes)',
			name: 'duration',
			type: 'number',
			typeOptions: { minValue: 5 },
			default: 60,
			description: 'How long it takes',
		},
		{ displayName: 'Lead Key', name: 'leadKey', type: 'string', default: '' },
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'The comment on the appointment, in place of the present one',
		},
		{
			displayName: 'Service IDs',
			name: 'serviceIds',
			type: 'string',
			default: '',
			description:
				'Comma-separated; they take the place of the present ones, which keep their prices if they stay',
		},
	],
};

/** Service lines for a change: those present as they are; a new one at its list price, or it would cost nothing. */
async function linesFrom(api: AltegioApi, company: string, ids: string[], { services = [] }: AltegioRecord) {
	const catalogue = await listServices(api, company);
	return ids.map((id): IDataObject => {
		const present = services.find((service) => String(service.id) === id);
		const cost = catalogue.find((service) => String(service.id) === id)?.price_min;
		if (!present) return { id: Number(id), first_cost: cost, cost, discount: 0, amount: 1 };
		const { first_cost, discount, cost: agreed, amount } = present;
		return { id: Number(id), first_cost, discount, cost: agreed, amount };
	});
}

function changesFrom(reader: FieldReader, record: AltegioRecord): IDataObject {
	const minutes = reader.optionalNumber('duration', { min: 5 });
	const custom = fields.customFieldsFrom(reader);
	const changes: IDataObject = {
		attendance: reader.optionalNumber('attendance', { min: -1, max: 2, integer: true }),
		seance_length: minutes === undefined ? undefined : minutes * 60,
		api_id: reader.optionalText('leadKey')?.trim(),
		comment: reader.optionalText('notes'),
		...(custom && { custom_fields: { ...fieldsOf(record.custom_fields), ...custom } }),
	};
	return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** Changes an appointment but not its time: GET, then PUT /record/{company}/{id}. */
export const update = operation<AltegioApi>({
	name: 'Update',
	value: 'update',
	action: 'Update appointment',
	description: 'Change an appointment but not its time; what is not set stays as it is',
	fields: [fields.location, fields.appointmentId, updateFields, fields.timeZone, ...fields.outputFields],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const id = fields.numericId(input, 'appointmentId');
		const reader = input.collection('updateFields');
		const reading = await fields.readingFor(api, input, company);
		const before = await getRecord(api, company, id);
		const ids = reader.list('serviceIds');
		const record = await changeRecord(api, company, before, {
			...changesFrom(reader, before),
			...(ids.length > 0 && { services: await linesFrom(api, company, ids, before) }),
			save_if_busy: true,
		});
		return await answerWith(api, input, { company, record, reading });
	},
});
