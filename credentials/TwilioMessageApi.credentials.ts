import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A Twilio account: its SID with the Auth Token or with an API key, as HTTP Basic (API "Requests" page). Webhooks
 * are signed with the Auth Token alone, whichever of them the calls use (webhooks security page).
 */
export class TwilioMessageApi implements ICredentialType {
	name = 'twilioMessageApi';

	displayName = 'Twilio Message API';

	icon: Icon = {
		light: 'file:../nodes/TwilioMessage/twilioMessage.svg',
		dark: 'file:../nodes/TwilioMessage/twilioMessage.dark.svg',
	};

	documentationUrl = 'https://www.twilio.com/docs/messaging/api/message-resource';

	properties: INodeProperties[] = [
		{
			displayName: 'Sign In With',
			name: 'authType',
			type: 'options',
			options: [
				{ name: 'API Key', value: 'apiKey', description: 'Can be revoked without changing the Auth Token' },
				{ name: 'Auth Token', value: 'authToken' },
			],
			default: 'authToken',
		},
		{
			displayName: 'Account SID',
			name: 'accountSid',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
			description: 'On the first page of the Twilio Console, under Account Info',
		},
		{
			displayName: 'API Key SID',
			name: 'apiKeySid',
			type: 'string',
			displayOptions: { show: { authType: ['apiKey'] } },
			required: true,
			default: '',
			placeholder: 'e.g. SKaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
		},
		{
			displayName: 'API Key Secret',
			name: 'apiKeySecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { authType: ['apiKey'] } },
			required: true,
			default: '',
			description: 'Twilio shows it once, when the key is made',
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The primary one. Beside an API key only the trigger needs it, to check that a call is really from Twilio.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Australia (AU1)', value: 'au1' },
				{ name: 'Custom', value: 'custom', description: 'Another region or edge location' },
				{ name: 'Ireland (IE1)', value: 'ie1' },
				{ name: 'United States (US1)', value: 'us1' },
			],
			default: 'us1',
			description: 'Where the account keeps its data; each region has Auth Tokens and API keys of its own',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { region: ['custom'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://api.frankfurt.ie1.twilio.com',
			description: 'The address of the API, without a path; it must begin with https://',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			auth: {
				username:
					'={{ ($credentials.authType === "apiKey" ? $credentials.apiKeySid : $credentials.accountSid).trim() }}',
				password:
					'={{ $credentials.authType === "apiKey" ? $credentials.apiKeySecret : $credentials.authToken }}',
			},
		},
	};

	/** A standard API key may not read the account itself (API keys page), so it reads one message. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ ({ au1: "https://api.sydney.au1.twilio.com", ie1: "https://api.dublin.ie1.twilio.com", custom: ($credentials.baseUrl || "").trim().replace(/^http:/i, "https:").replace(/\\/+$/, "") })[$credentials.region] || "https://api.twilio.com" }}',
			url: '=/2010-04-01/Accounts/{{ encodeURIComponent($credentials.accountSid.trim()) }}{{ $credentials.authType === "apiKey" ? "/Messages.json?PageSize=1" : ".json" }}',
			disableFollowRedirect: true,
		},
	};
}
