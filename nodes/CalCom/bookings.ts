import type { IDataObject } from 'n8n-workflow';
import { VERSIONS, type Connection } from './connection';
import type { Booking } from './types';

/** The words of the parameter `status`, all of them. */
export const LIST_STATUSES = ['upcoming', 'recurring', 'past', 'cancelled', 'unconfirmed'] as const;

export interface BookingFilter extends IDataObject {
	attendeeEmail?: string;
	attendeeName?: string;
	eventTypeId?: string;
	teamId?: string;
	/** ISO 8601 in UTC, as all times here. */
	afterStart?: string;
	beforeEnd?: string;
	afterCreatedAt?: string;
	beforeCreatedAt?: string;
	afterUpdatedAt?: string;
	beforeUpdatedAt?: string;
}

export interface Listing {
	filter: BookingFilter;
	/** Empty: every booking, whatever its status. */
	statuses: string[];
	paging: 'pages' | 'cursor';
	/** By start; the list by cursor has an order of its own, newest first. */
	sort: 'asc' | 'desc';
	limit: number;
}

const LARGEST_PAGE = 250;
const LARGEST_CURSOR_PAGE = 100;

interface Page {
	data: Booking[];
	pagination?: { hasNextPage?: boolean; hasMore?: boolean; nextCursor?: string | number | null };
}

const page = async (api: Connection, query: IDataObject, version: string) =>
	await api.http.get<Page>('/v2/bookings', query, { headers: { 'cal-api-version': version } });

async function byPages(api: Connection, { filter, statuses, sort, limit }: Listing): Promise<Booking[]> {
	const found = new Map<string, Booking>();
	// Without a status this version lists upcoming bookings only (seen 2026-08); the other one lists all.
	const status = (statuses.length > 0 ? statuses : LIST_STATUSES).join(',');
	const query = { ...filter, status, sortStart: sort };
	for (let skip = 0, more = true; more && found.size < limit;) {
		const take = Math.min(LARGEST_PAGE, limit - found.size);
		const { data, pagination } = await page(api, { ...query, take, skip }, api.bookingsVersion);
		// A booking made meanwhile shifts the pages, and one already read comes again.
		for (const booking of data) found.set(booking.uid, booking);
		skip += data.length;
		more = pagination?.hasNextPage === true && data.length > 0;
	}
	return [...found.values()];
}

async function byCursor(api: Connection, { filter, statuses, limit }: Listing): Promise<Booking[]> {
	const found = new Map<string, Booking>();
	// This version takes one status a call ("Get all bookings" page, 2026-05).
	for (const status of statuses.length > 0 ? statuses : [undefined]) {
		const query = { ...filter, ...(status && { status }) };
		for (let cursor: string | number | undefined, more = true; more && found.size < limit;) {
			const size = Math.min(LARGEST_CURSOR_PAGE, limit - found.size);
			const { data, pagination } = await page(
				api,
				{ ...query, limit: size, ...(cursor !== undefined && { cursor }) },
				VERSIONS.bookingsByCursor,
			);
			for (const booking of data) found.set(booking.uid, booking);
			cursor = pagination?.nextCursor ?? undefined;
			more = pagination?.hasMore === true && cursor !== undefined;
		}
	}
	return [...found.values()];
}

/**
 * GET /v2/bookings, page after page until the limit. Both ways of paging give the same bookings: no status means
 * every booking, several statuses mean any of them.
 */
export async function listBookings(api: Connection, listing: Listing): Promise<Booking[]> {
	const found = await (listing.paging === 'cursor' ? byCursor(api, listing) : byPages(api, listing));
	return found.slice(0, listing.limit);
}
