import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import { mapBounded } from '../../../lib/parallel';
import { invitees, scheduledEvents, type EventFilter, type Scope } from '../api';
import { withClients } from '../changes';
import type { Connection } from '../connection';
import { limit, output, returnAll, scope } from '../fields';
import { optionalUtc } from '../readers';
import { present } from '../shape';
import type { Booked, ScheduledEvent } from '../types';
import { readUuid, uuidOf } from '../uris';
import { filters, options } from './listFields';

const time = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'dateTime',
	default: '',
	description,
});

function filterOf(input: ItemInput, zone: string): EventFilter {
	const given = input.collection('filters');
	const isLatestFirst = input.collection('options').optionalText('sort') === 'desc';
	return {
		scope: input.text('scope') as Scope,
		invitee_email: given.optionalId('clientEmail'),
		status: given.optionalText('status'),
		min_start_time: optionalUtc(input, 'rangeStart', zone),
		max_start_time: optionalUtc(input, 'rangeEnd', zone),
		sort: isLatestFirst ? 'start_time:desc' : 'start_time:asc',
	};
}

/** Calendly lists events of all types; the one wanted is picked out here. */
function ofService(input: ItemInput): (event: ScheduledEvent) => boolean {
	const wanted = input.collection('filters').optionalId('serviceId');
	if (!wanted) return () => true;
	const uuid = readUuid(wanted) ?? wanted;
	return ({ event_type }) => event_type !== null && uuidOf(event_type) === uuid;
}

const AT_ONCE = 5;

/** The list names no clients: each event's are read by a call of its own. */
const clientsOf = async (api: Connection, events: ScheduledEvent[]): Promise<Booked[]> =>
	(
		await mapBounded(
			events,
			AT_ONCE,
			() => false,
			async (event) => withClients(event, await invitees(api, uuidOf(event.uri))),
		)
	).flat();

/** GET /scheduled_events, all pages up to the limit, and the invitees of each. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many scheduled events',
	description: 'Get many events by time, client, event type or status',
	fields: [
		time('From', 'rangeStart', 'Only events that start at or after this time'),
		time('Until', 'rangeEnd', 'Only events that start before this time'),
		scope,
		returnAll,
		limit,
		...output,
		filters,
		options,
	],
	run: async ({ api, input }) => {
		const most = input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true });
		const events = await scheduledEvents(api, filterOf(input, api.timeZone), most, ofService(input));
		const booked = input.collection('options').boolean('withoutClients')
			? events.map((event): Booked => ({ event }))
			: await clientsOf(api, events);
		return booked.map((one) => present(api, input, one));
	},
});
