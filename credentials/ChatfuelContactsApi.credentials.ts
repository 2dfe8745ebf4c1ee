import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** A token for the contacts API of the newer product (panel.chatfuel.com, WhatsApp). */
export class ChatfuelContactsApi implements ICredentialType {
	name = 'chatfuelContactsApi';

	displayName = 'Chatfuel Contacts API';

	icon: Icon = {
		light: 'file:../nodes/Chatfuel/chatfuel.svg',
		dark: 'file:../nodes/Chatfuel/chatfuel.dark.svg',
	};

	documentationUrl =
		'https://help.chatfuel.com/pt/criar-contatos-no-chatfuel-via-api-23834b06ecf8803e9db1c0544033b7e0';

	properties: INodeProperties[] = [
		{
			displayName: 'Automation ID',
			name: 'automationId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 612899e1a6ec6f5e0f2fe556',
			description: 'The 24 letters and digits in the address when the automation is open in the panel',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From Settings, then API',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	/**
	 * The only documented call adds contacts, so the test adds none: an empty list of phones. A bad token is
	 * answered with 401 and an empty body (seen 2026-08); that any other refusal, of the empty list, comes
	 * after the token was accepted is inferred.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://panel.chatfuel.com',
			url: '=/api/contacts/{{encodeURIComponent($credentials.automationId)}}/whatsapp/',
			method: 'POST',
			body: { phones: [], contact_data: { properties: {} } },
			ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 404] },
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'Chatfuel did not accept the token' },
			},
			{
				type: 'responseCode',
				properties: { value: 403, message: 'Chatfuel did not accept the token for this automation' },
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'Chatfuel knows no automation with this ID' },
			},
		],
	};
}
