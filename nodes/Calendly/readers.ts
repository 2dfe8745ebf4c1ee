import type { ItemInput } from '../../lib/operations';
import { readUuid } from './uris';

export { optionalPhone, optionalUtc, utc, zoneOf } from '../../lib/readers';

/** The scheduled event's UUID, given as such or as an address of the event or of one of its invitees. */
export function eventUuid(input: ItemInput): string {
	return (
		readUuid(input.id('appointmentId')) ??
		input.refuse(
			'appointmentId',
			'is neither a UUID nor an address of the Calendly API',
			'Use the id of an appointment, or an address such as https://api.calendly.com/scheduled_events/GBGBDCAADAEDCRZ2.',
		)
	);
}
