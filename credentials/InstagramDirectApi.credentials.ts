import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * An Instagram professional account of an app with Instagram Login: its access token, and what the app's
 * webhooks are told from forgeries by.
 */
export class InstagramDirectApi implements ICredentialType {
	name = 'instagramDirectApi';

	displayName = 'Instagram Direct API';

	icon: Icon = {
		light: 'file:../nodes/InstagramDirect/instagramDirect.svg',
		dark: 'file:../nodes/InstagramDirect/instagramDirect.dark.svg',
	};

	documentationUrl =
		'https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A long-lived Instagram User access token with instagram_business_basic and instagram_business_manage_messages. It lasts 60 days.',
		},
		{
			displayName: 'App Secret',
			name: 'appSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the trigger: from the App Dashboard, App Settings, Basic. It proves that a webhook call is from Meta.',
		},
		{
			displayName: 'Instagram App Secret',
			name: 'instagramAppSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the trigger: from the App Dashboard, Instagram, API Setup with Instagram Login. A call signed with either secret is taken.',
		},
		{
			displayName: 'Verify Token',
			name: 'verifyToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				"For the trigger: a text of your own, 16 characters or more, that you also enter beside the callback URL in the app's webhook settings",
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. v26.0',
			description: 'Leave it empty for v26.0, which this package was made for',
		},
	];

	/** Meta's pages show the token as a header and in the query; a header stays out of logs. */
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: 'https://graph.instagram.com',
			url: '=/{{ encodeURIComponent($credentials.apiVersion || "v26.0") }}/me',
			qs: { fields: 'user_id,username' },
		},
	};
}
