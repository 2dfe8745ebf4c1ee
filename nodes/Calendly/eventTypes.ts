import type { ItemInput } from '../../lib/operations';
import { eventType, eventTypes } from './api';
import type { Connection } from './connection';
import type { EventType } from './types';
import { readUuid, uuidOf } from './uris';

const BOOKING_PAGE = /^(?:https?:\/\/)?(?:www\.)?calendly\.com\/([^?#]+?)\/*(?:[?#].*)?$/i;

const pageOf = (url: string) => BOOKING_PAGE.exec(url)?.[1]?.toLowerCase();

/** Owners and admins see the whole organization's; for others Calendly shows their own. */
async function byPage(api: Connection, page: string): Promise<EventType | undefined> {
	const own = await eventTypes(api);
	return own.find(({ scheduling_url }) => pageOf(scheduling_url) === page);
}

/**
 * The event type chosen in *Event Type*, with its length, questions and locations.
 *
 * @throws NodeOperationError for what names no event type, ProviderError where the account has no such page
 */
export async function readEventType(api: Connection, input: ItemInput): Promise<EventType> {
	const text = input.id('service');
	const page = pageOf(text);
	const uuid = page ? undefined : readUuid(text);
	if (uuid) return await eventType(api, uuid);
	if (!page) {
		return input.refuse(
			'service',
			'is neither a UUID nor the address of a booking page',
			'Choose it from the list, or use an address such as https://calendly.com/studio/consultation.',
		);
	}
	const found = await byPage(api, page);
	if (!found) {
		throw api.http.error({
			message: `This Calendly account has no event type at calendly.com/${page}`,
			howToFix: 'Choose it from the list, or give its UUID.',
		});
	}
	return await eventType(api, uuidOf(found.uri));
}
