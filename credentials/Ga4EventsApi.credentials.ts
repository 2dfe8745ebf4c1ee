import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/**
 * A web data stream and an API secret of it. Google has no request that proves either: the validation server
 * checks neither (validating-events page), and the collecting one answers 2xx to anything (reference page).
 */
export class Ga4EventsApi implements ICredentialType {
	name = 'ga4EventsApi';

	displayName = 'GA4 Events API';

	icon: Icon = {
		light: 'file:../nodes/Ga4Events/ga4Events.svg',
		dark: 'file:../nodes/Ga4Events/ga4Events.dark.svg',
	};

	documentationUrl = 'https://github.com/frontdesk-n8n/n8n-nodes-frontdesk/blob/main/docs/providers/ga4.md';

	properties: INodeProperties[] = [
		{
			displayName:
				'Testing this credential proves that the measurement ID has the right form and that Google is reachable. Google tells nobody whether an ID and a secret belong together: send an event and look for it in Realtime.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Measurement ID',
			name: 'measurementId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. G-A1B2C3D4E5',
			description:
				'In Google Analytics under Admin, Data streams, your web stream; not the stream ID of digits',
		},
		{
			displayName: 'API Secret',
			name: 'apiSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'In the same stream under Measurement Protocol API secrets. With a wrong one Google drops every event without a word.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'European Union', value: 'eu', description: 'Data is collected in the EU' },
				{ name: 'Global', value: 'global' },
			],
			default: 'global',
			description: 'Which of Google’s servers the events go to',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			qs: {
				measurement_id: '={{$credentials.measurementId}}',
				api_secret: '={{$credentials.apiSecret}}',
			},
		},
	};

	/** An ID of the wrong form is sent as an event name that the validation server refuses, as it checks no ID. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			baseURL: '=https://{{$credentials.region === "eu" ? "region1" : "www"}}.google-analytics.com',
			url: '/debug/mp/collect',
			body: {
				client_id: '1000000000.1000000000',
				events: [
					{
						name: '={{/^G-[A-Z0-9]+$/.test($credentials.measurementId) ? "credential_test" : "_not_a_measurement_id"}}',
					},
				],
			},
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'validationMessages[0].validationCode',
					value: 'NAME_INVALID',
					message: 'The measurement ID is not of the form G-XXXXXXXXXX',
				},
			},
		],
	};
}
