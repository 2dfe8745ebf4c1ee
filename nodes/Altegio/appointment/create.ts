import { operation, type ItemInput } from '../../../lib/operations';
import { anyStaffAt, createSafely, serviceFor, type Wish } from '../booking';
import { clientName, clientPhone, phoneFrom } from '../client';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { localTime } from '../local';
import { answerWith } from './answer';
import { additionalFields, clientEmail, extrasFrom, leadKey, notes, start } from './fields';

/** Who, what and when, with somebody free where nobody is chosen; how long in seconds. */
async function wishFrom(
	api: AltegioApi,
	input: ItemInput,
	where: { company: string; timeZone: string },
): Promise<{ wish: Wish; seconds?: number }> {
	const { company } = where;
	const id = fields.numericId(input, 'service');
	const chosen = fields.optionalNumericId(input, 'staff');
	const begin = fields.momentFrom(input, 'start', where.timeZone);
	const { name } = await serviceFor(api, company, id);
	const open = { ...where, service: { id, name }, start: begin };
	const staff = chosen ?? (await anyStaffAt(api, open));
	const { seconds } = await serviceFor(api, company, id, staff);
	return { wish: { ...open, staff }, seconds };
}

/** Books a time: POST /records/{company} (REST documentation, records), once even if an answer is lost. */
export const create = operation<AltegioApi>({
	name: 'Create',
	value: 'create',
	action: 'Create appointment',
	description: 'Book a time; where it is taken the next free times are named',
	fields: [
		fields.location,
		fields.service,
		fields.staff,
		start,
		clientName,
		clientPhone,
		clientEmail,
		leadKey,
		notes,
		additionalFields,
		fields.timeZone,
		...fields.outputFields,
	],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const more = input.collection('additionalFields');
		const client = {
			name: input.text('clientName'),
			phone: phoneFrom(input, 'clientPhone') ?? input.text('clientPhone'),
			surname: more.optionalText('clientLastName'),
			email: input.optionalText('clientEmail')?.trim(),
		};
		const minutes = more.optionalNumber('duration', { min: 5 });
		const reading = await fields.readingFor(api, input, company);
		const { wish, seconds } = await wishFrom(api, input, { company, timeZone: reading.timeZone });
		const record = await createSafely(api, wish, {
			staff_id: Number(wish.staff),
			services: [{ id: Number(wish.service.id) }],
			client,
			datetime: localTime(wish.start),
			seance_length: minutes ? minutes * 60 : seconds,
			comment: input.optionalText('notes'),
			api_id: input.optionalText('leadKey')?.trim(),
			attendance: 0,
			...extrasFrom(more),
		});
		return await answerWith(api, input, { company, record, reading });
	},
});
