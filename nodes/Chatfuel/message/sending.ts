import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemInput } from '../../../lib/operations';
import { send, type ChatfuelApi, type Sending } from '../api';
import { attributes, attributesFrom } from '../fields';

const userId: INodeProperties = {
	displayName: 'User ID',
	name: 'userId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 1000000000000001',
	description:
		'The messenger user ID, which the Chatfuel Trigger gives as the chatUserId of the lead. A phone or an email does not do.',
};

const messageTag: INodeProperties = {
	displayName: 'Message Tag',
	name: 'messageTag',
	type: 'options',
	options: [
		{ name: 'Account Update', value: 'ACCOUNT_UPDATE' },
		{ name: 'Confirmed Event Update', value: 'CONFIRMED_EVENT_UPDATE' },
		{ name: 'Human Agent', value: 'HUMAN_AGENT' },
		{ name: 'Non-Promotional Subscription', value: 'NON_PROMOTIONAL_SUBSCRIPTION' },
		{ name: 'None', value: '' },
		{ name: 'Post-Purchase Update', value: 'POST_PURCHASE_UPDATE' },
		{ name: 'Update (Within 24 Hours)', value: 'UPDATE' },
	],
	default: '',
	description:
		"Why the bot writes later than 24 hours after the user's last message. Meta decides which tags hold; an expression can give another one.",
};

/** The fields of an operation that sends a flow or a block. */
export const sendingFields = (target: INodeProperties, by: INodeProperties): INodeProperties[] => [
	userId,
	by,
	target,
	messageTag,
	attributes,
];

/** How a flow or a block is named: Chatfuel finds it by its exact name, or by its ID, which renaming leaves alone. */
export const byField = (thing: string): INodeProperties => ({
	displayName: `${thing} By`,
	name: 'by',
	type: 'options',
	options: [
		{ name: 'ID', value: 'id' },
		{ name: 'Name', value: 'name' },
	],
	default: 'name',
});

/** Reads the fields, sends, and says what was sent to whom beside Chatfuel's own answer. */
export async function sendFrom(
	api: ChatfuelApi,
	input: ItemInput,
	kind: Sending['target']['kind'],
): Promise<IDataObject> {
	const by = input.text('by') === 'id' ? 'id' : 'name';
	const sending: Sending = {
		userId: input.id('userId'),
		target: { kind, by, value: by === 'id' ? input.id(kind) : input.text(kind) },
		messageTag: input.optionalText('messageTag'),
		attributes: attributesFrom(input),
	};
	const answer = await send(await api.broadcast(), sending);
	return { userId: sending.userId, [kind]: sending.target.value, ...answer };
}
