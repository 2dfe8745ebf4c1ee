import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * Access to Altegio, or to its twin YCLIENTS. Both tokens go into one header, with a comma and a space between them
 * (developer.alteg.io, authorization; YCLIENTS REST documentation).
 */
export class AltegioApi implements ICredentialType {
	name = 'altegioApi';

	displayName = 'Altegio API';

	icon: Icon = {
		light: 'file:../nodes/Altegio/altegio.svg',
		dark: 'file:../nodes/Altegio/altegio.dark.svg',
	};

	documentationUrl = 'https://developer.alteg.io/';

	properties: INodeProperties[] = [
		{
			displayName: 'Platform',
			name: 'baseUrl',
			type: 'options',
			options: [
				{ name: 'Altegio', value: 'https://api.alteg.io' },
				{ name: 'YCLIENTS', value: 'https://api.yclients.com' },
			],
			default: 'https://api.alteg.io',
			description: 'Where the account is; the two are twins with separate accounts',
		},
		{
			displayName: 'Partner Token',
			name: 'partnerToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "From the developer's account in the Altegio marketplace",
		},
		{
			displayName: 'User Token',
			name: 'userToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				"A user's or a system user's token. It keeps the rights it was made with, and changes when the password changes.",
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for Altegio Trigger: 32 or more letters and digits of your own, as from a password manager. Altegio signs nothing, so the address it calls carries this secret.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: '=Bearer {{$credentials.partnerToken}}, User {{$credentials.userToken}}',
				Accept:
					'={{$credentials.baseUrl === "https://api.yclients.com" ? "application/vnd.yclients.v2+json" : "application/vnd.api.v2+json"}}',
			},
		},
	};

	/** Asks for the user's own locations, which a partner token alone does not get. */
	test: ICredentialTestRequest = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/v1/companies', qs: { my: 1 } },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'success',
					value: false,
					message: 'Altegio did not accept the tokens: enter both again, and check the platform',
				},
			},
		],
	};
}
