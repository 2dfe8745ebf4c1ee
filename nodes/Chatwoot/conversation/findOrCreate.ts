import type { INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import { conversationsOf, createConversation, inTurn, setStatus, type Connection } from '../api';
import { account, contact, inbox, numericId, simplify } from '../fields';
import { output, toConversation } from '../shape';
import type { Conversation } from '../types';
import { attributesFrom, customAttributes, customAttributesJson } from '../contact';

const ifResolved: INodeProperties = {
	displayName: 'If Only Resolved Ones Are Found',
	name: 'ifResolved',
	type: 'options',
	options: [
		{ name: 'Create a New One', value: 'create' },
		{ name: 'Reopen the Latest', value: 'reopen' },
		{ name: 'Take the Latest as It Is', value: 'take' },
	],
	default: 'create',
	description: 'What to do when the contact has talked in this inbox before and nothing is open any more',
};

const newFields: INodeProperties = {
	displayName: 'Fields for a New Conversation',
	name: 'newFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		customAttributes,
		customAttributesJson,
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 17841400000000123',
			description: 'Who the contact is in the inbox; needed for Instagram, Facebook, Telegram and Line',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Open', value: 'open' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Resolved', value: 'resolved' },
			],
			default: 'open',
		},
	],
};

const activity = ({ last_activity_at, created_at }: Conversation) => last_activity_at ?? created_at ?? 0;

/** The conversation to go on with: the one active last that is not resolved, else the last resolved one. */
function choose(conversations: Conversation[], inboxId: string): Conversation | undefined {
	const here = conversations
		.filter(({ inbox_id }) => String(inbox_id) === inboxId)
		.sort((a, b) => activity(b) - activity(a));
	return here.find(({ status }) => status !== 'resolved') ?? here[0];
}

async function findOrOpen(api: Connection, input: ItemInput) {
	const accountId = numericId(input, 'account');
	const [contactId, inboxId] = [numericId(input, 'contact'), numericId(input, 'inbox')];
	const policy = input.optionalText('ifResolved') ?? 'create';
	const found = choose(await conversationsOf(api.http, accountId, contactId), inboxId);
	if (found && (found.status !== 'resolved' || policy === 'take')) return { found, created: false };
	if (found && policy === 'reopen') {
		await setStatus(api.http, accountId, String(found.id), { status: 'open' });
		return { found: { ...found, status: 'open' }, created: false };
	}
	const fields = input.collection('newFields');
	const made = await createConversation(api.http, accountId, {
		contact: contactId,
		inbox: inboxId,
		sourceId: fields.optionalText('sourceId')?.trim(),
		status: fields.optionalText('status'),
		customAttributes: attributesFrom(fields),
	});
	return { found: made, created: true };
}

/** Gives the contact's conversation in an inbox, or opens one; GET /contacts/{id}/conversations, POST /conversations. */
export const findOrCreate = operation<Connection>({
	name: 'Find or Create',
	value: 'findOrCreate',
	action: 'Find or create conversation',
	description: "Give the contact's running conversation in an inbox, or open a new one",
	fields: [account, contact, inbox, ifResolved, newFields, simplify],
	run: async ({ api, input }) => {
		const subject = ['account', 'contact', 'inbox'].map((name) => numericId(input, name)).join(' ');
		const { found, created } = await inTurn(
			api,
			`conversations ${subject}`,
			async () => await findOrOpen(api, input),
		);
		return { ...output(found, input.boolean('simplify'), toConversation), created };
	},
});
