import { outcomeOf } from '../../lib/http';
import type { ItemInput } from '../../lib/operations';
import { eventTypes, teamEventTypes, teams } from './api';
import type { Connection } from './connection';
import type { EventType, EventTypeRef } from './types';

const HOSTED_SITE = /^(?:https?:\/\/)?(?:([a-z0-9-]+)\.)?cal\.(?:com|eu)\//i;
/** Hosts that are no organisation's. */
const PLAIN_HOSTS = ['app', 'www', 'i'];
const SITE = /^https?:\/\/[^/]+\//i;

/**
 * Reads what the operator chose: an ID, a slug of the account's own, `user/slug`, `team/name/slug`, or the address
 * of the booking page, where an organisation is the host's first name.
 *
 * @returns undefined where it is none of these
 */
export function eventTypeRef(text: string): EventTypeRef | undefined {
	if (/^\d{1,15}$/.test(text)) return { eventTypeId: Number(text) };
	const host = HOSTED_SITE.exec(text)?.[1]?.toLowerCase();
	const organization = host && !PLAIN_HOSTS.includes(host) ? { organizationSlug: host } : {};
	const page = text
		.replace(HOSTED_SITE, '')
		.replace(SITE, '')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '');
	const parts = page.split('/').map(decodeURIComponent);
	if (parts.some((part) => part === '')) return undefined;
	const [first = '', second = '', third = ''] = parts;
	if (parts.length === 1) return { eventTypeSlug: first };
	if (parts.length === 2) return { username: first, eventTypeSlug: second, ...organization };
	return parts.length === 3 && first === 'team'
		? { teamSlug: second, eventTypeSlug: third, ...organization }
		: undefined;
}

const ownEventTypes = async (api: Connection) => await (api.ownEventTypes ??= eventTypes(api));

const unknown = (api: Connection, message: string) =>
	api.http.error({ message, howToFix: 'Choose it from the list, or give its ID.' });

/**
 * The event type chosen in *Event Type*, as slots and bookings take it. A slug alone is looked up among the
 * account's own, since Cal.com wants an owner with a slug.
 *
 * @throws NodeOperationError for what names no event type, ProviderError where the account has no such slug
 */
export async function readEventType(api: Connection, input: ItemInput): Promise<EventTypeRef> {
	const text = input.id('service');
	const ref = eventTypeRef(text);
	if (!ref) {
		return input.refuse(
			'service',
			'is neither an ID nor the address of a booking page',
			'Use an ID such as 123456, a slug such as consultation, or an address such as https://cal.com/jane/consultation.',
		);
	}
	if (ref.eventTypeId !== undefined || ref.username !== undefined || ref.teamSlug !== undefined) return ref;
	const own = (await ownEventTypes(api)).find(({ slug }) => slug === ref.eventTypeSlug);
	if (!own) throw unknown(api, `This Cal.com account has no event type with the slug "${ref.eventTypeSlug}"`);
	return { eventTypeId: own.id };
}

/** The ID behind a reference, for calls that take nothing else. */
export async function eventTypeId(api: Connection, ref: EventTypeRef): Promise<number> {
	if (ref.eventTypeId !== undefined) return ref.eventTypeId;
	const { username, eventTypeSlug, organizationSlug } = ref;
	const found = username
		? await eventTypes(api, { username, eventSlug: eventTypeSlug, orgSlug: organizationSlug })
		: [];
	if (!found[0]) throw unknown(api, `Cal.com shows no event type "${eventTypeSlug}" under this address`);
	return found[0].id;
}

/** Some keys may not see teams, and self-hosted editions may not have any. */
const WITHOUT_TEAMS = [401, 403, 404];

/** The account's own event types and those of its teams, with the team's name where there is one. */
export async function allEventTypes(api: Connection): Promise<Array<EventType & { team?: string }>> {
	const own = await ownEventTypes(api);
	const listed = await outcomeOf(teams(api));
	if ('refusal' in listed) {
		if (WITHOUT_TEAMS.includes(listed.refusal.reason.status ?? 0)) return own;
		throw listed.refusal;
	}
	const ofTeams = await Promise.all(
		listed.value.map(async ({ id, name }) =>
			(await teamEventTypes(api, id)).map((type) => ({ ...type, team: name })),
		),
	);
	return [...own, ...ofTeams.flat()];
}
