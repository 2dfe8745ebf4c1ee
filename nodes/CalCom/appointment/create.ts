import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import { book } from '../changes';
import type { Connection } from '../connection';
import { readEventType } from '../eventTypes';
import { output, service, timeZone } from '../fields';
import { answersOf, metadataOf, optionalPhone, utc, zoneOf } from '../readers';
import { present } from '../shape';
import type { NewBooking } from '../types';
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

const attendeeOf = (input: ItemInput, zone: string): NewBooking['attendee'] => {
	const more = input.collection('additionalFields');
	const email = input.optionalId('clientEmail');
	const phoneNumber = optionalPhone(input, 'clientPhone', more.optionalId('defaultCountry'));
	if (!email && !phoneNumber) {
		input.refuse(
			'clientEmail',
			'is empty',
			'Fill in Client Email or Client Phone; Cal.com needs one of them.',
		);
	}
	return {
		name: input.text('clientName'),
		timeZone: zone,
		...(email && { email }),
		...(phoneNumber && { phoneNumber }),
		...(more.optionalId('language') && { language: more.optionalId('language') }),
	};
};

async function newBooking(api: Connection, input: ItemInput): Promise<NewBooking> {
	const more = input.collection('additionalFields');
	const zone = zoneOf(api, input);
	const guests = more.list('guests');
	return {
		...(await readEventType(api, input)),
		start: utc(input.dateTime('start', zone)),
		attendee: attendeeOf(input, zone),
		metadata: metadataOf(more, input.optionalId('leadKey')),
		bookingFieldsResponses: answersOf(more, input.optionalText('notes')),
		guests: guests.length > 0 ? guests : undefined,
		location: locationOf(more),
		lengthInMinutes: more.optionalNumber('duration', { min: 1, integer: true }),
		recurrenceCount: more.optionalNumber('recurrenceCount', { min: 1, integer: true }),
		emailVerificationCode: more.optionalId('emailVerificationCode'),
	};
}

/** POST /v2/bookings (Create a booking page, 2024-08-13); a recurring event type gives one item a recurrence. */
export const create = operation<Connection>({
	name: 'Create',
	value: 'create',
	action: 'Create booking',
	description: 'Book a time; one that is taken is refused with the next free slots',
	fields: [
		service,
		{
			displayName: 'Start',
			name: 'start',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'The start of a free slot',
		},
		timeZone,
		{ ...text('Client Name', 'clientName', 'e.g. Jane Kowalska', 'Who comes'), required: true },
		text('Client Email', 'clientEmail', 'e.g. jane@example.com', 'Needed unless there is a phone number'),
		text(
			'Client Phone',
			'clientPhone',
			'e.g. +48 601 234 567',
			'With the country code, or with Default Country',
		),
		text(
			'Lead Key',
			'leadKey',
			'e.g. lead-1024',
			'The lead it belongs to; travels as metadata and comes back',
		),
		text('Notes', 'notes', 'e.g. First visit', 'Shown to the staff'),
		...output,
		additionalFields,
	],
	run: async ({ api, input }) => present(api, input, await book(api, await newBooking(api, input))),
});
