import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { invitees } from '../api';
import type { Connection } from '../connection';
import { appointmentId, limit, returnAll, simplify } from '../fields';
import { eventUuid } from '../readers';
import { notesOf, phoneOf, PROVIDER, textOrNull, timeOrNull, zoneOrUtc } from '../shape';
import type { Invitee } from '../types';
import { eventUuidOf, uuidOf } from '../uris';

function simplified(invitee: Invitee): IDataObject {
	const timeZone = zoneOrUtc(invitee.timezone);
	return {
		provider: PROVIDER,
		id: uuidOf(invitee.uri),
		appointmentId: eventUuidOf(invitee.event),
		status: invitee.status,
		name: textOrNull(invitee.name),
		email: textOrNull(invitee.email),
		phone: phoneOf(invitee, {}),
		timeZone,
		noShow: Boolean(invitee.no_show),
		rescheduled: invitee.rescheduled,
		leadKey: textOrNull(invitee.tracking?.utm_content),
		notes: notesOf(invitee.questions_and_answers),
		cancelUrl: textOrNull(invitee.cancel_url),
		rescheduleUrl: textOrNull(invitee.reschedule_url),
		createdAt: timeOrNull(invitee.created_at, timeZone),
	};
}

/** GET /scheduled_events/{uuid}/invitees, all pages up to the limit. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many invitees',
	description: 'Get many clients of a scheduled event',
	fields: [
		appointmentId,
		returnAll,
		limit,
		simplify,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Client Email',
					name: 'clientEmail',
					type: 'string',
					default: '',
					placeholder: 'e.g. jane@example.com',
					description: 'Only the client with this e-mail address',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: [
						{ name: 'Active', value: 'active', description: 'Coming, or came' },
						{ name: 'Canceled', value: 'canceled', description: 'Cancelled, or moved to another time' },
					],
					default: 'active',
					description: 'Only clients with this status',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const filters = input.collection('filters');
		const found = await invitees(
			api,
			eventUuid(input),
			{ status: filters.optionalText('status'), email: filters.optionalId('clientEmail') },
			input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true }),
		);
		return found.map((invitee) =>
			input.boolean('simplify') ? simplified(invitee) : (invitee as unknown as IDataObject),
		);
	},
});
