import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { eventTypes } from './api';
import { connectEditor } from './connection';
import { uuidOf } from './uris';

/** The active event types of the account, for the list in the editor. */
export async function searchEventTypes(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const found = await eventTypes(connectEditor(this), { active: true });
	const wanted = filter.toLowerCase();
	const results = found
		.map(({ uri, name, duration, profile, scheduling_url }) => ({
			name: `${profile?.type === 'Team' ? `${profile.name}: ` : ''}${name} (${duration} min)`,
			value: uuidOf(uri),
			url: scheduling_url,
		}))
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
