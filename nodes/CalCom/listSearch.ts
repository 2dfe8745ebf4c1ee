import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectEditor } from './connection';
import { allEventTypes } from './eventTypes';

/** The event types of the account and of its teams, for the list in the editor. */
export async function searchEventTypes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const found = await allEventTypes(await connectEditor(this));
	const wanted = filter.toLowerCase();
	const results = found
		.map(({ id, title, lengthInMinutes, team, bookingUrl }) => ({
			name: `${team ? `${team}: ` : ''}${title} (${lengthInMinutes} min)`,
			value: String(id),
			...(bookingUrl && { url: bookingUrl }),
		}))
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
