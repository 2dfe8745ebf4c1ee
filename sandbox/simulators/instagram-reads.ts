import type { InstagramMessage, InstagramPerson } from './instagram-state';

/** A page of a list, 25 long unless `limit` says otherwise, with Graph's cursors. */
export function readPage<Entry>(entries: Entry[], url: URL): object {
	const start = Number(Buffer.from(url.searchParams.get('after') ?? '', 'base64url').toString() || 0);
	const end = start + Math.min(100, Number(url.searchParams.get('limit') ?? 25));
	const data = entries.slice(start, end);
	if (data.length === 0) return { data };
	const cursor = (position: number) => Buffer.from(String(position)).toString('base64url');
	const next = new URL(url);
	next.searchParams.set('after', cursor(end));
	return {
		data,
		paging: {
			cursors: { before: cursor(start), after: cursor(end) },
			...(end < entries.length && { next: next.href }),
		},
	};
}

/** A message's details, as far as they are asked for; the id is always there. */
export function readMessage(
	{ mid, incoming, text }: InstagramMessage,
	{ igsid, username }: InstagramPerson,
	account: { id: string; username: string },
	createdTime: string,
	fields: string,
): object {
	const person = { username, id: igsid };
	const own = { username: account.username, id: account.id };
	const details = {
		created_time: createdTime,
		to: { data: [incoming ? own : person] },
		from: incoming ? person : own,
		message: text ?? '',
	};
	const asked = fields.split(',');
	return { id: mid, ...Object.fromEntries(Object.entries(details).filter(([key]) => asked.includes(key))) };
}
