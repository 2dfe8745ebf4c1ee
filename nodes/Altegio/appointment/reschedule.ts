import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { isUncertain } from '../api';
import { takenError } from '../booking';
import type { AltegioApi } from '../connection';
import * as fields from '../fields';
import { localTime } from '../local';
import { changeRecord, getRecord, isTaken } from '../records';
import { answerWith } from './answer';

const newStart: INodeProperties = {
	displayName: 'New Start',
	name: 'newStart',
	type: 'dateTime',
	required: true,
	default: '',
	description: "When it begins instead; without an offset on the location's clocks",
};

const newStaff: INodeProperties = {
	...fields.staff,
	description: 'Whose calendar it moves to; stays with the same team member where empty',
};

const saveIfBusy: INodeProperties = {
	displayName: 'Save if Busy',
	name: 'saveIfBusy',
	type: 'boolean',
	default: false,
	description: 'Whether to move it even where the time is taken or outside working hours',
};

/** Moves an appointment, which keeps its ID: GET, then PUT /record/{company}/{id}. */
export const reschedule = operation<AltegioApi>({
	name: 'Reschedule',
	value: 'reschedule',
	action: 'Reschedule appointment',
	description:
		'Move an appointment; it keeps its ID, and where the time is taken the next free ones are named',
	fields: [
		fields.location,
		fields.appointmentId,
		newStart,
		newStaff,
		saveIfBusy,
		fields.timeZone,
		...fields.outputFields,
	],
	run: async ({ api, input }) => {
		const company = fields.numericId(input, 'location');
		const id = fields.numericId(input, 'appointmentId');
		const staff = fields.optionalNumericId(input, 'staff');
		const reading = await fields.readingFor(api, input, company);
		const { timeZone } = reading;
		const start = fields.momentFrom(input, 'newStart', timeZone);
		const before = await getRecord(api, company, id);
		const moved = changeRecord(api, company, before, {
			datetime: localTime(start),
			save_if_busy: input.boolean('saveIfBusy'),
			...(staff && { staff_id: Number(staff) }),
		});
		const record = await moved.catch(async (error: unknown) => {
			if (isUncertain(error)) {
				const now = await getRecord(api, company, id);
				if (now.date === localTime(start)) return now;
			}
			const service = before.services?.[0];
			if (!isTaken(error) || !service) throw error;
			const wish = { company, start, timeZone, staff: staff ?? String(before.staff_id ?? before.staff?.id) };
			throw await takenError(
				api,
				{ ...wish, service: { id: String(service.id), name: service.title ?? null } },
				error,
			);
		});
		return await answerWith(api, input, { company, record, reading });
	},
});
