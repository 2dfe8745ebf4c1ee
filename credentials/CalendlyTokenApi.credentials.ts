import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** A personal access token of Calendly's API v2; n8n's own `calendlyApi` serves its trigger only. */
export class CalendlyTokenApi implements ICredentialType {
	name = 'calendlyTokenApi';

	displayName = 'Calendly Token API';

	icon: Icon = {
		light: 'file:../nodes/Calendly/calendly.svg',
		dark: 'file:../nodes/Calendly/calendly.dark.svg',
	};

	documentationUrl = 'https://developer.calendly.com/docs/authentication/personal-access-tokens';

	properties: INodeProperties[] = [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From Integrations & apps, then API and webhooks, then Personal access tokens; booking needs a paid plan',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' } },
	};

	test: ICredentialTestRequest = {
		request: { baseURL: 'https://api.calendly.com', url: '/users/me' },
	};
}
