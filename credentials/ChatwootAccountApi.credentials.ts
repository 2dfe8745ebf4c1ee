import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** The access token of a Chatwoot user: hosted at app.chatwoot.com, or on a host of one's own. */
export class ChatwootAccountApi implements ICredentialType {
	name = 'chatwootAccountApi';

	displayName = 'Chatwoot Account API';

	icon: Icon = {
		light: 'file:../nodes/Chatwoot/chatwoot.svg',
		dark: 'file:../nodes/Chatwoot/chatwoot.dark.svg',
	};

	documentationUrl = 'https://developers.chatwoot.com/api-reference/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In Chatwoot under Profile Settings, at the bottom. It may do what its user may do: the trigger needs an administrator.',
		},
		{
			displayName: 'Installation',
			name: 'installation',
			type: 'options',
			options: [
				{ name: 'Cloud', value: 'cloud', description: 'The account is at app.chatwoot.com' },
				{ name: 'Self-Hosted', value: 'selfHosted', description: 'Chatwoot runs at an address of your own' },
			],
			default: 'cloud',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { installation: ['selfHosted'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://chat.example.com',
			description: 'The address of Chatwoot, as in the browser',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			displayOptions: { show: { installation: ['selfHosted'] } },
			default: false,
			description:
				"Whether the base URL may begin with http://, where the access token and the customers' data can be read on the way",
		},
		{
			displayName: 'Token Header',
			name: 'headerName',
			type: 'options',
			displayOptions: { show: { installation: ['selfHosted'] } },
			options: [
				{
					name: 'api_access_token',
					value: 'api_access_token',
					description: 'The documented name. Nginx drops it unless underscores_in_headers is on.',
				},
				{
					name: 'Api-Access-Token',
					value: 'Api-Access-Token',
					description: 'The same to Chatwoot, and passes every nginx',
				},
			],
			default: 'api_access_token',
			description: 'The name of the header that carries the token',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				'={{ $credentials.installation === "selfHosted" && $credentials.headerName || "api_access_token" }}':
					'={{ $credentials.accessToken }}',
			},
		},
	};

	/** Where plain HTTP is not allowed, the test goes to https all the same, so that the token never travels open. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.installation === "selfHosted" ? ($credentials.allowHttp ? $credentials.baseUrl : $credentials.baseUrl.replace(/^http:/i, "https:")).trim().replace(/\\/+((app|api)(\\/.*)?)?$/, "") : "https://app.chatwoot.com" }}',
			url: '/api/v1/profile',
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'accounts',
					value: undefined,
					message: 'No Chatwoot user answers at this address: check the base URL and the access token',
				},
			},
		],
	};
}
