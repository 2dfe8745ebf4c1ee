import { createHmac } from 'node:crypto';
import { InstagramDirectApi } from '../../../credentials/InstagramDirectApi.credentials';
import { InstagramDirectTrigger } from '../../../nodes/InstagramDirect/InstagramDirectTrigger.node';
import {
	CREDENTIALS,
	InstagramSimulator,
	type InstagramDelivery,
} from '../../../sandbox/simulators/instagram';
import { callWebhook, type WebhookCall } from '../../support/webhook';

export const ANNA = '17841400000000123';
export const ACCOUNT_ID = '17841400000000001';

export const credential = (data: Partial<typeof CREDENTIALS> = {}) => ({
	type: new InstagramDirectApi(),
	data: { ...CREDENTIALS, ...data },
});

export const ALL_EVENTS = ['message', 'postback', 'quickReply', 'reaction'];

/** Calls the trigger as Meta does, listening to everything unless told otherwise. */
export const call = (more: WebhookCall) =>
	callWebhook(new InstagramDirectTrigger(), {
		credentials: [credential()],
		parameters: { events: ALL_EVENTS },
		...more,
	});

/** Hands the trigger a delivery of the simulator's. */
export const deliver = (
	{ headers, body }: Pick<InstagramDelivery, 'headers' | 'body'>,
	more: WebhookCall = {},
) => call({ ...more, headers, rawBody: body });

export const signatureOf = (body: string | Buffer, secret = CREDENTIALS.appSecret) =>
	`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A body signed by hand. */
export const signed = (payload: unknown, secret?: string) => {
	const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
	return {
		headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body, secret) },
		body,
	};
};

/** An account whose app gets everything. The trigger remembers deliveries, so each test has ids of its own. */
let made = 0;
export function subscribed(settings: ConstructorParameters<typeof InstagramSimulator>[0] = {}) {
	const simulator = new InstagramSimulator(settings);
	simulator.webhooks.fields = ['messages', 'messaging_postbacks', 'message_reactions', 'messaging_seen'];
	const skip = ++made * 50;
	for (let count = 0; count < skip; count++) simulator.webhooks.together(() => simulator.write(ANNA, 'x'));
	return simulator;
}

/** The delivery of something that the app is told. */
export function told(delivery: InstagramDelivery | undefined): InstagramDelivery {
	if (!delivery) throw new Error('The app was not told');
	return delivery;
}
