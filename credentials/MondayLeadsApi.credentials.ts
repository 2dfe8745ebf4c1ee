import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** A personal API token of a monday.com user, sent as it is, without "Bearer" (authentication page). */
export class MondayLeadsApi implements ICredentialType {
	name = 'mondayLeadsApi';

	displayName = 'monday.com Leads API';

	icon: Icon = {
		light: 'file:../nodes/MondayLeads/mondayLeads.svg',
		dark: 'file:../nodes/MondayLeads/mondayLeads.dark.svg',
	};

	documentationUrl =
		'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/providers/monday.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'In monday.com under your picture, Developers, API token. It may do what its user may do.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-10',
			description: 'The dated version of the API to use; the one this node was written for if left empty',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '={{$credentials.token}}' } },
	};

	/** monday.com answers HTTP 200 with `errors` for a token it knows but does not allow: no user, no success. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: 'https://api.monday.com',
			url: '/v2',
			headers: { 'API-Version': '={{$credentials.apiVersion || "2026-10"}}' },
			body: { query: 'query { me { id } }' },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.me.id',
					value: undefined,
					message: 'monday.com did not accept the token: copy it again, or give its user access to the API',
				},
			},
		],
	};
}
