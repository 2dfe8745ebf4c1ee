import { Ga4EventsApi } from '../../../credentials/Ga4EventsApi.credentials';
import { CREDENTIALS, Ga4Simulator } from '../../../sandbox/simulators/ga4';
import { byId, type Samples } from './kind';

const parameters = {
	eventName: byId('generate_lead'),
	clientIdSource: 'leadKey',
	leadKey: 'lead-1024',
	specifyParameters: 'fields',
	parameters: {
		parameter: [
			{ name: 'lead_source', type: 'text', value: 'instagram' },
			{ name: 'value', type: 'number', value: '120' },
			{ name: 'currency', type: 'text', value: 'PLN' },
		],
	},
};

/** GA4 Events: one lead, counted. */
export const samples = (now: () => Date): Samples => ({
	credentials: [{ type: new Ga4EventsApi(), data: { ...CREDENTIALS, region: 'global' } }],
	simulators: [new Ga4Simulator({ now: () => now().getTime() })],
	runs: [
		{ resource: 'event', operation: 'send', parameters },
		{ resource: 'event', operation: 'validate', parameters },
	],
});
