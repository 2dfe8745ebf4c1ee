import { TwilioMessageApi } from '../../../credentials/TwilioMessageApi.credentials';
import { CREDENTIALS, TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { byId, type Earlier, type Samples } from './kind';

const SERVICE = 'MG1f2e3d4c5b6a79880716253443526170';
const REMINDER = 'HX0a1b2c3d4e5f60718293a4b5c6d7e8f9';

const idOf = (run: string) => (earlier: Earlier) => ({ messageSid: byId(String(earlier(run).id)) });

/** Twilio Message: an SMS, its fate, a reminder that is called off, and the reply to a message that came in. */
export const samples = (now: () => Date): Samples => ({
	credentials: [
		{ type: new TwilioMessageApi(), data: { ...CREDENTIALS, authType: 'authToken', region: 'us1' } },
	],
	simulators: [
		new TwilioSimulator({
			messagingServices: { [SERVICE]: ['+15005550006', 'whatsapp:+15005550006'] },
			contents: { [REMINDER]: { body: 'Hello {{1}}, we expect you {{2}}.', approved: true } },
			now: () => now().getTime(),
		}),
	],
	runs: [
		{
			resource: 'message',
			operation: 'send',
			parameters: {
				to: '601 234 567',
				from: '+15005550006',
				body: 'Your appointment is tomorrow at ten.',
				options: { defaultCountry: 'PL' },
			},
		},
		{ resource: 'message', operation: 'get', parameters: idOf('message.send') },
		{
			resource: 'message',
			operation: 'send',
			as: 'reminder',
			parameters: {
				channel: 'whatsapp',
				to: '+48601234567',
				sender: 'service',
				service: byId(SERVICE),
				content: 'template',
				template: byId(REMINDER),
				variables: {
					variable: [
						{ name: '1', value: 'Jane' },
						{ name: '2', value: 'on Tuesday at ten' },
					],
				},
				options: { sendAt: '2027-03-01T18:00:00+01:00' },
			},
		},
		{ resource: 'message', operation: 'cancel', parameters: idOf('reminder') },
		{
			resource: 'message',
			operation: 'getMany',
			parameters: { limit: 10, filters: { channel: 'sms', to: '+48601234567' } },
		},
		{
			resource: 'message',
			operation: 'reply',
			parameters: { text: '=See you on Tuesday, {{ $json.profileName }}!' },
			item: { from: '+48601234567', body: 'YES', profileName: 'Jane' },
		},
	],
});
