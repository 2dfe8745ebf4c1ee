import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import type { Connection } from '../connection';
import { plainUsername, type Finding } from '../directory';

const username: INodeProperties = {
	displayName: 'Username',
	name: 'username',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. anna.kowalska',
	description: "With or without the @, or the profile's address",
};

const maxConversations: INodeProperties = {
	displayName: 'Max Conversations',
	name: 'maxConversations',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description:
		'How many conversations to look into, the latest first. Each takes about a second, since Instagram allows two calls a second.',
};

function usernameFrom(input: ItemInput): string {
	const name = plainUsername(input.text('username'));
	if (/^[a-z0-9._]{1,30}$/.test(name)) return name;
	return input.refuse(
		'username',
		'is no Instagram username',
		'A username has letters, digits, periods and underscores, at most 30 of them.',
	);
}

const output = (name: string, { contact, checked, complete }: Finding): IDataObject => ({
	found: contact !== undefined,
	igsid: contact?.person?.id ?? null,
	username: contact?.person?.username ?? name,
	conversationId: contact?.conversation.id ?? null,
	checked,
	complete,
});

/**
 * Instagram looks nobody up by username, so the latest conversations are read until the person is met
 * (Conversations API page). The IGSID never changes: keep it with the client, and search once.
 */
export const findByUsername = operation<Connection>({
	name: 'Find by Username',
	value: 'findByUsername',
	action: 'Find conversation by username',
	description:
		'Find the IGSID of somebody who has written, by the exact username. Keep it with the client, since a search is slow.',
	fields: [username, maxConversations],
	run: async ({ api, input }) => {
		const name = usernameFrom(input);
		const most = input.number('maxConversations', { min: 1, integer: true });
		return output(name, await api.directory.find(name, most));
	},
});
