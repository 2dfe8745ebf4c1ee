import { path } from '../../lib/http';

const API = 'https://api.calendly.com';
const UUID = /^[A-Za-z0-9_-]+$/;

/** The address under which Calendly's answers name an event type. */
export const eventTypeUri = (uuid: string): string => `${API}${path`/event_types/${uuid}`}`;

/** The last part of an address, which is the resource's UUID. */
export const uuidOf = (uri: string): string =>
	uri
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.split('/')
		.pop() ?? uri;

/** The scheduled event's UUID in its own address or in an invitee's; null where there is none. */
export const eventUuidOf = (uri: unknown): string | null =>
	(typeof uri === 'string' && /\/scheduled_events\/([^/?#]+)/.exec(uri)?.[1]) || null;

/** Reads a UUID or an address of the API; undefined where it is neither. */
export function readUuid(text: string): string | undefined {
	const uuid = eventUuidOf(text) ?? uuidOf(text);
	const isOfApi = !text.includes('/') || text.startsWith(`${API}/`);
	return isOfApi && UUID.test(uuid) ? uuid : undefined;
}
