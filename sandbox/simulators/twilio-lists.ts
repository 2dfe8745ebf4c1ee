import { json, type SimResponse } from './kit';

interface Lists {
	messagingServices: Record<string, string[]>;
	contents: Record<string, { name?: string; language?: string; body: string }>;
}

/** What the Console shows in lists: GET messaging.twilio.com/v1/Services, GET content.twilio.com/v1/Content. */
export function listAnswer(url: URL, resource: string, lists: Lists): SimResponse {
	const rows =
		resource === 'services'
			? Object.keys(lists.messagingServices).map((sid) => ({
					sid,
					friendly_name: `Service ${sid.slice(2, 6)}`,
				}))
			: Object.entries(lists.contents).map(([sid, { name, language, body }]) => ({
					sid,
					friendly_name: name ?? sid,
					language: language ?? 'en',
					types: { 'twilio/text': { body } },
				}));
	const size = Number(url.searchParams.get('PageSize') ?? 50);
	const page = Number(url.searchParams.get('Page') ?? 0);
	const at = (number: number) => {
		const next = new URL(url);
		next.searchParams.set('PageSize', String(size));
		next.searchParams.set('Page', String(number));
		return next.href;
	};
	return json(200, {
		[resource]: rows.slice(page * size, (page + 1) * size),
		meta: {
			key: resource,
			page,
			page_size: size,
			url: at(page),
			first_page_url: at(0),
			next_page_url: (page + 1) * size < rows.length ? at(page + 1) : null,
			previous_page_url: page > 0 ? at(page - 1) : null,
		},
	});
}
