import type { INodeProperties } from 'n8n-workflow';
import { operation, type FieldReader, type ItemInput } from '../../../lib/operations';
import { book } from '../booking';
import type { Connection } from '../connection';
import { readEventType } from '../eventTypes';
import { output, service, timeZone } from '../fields';
import { locationFor } from '../locations';
import { answersOf } from '../questions';
import { optionalPhone, utc, zoneOf } from '../readers';
import { present } from '../shape';
import { trackingOf } from '../tracking';
import type { EventType, NewInvitee, Tracking } from '../types';
import { additionalFields } from './additionalFields';
import { locationOf } from './location';

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description,
});

/** The most that POST /invitees takes. */
const MOST_GUESTS = 10;

function guestsOf(more: FieldReader): string[] | undefined {
	const guests = more.list('guests');
	if (guests.length > MOST_GUESTS) {
		more.refuse('guests', `has ${guests.length} addresses`, `Calendly takes at most ${MOST_GUESTS}.`);
	}
	return guests.length > 0 ? guests : undefined;
}

function marksOf(more: FieldReader, leadKey: string | undefined): Tracking | undefined {
	const [marks] = more.rows('tracking', 'marks');
	const names = ['salesforce_uuid', 'utm_campaign', 'utm_medium', 'utm_source', 'utm_term'];
	const given = names.map((name) => [name, marks?.optionalText(name)]);
	return trackingOf({ ...Object.fromEntries(given), utm_content: leadKey });
}

function newInvitee(api: Connection, input: ItemInput, type: EventType): NewInvitee {
	const more = input.collection('additionalFields');
	const zone = zoneOf(api, input);
	const phone = optionalPhone(input, 'clientPhone', more.optionalId('defaultCountry'));
	const answers = answersOf(input, more, type, phone);
	return {
		event_type: type.uri,
		start_time: utc(input.dateTime('start', zone)),
		invitee: {
			name: input.text('clientName'),
			email: input.id('clientEmail'),
			timezone: zone,
			...(phone && { text_reminder_number: phone }),
		},
		location: locationOf(more) ?? locationFor(type, { phone }),
		questions_and_answers: answers.length > 0 ? answers : undefined,
		tracking: marksOf(more, input.optionalId('leadKey')),
		event_guests: guestsOf(more),
	};
}

/**
 * POST /invitees (Create Event Invitee page). The event type is read first, once for the run: its locations and the
 * exact words of its questions are part of a booking.
 */
export const create = operation<Connection>({
	name: 'Create',
	value: 'create',
	action: 'Create scheduled event',
	description: 'Book a time; one that is taken is refused with the next free times',
	fields: [
		service,
		{
			displayName: 'Start',
			name: 'start',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The start of an available time',
		},
		timeZone,
		{ ...text('Client Name', 'clientName', 'e.g. Jane Kowalska', 'Who comes'), required: true },
		{
			...text('Client Email', 'clientEmail', 'e.g. jane@example.com', 'Where the confirmation goes'),
			required: true,
		},
		text(
			'Client Phone',
			'clientPhone',
			'e.g. +48 601 234 567',
			'For text reminders; with the country code, or with Default Country',
		),
		text(
			'Lead Key',
			'leadKey',
			'e.g. lead-1024',
			'The lead it belongs to; travels as utm_content, the tracking that Calendly keeps, and comes back',
		),
		text('Notes', 'notes', 'e.g. First visit', "Answers the event type's first question with a text answer"),
		...output,
		additionalFields,
	],
	run: async ({ api, input }) => {
		const type = await readEventType(api, input);
		return present(api, input, await book(api, newInvitee(api, input, type), type));
	},
});
