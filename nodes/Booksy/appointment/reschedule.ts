import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import type { Booksy } from '../api';
import {
	appointmentId,
	diaryOf,
	includeRaw,
	options,
	reason,
	shown,
	simplify,
	staff,
	timeZone,
} from '../fields';

const newStart: INodeProperties = {
	displayName: 'New Start',
	name: 'newStart',
	type: 'dateTime',
	default: '',
	required: true,
	description: 'When it begins from now on; without an offset it is a time of the business',
};

const newStaff: INodeProperties = { ...staff, description: 'Who does it from now on; unchanged where empty' };

const force: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description: 'Whether to move it although somebody is busy then; Partner API only',
};

/**
 * Partner API: reads the appointment and sends the whole back by `PUT`, every service moved by the same stretch.
 * API key: `PATCH /appointments/{id}` (our reading). The appointment keeps its ID, so `previousId` stays null.
 */
export const reschedule = operation<Booksy>({
	name: 'Reschedule',
	value: 'reschedule',
	action: 'Reschedule appointment',
	description: 'Move an appointment to another time; it keeps its ID',
	fields: [appointmentId, newStart, newStaff, force, reason, simplify, includeRaw, timeZone, options],
	run: async ({ api, input }) => {
		const diary = diaryOf(api, input);
		const moved = await diary.reschedule(input.id('appointmentId'), {
			start: input.dateTime('newStart', diary.timeZone),
			staff: input.optionalId('staff'),
			reason: input.optionalText('reason'),
			force: input.boolean('force'),
		});
		return shown(moved, input);
	},
});
