import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The secret that Chatfuel shows when it calls the Chatfuel Trigger. Chatfuel signs nothing (JSON API page);
 * the operator types the secret into the request's headers, or into its address.
 */
export class ChatfuelWebhookApi implements ICredentialType {
	name = 'chatfuelWebhookApi';

	displayName = 'Chatfuel Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Chatfuel/chatfuel.svg',
		dark: 'file:../nodes/Chatfuel/chatfuel.dark.svg',
	};

	documentationUrl =
		'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/providers/chatfuel.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A text of your own that only Chatfuel knows too: 16 or more letters and digits, as from a password manager',
		},
		{
			displayName: 'Place',
			name: 'place',
			type: 'options',
			options: [
				{ name: 'Header', value: 'header' },
				{ name: 'Query Parameter', value: 'query' },
			],
			default: 'header',
			description:
				'Where Chatfuel puts the secret. A header is better: addresses, with all in them, end up in logs.',
		},
		{
			displayName: 'Header Name',
			name: 'name',
			type: 'string',
			displayOptions: { show: { place: ['header'] } },
			default: 'x-frontdesk-secret',
			description: 'The header to add to the JSON API request in Chatfuel',
		},
		{
			displayName: 'Parameter Name',
			name: 'name',
			type: 'string',
			displayOptions: { show: { place: ['query'] } },
			default: 'secret',
			description: 'The parameter to add to the address in Chatfuel',
		},
	];
}
