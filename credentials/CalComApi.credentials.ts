import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** An API key of Cal.com's API v2: hosted, hosted in the EU, or self-hosted. */
export class CalComApi implements ICredentialType {
	name = 'calComApi';

	displayName = 'Cal.com API';

	icon: Icon = { light: 'file:../nodes/CalCom/calCom.svg', dark: 'file:../nodes/CalCom/calCom.dark.svg' };

	documentationUrl = 'https://cal.com/docs/api-reference/v2/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From Settings, then Developer, then API Keys; it begins with cal_',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Cloud', value: 'cloud', description: 'The account is at app.cal.com' },
				{ name: 'EU', value: 'eu', description: 'The account is at app.cal.eu' },
				{ name: 'Self-Hosted', value: 'selfHosted', description: 'The API runs at an address of your own' },
			],
			default: 'cloud',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { region: ['selfHosted'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://api.booking.example.com',
			description: 'The address of the API container, without /v2',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			displayOptions: { show: { region: ['selfHosted'] } },
			default: false,
			description:
				"Whether the base URL may begin with http://, where the API key and the clients' data can be read on the way",
		},
		{
			displayName: 'Bookings API Version',
			name: 'bookingsVersion',
			type: 'options',
			options: [
				{
					name: '2024-08-13',
					value: '2024-08-13',
					description: 'Known to the hosted and to self-hosted Cal.com',
				},
				{ name: '2026-02-25', value: '2026-02-25', description: 'Known to the hosted Cal.com only' },
			],
			default: '2024-08-13',
			description:
				'The cal-api-version header of calls on bookings; leave it unless Cal.com retires the version',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' } },
	};

	/** Where plain HTTP is not allowed, the test goes to https all the same, so that the key never travels open. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.region === "selfHosted" ? ($credentials.allowHttp ? $credentials.baseUrl : $credentials.baseUrl.replace(/^http:/i, "https:")).trim().replace(/\\/+(v2\\/*)?$/, "") : $credentials.region === "eu" ? "https://api.cal.eu" : "https://api.cal.com" }}',
			url: '/v2/me',
			disableFollowRedirect: true,
		},
	};
}
