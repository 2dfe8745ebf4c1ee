import { InstagramDirectApi } from '../../../credentials/InstagramDirectApi.credentials';
import { CREDENTIALS, InstagramSimulator } from '../../../sandbox/simulators/instagram';
import type { Samples } from './kind';

const igsid = '17841400000000123';

/** Instagram Direct: a client writes, is answered in every form, and is found again. */
export function samples(now: () => Date): Samples {
	const simulator = new InstagramSimulator({ now });
	return {
		credentials: [{ type: new InstagramDirectApi(), data: { ...CREDENTIALS } }],
		simulators: [simulator],
		runs: [
			{
				resource: 'message',
				operation: 'sendText',
				before: () => void simulator.write(igsid, 'Hello, can I come on Tuesday?'),
				parameters: { igsid, text: 'Of course! When would it suit you?' },
			},
			{
				resource: 'message',
				operation: 'sendQuickReplies',
				parameters: {
					igsid,
					text: 'These times are free on Tuesday:',
					quickReplies: {
						reply: [
							{ title: '10:00', payload: 'slot:2027-03-02T10:00' },
							{ title: '15:00', payload: 'slot:2027-03-02T15:00' },
						],
					},
				},
			},
			{
				resource: 'message',
				operation: 'sendMedia',
				parameters: { igsid, mediaType: 'image', url: 'https://example.com/map.png' },
			},
			{ resource: 'message', operation: 'getMany', parameters: { igsid, limit: 5 } },
			{ resource: 'profile', operation: 'get', parameters: { igsid } },
			{
				resource: 'conversation',
				operation: 'getMany',
				parameters: { limit: 5, options: { includeClient: true } },
			},
			{
				resource: 'conversation',
				operation: 'findByUsername',
				parameters: { username: `@${simulator.person(igsid).username}` },
			},
		],
	};
}
