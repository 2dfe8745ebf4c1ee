import type { AcceptedEvent, DroppedEvent } from './ga4';
import { facts, type Panel } from './panel';

interface State {
	accepted: AcceptedEvent[];
	dropped: DroppedEvent[];
}

/** What Analytics kept, and what it threw away without a word. */
export const ga4Panel: Panel = {
	title: 'GA4',
	views: ({ accepted, dropped }: State) => [
		{
			kind: 'events',
			title: 'Events',
			events: [
				...accepted.map(({ at, name, params, userId }, index) => ({
					id: `accepted ${index}`,
					at,
					name,
					details: facts({ ...params, user_id: userId?.slice(0, 12) }),
				})),
				...dropped.map(({ reason, event, parameter }, index) => ({
					id: `dropped ${index}`,
					name: event ?? 'request',
					details: facts({ parameter }),
					refused: reason,
				})),
			],
		},
	],
};
