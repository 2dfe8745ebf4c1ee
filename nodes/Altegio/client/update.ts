import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { getClient, updateClient } from '../api';
import type { AltegioApi } from '../connection';
import { client, instagramFrom, location, numericId, rawFrom, outputFields } from '../fields';
import { toClient } from '../shape';
import { fieldsOf, type Client } from '../types';
import { clientDetails, clientName, clientPhone, detailsFrom, phoneFrom } from './fields';

/**
 * What an update sends again of the client as it was: name and phone because Altegio asks for them each time, the
 * rest because it may empty what is left out. Not `spent` and `balance`: a payment may change them meanwhile.
 */
function kept(before: Client): IDataObject {
	const { name, surname, patronymic, phone, email, sex_id, importance_id, discount, card } = before;
	const { comment, sms_check, sms_not, birth_date, categories = [], custom_fields } = before;
	return {
		name,
		surname,
		patronymic,
		phone: String(phone ?? '').replace(/\D/g, ''),
		email,
		sex_id,
		importance_id,
		discount,
		card,
		comment,
		sms_check,
		sms_not,
		birth_date: birth_date || undefined,
		labels: categories.map(({ id }) => id),
		custom_fields: fieldsOf(custom_fields),
	};
}

/** Changes a client: GET, then PUT /client/{company}/{id}. */
export const update = operation<AltegioApi>({
	name: 'Update',
	value: 'update',
	action: 'Update client',
	description: 'Change a client; what is not set stays as it is',
	fields: [
		location,
		client,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				...clientDetails,
				{ ...clientName, required: undefined },
				{ ...clientPhone, required: undefined },
			].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
		},
		...outputFields,
	],
	run: async ({ api, input }) => {
		const company = numericId(input, 'location');
		const id = numericId(input, 'client');
		const changes = input.collection('updateFields');
		const { categories, custom_fields: fields, ...details } = detailsFrom(changes);
		const name = changes.optionalText('clientName');
		const phone = phoneFrom(changes, 'clientPhone');
		const before = await getClient(api, company, id);
		const present = kept(before);
		const changed = await updateClient(api, company, id, {
			...present,
			...details,
			...(name !== undefined && { name }),
			...(phone !== undefined && { phone }),
			...(categories !== undefined && { labels: categories }),
			custom_fields: { ...(present.custom_fields as IDataObject), ...(fields as IDataObject) },
		});
		if (!input.boolean('simplify')) return { ...changed };
		return toClient(changed, { instagram: instagramFrom(input), raw: rawFrom(input) });
	},
});
