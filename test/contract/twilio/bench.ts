import type { IDataObject } from 'n8n-workflow';
import { TwilioMessageApi } from '../../../credentials/TwilioMessageApi.credentials';
import { TwilioMessage } from '../../../nodes/TwilioMessage/TwilioMessage.node';
import { CREDENTIALS, TwilioSimulator, type TwilioSettings } from '../../../sandbox/simulators/twilio';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

export const SERVICE = `MG${'1'.repeat(32)}`;
export const TEMPLATE = `HX${'2'.repeat(32)}`;
export const OURS = '+15005550006';
export const CUSTOMER = '+48600700800';
/** A SID that no message has. */
export const NOBODY = `SM${'0'.repeat(32)}`;

/** The credential as an operator with an Auth Token would have it. */
export const credential = (data: IDataObject = {}) => ({
	type: new TwilioMessageApi(),
	data: { ...CREDENTIALS, authType: 'authToken', region: 'us1', baseUrl: '', ...data } as never,
});

/** A Twilio account at its hosts, and the node to run against it. */
export function office(settings: TwilioSettings = {}) {
	const clock = { ahead: 0 };
	const simulator = new TwilioSimulator({
		messagingServices: { [SERVICE]: [OURS, `whatsapp:${OURS}`] },
		contents: { [TEMPLATE]: { body: 'Dear {{1}}, see you {{2}}', approved: true, name: 'reminder' } },
		now: () => Date.now() + clock.ahead,
		...settings,
	});
	const world = intercept(simulator);
	const run = async (parameters: IDataObject, more: NodeRunOptions = {}): Promise<NodeRun> =>
		await runNode(new TwilioMessage(), {
			credentials: [credential()],
			...more,
			parameters: { resource: 'message', ...parameters },
		});
	return {
		simulator,
		world,
		run,
		/** Moves Twilio's clock on, by so many milliseconds. */
		later: (milliseconds: number) => (clock.ahead += milliseconds),
		/** Runs and gives the first output's items; throws where the node ended in an error. */
		items: async (parameters: IDataObject, more?: NodeRunOptions): Promise<IDataObject[]> => {
			const { outputs, error } = await run(parameters, more);
			if (error) throw error;
			return outputs[0]?.map(({ json }) => json) ?? [];
		},
		/** Method, path and query of every call, in order. */
		calls: () =>
			world.callsTo('twilio').map(({ request }) => {
				const { pathname, search } = new URL(request.url);
				return `${request.method} ${pathname.replace(CREDENTIALS.accountSid, 'AC')}${search}`;
			}),
		/** The forms that were posted. */
		forms: () =>
			world
				.callsTo('twilio')
				.filter(({ request }) => request.method === 'POST')
				.map(({ request }) => new URLSearchParams(request.body)),
		stop: () => world.stop(),
	};
}

export type Office = ReturnType<typeof office>;

/** Parameters of Send: an SMS from our number. */
export const sending = (more: IDataObject = {}): IDataObject => ({
	operation: 'send',
	to: CUSTOMER,
	from: OURS,
	body: 'See you at ten',
	...more,
});

/** The locator of a thing by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const byService = { sender: 'service', service: byId(SERVICE) };

/** A time so many minutes ahead, in ISO 8601 without milliseconds. */
export const inMinutes = (minutes: number) =>
	new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+/, '');

/** Sends, and gives the new message's SID. */
export async function sent(at: Office, more: IDataObject = {}): Promise<string> {
	const [made] = await at.items(sending(more));
	return String(made?.id);
}

/** Schedules a message two hours ahead, and gives its SID. */
export const scheduled = async (at: Office): Promise<string> =>
	await sent(at, { ...byService, options: { sendAt: inMinutes(120) } });
