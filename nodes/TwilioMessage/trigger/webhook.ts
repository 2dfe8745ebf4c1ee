import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	answer,
	isRepeat,
	receive,
	RecentDeliveries,
	safeHeaders,
	type ReceivedRequest,
} from '../../../lib/webhook';
import { LONGEST_BODY } from '../fields';
import { twiml, TWIML_TYPE } from '../twiml';
import { eventKeyOf, formOf, kindOf, payloadOf, type Form } from './event';
import { guardOf } from './guard';

/** Twilio names each delivery, and its retries by the same name (webhooks connection overrides page). */
const TOKEN_HEADER = 'i-twilio-idempotency-token';

const recent = new RecentDeliveries();

const NO_REPLY = twiml([]);

/** The part of Express's response that an answer in XML needs. */
interface XmlWriter {
	setHeader(name: string, value: string): unknown;
	status(code: number): { send(body: string): unknown };
}

const responseOf = (context: IWebhookFunctions) => context.getResponseObject() as unknown as XmlWriter;

/** Answers without a message, and starts nothing. */
function dismiss(context: IWebhookFunctions): IWebhookResponseData {
	const response = responseOf(context);
	response.setHeader('content-type', TWIML_TYPE);
	response.status(200).send(NO_REPLY);
	return { noWebhookResponse: true };
}

/** Both are remembered, whichever is known already. */
function isKnown(context: IWebhookFunctions, form: Form, { headers }: ReceivedRequest): boolean {
	const token = headers[TOKEN_HEADER];
	const sameDelivery = typeof token === 'string' && isRepeat(context, recent, `delivery ${token}`);
	return isRepeat(context, recent, `event ${eventKeyOf(form)}`) || sameDelivery;
}

function immediateReply(context: IWebhookFunctions, form: Form): string {
	const text = String(context.getNodeParameter('replyText', '') ?? '');
	if (kindOf(form) === 'status' || text.trim() === '') return NO_REPLY;
	return twiml([{ body: text.slice(0, LONGEST_BODY), mediaUrls: [] }]);
}

/**
 * Takes a call of Twilio: authentic or 401, a message or its status or 400, then one item. Answers at once in TwiML,
 * or leaves that to the flow. What is not wanted, and what came before, is answered without a message and starts
 * nothing.
 */
export async function takeCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const received = await receive(context, await guardOf(context));
	if ('refused' in received) return received.refused;
	const { request } = received;
	const form = formOf(request.rawBody);
	if (!form) return answer(context, 400, { message: 'The body is no message of Twilio' });
	const events = context.getNodeParameter('events', []) as string[];
	if (!events.includes(kindOf(form)) || isKnown(context, form, request)) return dismiss(context);
	const json = {
		...payloadOf(form),
		meta: {
			provider: 'twilio',
			deliveryId: request.headers[TOKEN_HEADER] ?? null,
			receivedAt: new Date(request.receivedAt).toISOString(),
			headers: safeHeaders(request.headers),
		},
	};
	if (context.getNodeParameter('responseMode') !== 'onReceived') return { workflowData: [[{ json }]] };
	responseOf(context).setHeader('content-type', TWIML_TYPE);
	return { workflowData: [[{ json }]], webhookResponse: immediateReply(context, form) };
}
