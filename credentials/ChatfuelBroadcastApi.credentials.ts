import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A bot's token for the Broadcasting API of the legacy product (dashboard.chatfuel.com, Messenger and
 * Instagram). The API takes the token in the query and nowhere else (Broadcasting API page).
 */
export class ChatfuelBroadcastApi implements ICredentialType {
	name = 'chatfuelBroadcastApi';

	displayName = 'Chatfuel Broadcast API';

	icon: Icon = {
		light: 'file:../nodes/Chatfuel/chatfuel.svg',
		dark: 'file:../nodes/Chatfuel/chatfuel.dark.svg',
	};

	documentationUrl =
		'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/providers/chatfuel.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Bot ID',
			name: 'botId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 612899e1a6ec6f5e0f2fe556',
			description: 'The part of the address after /bot/ when the bot is open in the dashboard',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "The Broadcasting API token from the bot's Configure tab",
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { qs: { chatfuel_token: '={{$credentials.token}}' } },
	};

	/**
	 * No call only reads, so the test asks for a sending that cannot happen: user 0, and neither block nor
	 * flow. Inferred (2026-08): 401, 403 and 404 mean token or bot; any other refusal came after they were
	 * accepted. The page documents `success` and `result` but neither statuses nor words.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://api.chatfuel.com',
			url: '=/bots/{{encodeURIComponent($credentials.botId)}}/users/0/send',
			method: 'POST',
			body: {},
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 404] },
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Chatfuel did not accept the token' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'Chatfuel did not accept the token for this bot' },
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'Chatfuel knows no bot with this ID' },
			},
		],
	};
}
