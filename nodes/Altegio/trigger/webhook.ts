import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	answer,
	isRepeat,
	receive,
	RecentDeliveries,
	safeHeaders,
	safeQuery,
	triggerCredential,
	type ReceivedRequest,
} from '../../../lib/webhook';
import { timeZoneOf } from '../api';
import { connectBriefly } from '../connection';
import type { InstagramPlace, Reading } from '../shape';
import { Bursts } from './bursts';
import { contentOf, deliveriesOf, eventKeyOf, eventOf, hasTime, payloadOf, type Delivery } from './events';
import { locationOf, SECRET_NAME } from './lifecycle';

const recent = new RecentDeliveries();
const bursts = new Bursts();
/** By location; a zone hardly ever changes, and a restart reads it anew. */
const zones = new Map<string, string>();

/** The zone from the field, from the activation, or, where neither has it, from Altegio. */
async function zoneOf(context: IWebhookFunctions, company: string): Promise<string> {
	const set =
		String(context.getNodeParameter('timeZone', '')) || context.getWorkflowStaticData('node').timeZone;
	const known = (typeof set === 'string' && set) || zones.get(company);
	if (known) return known;
	const zone = await timeZoneOf(await connectBriefly(context), company);
	zones.set(company, zone);
	return zone;
}

function instagramOf(context: IWebhookFunctions): InstagramPlace {
	const place = context.getNodeParameter('additionalOptions.instagramIn', 'nowhere');
	if (place === 'email') return { in: 'email' };
	if (place !== 'customField') return { in: 'nowhere' };
	return {
		in: 'customField',
		code: String(context.getNodeParameter('additionalOptions.instagramField', '')),
	};
}

/** Whether a delivery is neither a repeat nor an edit that changes nothing. */
function isNew(context: IWebhookFunctions, delivery: Delivery, seconds: number): boolean {
	const content = contentOf(delivery);
	// Two edits within a second share their time of change; the content tells them apart.
	if (isRepeat(context, recent, `${eventKeyOf(delivery)} ${content}`)) return false;
	const { company_id, resource, resource_id, status } = delivery;
	const { id: workflow } = context.getWorkflow();
	const subject = [workflow, context.getNode().id, context.getMode(), company_id, resource, resource_id].join(
		'\n',
	);
	const gone = status === 'delete' ? 'gone' : 'there';
	if (!bursts.isNews(subject, `${gone} ${content}`, seconds)) return false;
	const response = context.getResponseObject() as unknown as FinishedResponse;
	response.once('finish', () => {
		if (response.statusCode >= 400) bursts.forget(subject);
	});
	return true;
}

/** The part of Express's response that tells how a call ended. */
interface FinishedResponse {
	statusCode: number;
	once(event: 'finish', listener: () => void): void;
}

function toItem(
	delivery: Delivery,
	event: string,
	{ reading, request }: { reading: Reading; request: ReceivedRequest },
): IDataObject {
	const { company_id, resource, resource_id, status } = delivery;
	return {
		event,
		eventKey: eventKeyOf(delivery),
		...payloadOf(delivery, reading),
		meta: {
			provider: 'altegio',
			locationId: String(company_id),
			resource,
			resourceId: String(resource_id),
			status,
			receivedAt: new Date(request.receivedAt).toISOString(),
			headers: safeHeaders(request.headers),
			query: safeQuery(request.query, [SECRET_NAME]),
		},
	};
}

/**
 * Takes a call of Altegio: proves the secret, answers at once and starts the flow for what is new in it. Altegio
 * waits 10 seconds, and repeats twice after a 429 or 5xx (altegio-integrations-hub-mcp, docs/webhooks.md).
 */
export async function takeCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { webhookSecret } = await triggerCredential(context, 'altegioApi');
	const received = await receive(context, {
		scheme: { scheme: 'secret', place: 'query', name: SECRET_NAME },
		secret: String(webhookSecret ?? '').trim(),
	});
	if ('refused' in received) return received.refused;
	const { request } = received;
	// Some see the address probed with GET when it is saved.
	if (request.method === 'GET') return answer(context, 200, { message: 'Ready' });
	const deliveries = deliveriesOf(request.rawBody.toString('utf8'));
	if (!deliveries) return answer(context, 400, { message: 'The body is not JSON' });
	const company = await locationOf(context, async () => await connectBriefly(context));
	const wanted = context.getNodeParameter('events', []) as string[];
	const seconds = Number(context.getNodeParameter('debounce', 0));
	const ours = deliveries.flatMap((delivery) => {
		const event = String(delivery.company_id) === company ? eventOf(delivery, wanted) : undefined;
		return event ? [{ delivery, event }] : [];
	});
	if (ours.length === 0) return answer(context, 200, { message: 'Nothing to do' });
	const timeZone = await zoneOf(context, company);
	const raw = context.getNodeParameter('additionalOptions.includeRaw', false) as boolean;
	const reading: Reading = { timeZone, instagram: instagramOf(context), raw };
	const fresh = ours.filter(({ delivery }) => isNew(context, delivery, seconds));
	if (fresh.length === 0) return answer(context, 200, { message: 'Known already' });
	// One without a time must not keep the others of its call from the flow.
	const items = fresh
		.filter(({ delivery }) => hasTime(delivery, timeZone))
		.map(({ delivery, event }) => ({ json: toItem(delivery, event, { reading, request }) }));
	if (items.length < fresh.length) {
		context.logger.warn(`${context.getNode().name} left an appointment out that has no time`);
	}
	if (items.length === 0) return answer(context, 422, { message: 'The appointment has no time' });
	return { workflowData: [items] };
}
