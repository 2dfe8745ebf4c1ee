import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import {
	connectPlainly,
	listAccounts,
	listAgents,
	listContacts,
	listConversations,
	listInboxes,
	listTeams,
	searchContacts as findContacts,
} from './api';
import { channelOf } from './shape';
import type { Conversation, Named } from './types';

const SHOWN = 45;

const accountOf = (context: ILoadOptionsFunctions) =>
	String(context.getCurrentNodeParameter('account', { extractValue: true }) ?? '');

/** Sorted by name; the filter may be a part of the name or of the id. */
function results(rows: Array<Named & { note?: string | null }>, filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: rows
			.map(({ id, name, note }) => ({ name: note ? `${name} (${note})` : name, value: String(id) }))
			.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted)
			.sort((a, b) => a.name.localeCompare(b.name, 'en')),
	};
}

async function searchAccounts(this: ILoadOptionsFunctions, filter?: string) {
	return results(await listAccounts(await connectPlainly(this)), filter);
}

async function searchInboxes(this: ILoadOptionsFunctions, filter?: string) {
	const inboxes = await listInboxes(await connectPlainly(this), accountOf(this));
	return results(
		inboxes.map((inbox) => ({ ...inbox, note: channelOf(inbox.channel_type) })),
		filter,
	);
}

async function searchAgents(this: ILoadOptionsFunctions, filter?: string) {
	return results(await listAgents(await connectPlainly(this), accountOf(this)), filter);
}

async function searchTeams(this: ILoadOptionsFunctions, filter?: string) {
	return results(await listTeams(await connectPlainly(this), accountOf(this)), filter);
}

async function searchContacts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const http = await connectPlainly(this);
	const contacts = filter?.trim()
		? await findContacts(http, accountOf(this), filter.trim(), SHOWN)
		: await listContacts(http, accountOf(this), { limit: SHOWN, sort: 'name' });
	return {
		results: contacts.map(({ id, name, phone_number, email }) => ({
			name: [name, phone_number ?? email].filter(Boolean).join(', ') || String(id),
			value: String(id),
		})),
	};
}

const titleOf = ({ id, meta, status }: Conversation): INodeListSearchItems => ({
	name: `${id}: ${meta?.sender?.name ?? 'nobody'} (${status})`,
	value: String(id),
});

async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const conversations = await listConversations(await connectPlainly(this), accountOf(this), {}, SHOWN);
	return { results: conversations.map(titleOf).filter(({ name }) => name.toLowerCase().includes(wanted)) };
}

/** What the editor asks the nodes for. */
export const listSearch = {
	searchAccounts,
	searchAgents,
	searchContacts,
	searchConversations,
	searchInboxes,
	searchTeams,
};
