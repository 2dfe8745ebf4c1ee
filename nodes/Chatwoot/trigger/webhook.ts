import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseJson } from '../../../lib/json';
import {
	answer,
	isRepeat,
	receive,
	RecentDeliveries,
	safeHeaders,
	type Guard,
	type ReceivedRequest,
} from '../../../lib/webhook';
import { withoutSessions } from '../shape';
import { eventKeyOf, eventOf, inboxOf, kindsOf, payloadOf, type ChatwootEvent } from './events';

const DELIVERY_HEADER = 'x-chatwoot-delivery';

const recent = new RecentDeliveries();

/** How Chatwoot signs since 4.12 (lib/webhooks/trigger.rb): `sha256=` and HMAC of `timestamp.body`. */
const SIGNATURE: Guard['scheme'] = {
	scheme: 'hmac-timestamp',
	header: 'x-chatwoot-signature',
	timestampHeader: 'x-chatwoot-timestamp',
	prefix: 'sha256=',
};

function guardOf(context: IWebhookFunctions): Guard {
	if (context.getNodeParameter('authentication') === 'none') return { scheme: { scheme: 'none' } };
	const { secret } = context.getWorkflowStaticData('node');
	return { scheme: SIGNATURE, secret: typeof secret === 'string' ? secret : undefined };
}

/** Whether the operator wants this event to start the flow. */
function isWanted(context: IWebhookFunctions, event: ChatwootEvent): boolean {
	const account = String(context.getNodeParameter('account', '', { extractValue: true }));
	const events = context.getNodeParameter('events', []) as string[];
	if (String(event.account.id) !== account || !events.includes(event.event)) return false;
	const { include = [], inboxIds = '' } = context.getNodeParameter('additionalOptions', {}) as {
		include?: string[];
		inboxIds?: string;
	};
	const inboxes = String(inboxIds)
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
	const inbox = inboxOf(event);
	if (inboxes.length > 0 && inbox !== undefined && !inboxes.includes(inbox)) return false;
	return kindsOf(event).every((kind) => include.includes(kind));
}

function itemFrom(context: IWebhookFunctions, event: ChatwootEvent, request: ReceivedRequest): IDataObject {
	const raw = context.getNodeParameter('additionalOptions.includeRaw', false) as boolean;
	return {
		...payloadOf(event),
		eventKey: eventKeyOf(event, request.rawBody),
		meta: {
			provider: 'chatwoot',
			deliveryId: request.headers[DELIVERY_HEADER] ?? null,
			receivedAt: new Date(request.receivedAt).toISOString(),
			headers: safeHeaders(request.headers),
		},
		...(raw && { raw: withoutSessions(parseJson(request.rawBody.toString('utf8')) as IDataObject) }),
	};
}

/** Both are remembered, whichever is known already. */
function isKnown(context: IWebhookFunctions, event: ChatwootEvent, request: ReceivedRequest): boolean {
	const delivery = request.headers[DELIVERY_HEADER];
	const sameDelivery = typeof delivery === 'string' && isRepeat(context, recent, `delivery ${delivery}`);
	return isRepeat(context, recent, `event ${eventKeyOf(event, request.rawBody)}`) || sameDelivery;
}

/**
 * Takes a call of Chatwoot: authentic or 401, an event or 400; answered at once, since Chatwoot waits 5 seconds and
 * does not try again. What is not wanted, and what came before, is answered with 200 and starts nothing.
 */
export async function takeCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const received = await receive(context, guardOf(context));
	if ('refused' in received) return received.refused;
	const { request } = received;
	const event = eventOf(request.rawBody);
	if (!event) return answer(context, 400, { message: 'The body is no event of Chatwoot' });
	if (!isWanted(context, event)) return answer(context, 200, { message: 'Nothing to do' });
	if (isKnown(context, event, request)) return answer(context, 200, { message: 'Known already' });
	return { workflowData: [[{ json: itemFrom(context, event, request) }]] };
}
