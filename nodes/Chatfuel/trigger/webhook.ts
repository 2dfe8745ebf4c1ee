import { DateTime } from 'luxon';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { answer, receive, safeHeaders, safeQuery, type ReceivedRequest } from '../../../lib/webhook';
import { joinReplies, type Reply } from '../reply/format';
import { attributesOf, type Attributes } from './attributes';
import { leadFrom, type LeadRule } from './lead';
import { secretSettings } from './secret';

/** What a bot can read of a refusal: JSON API form, shown to nobody, left on the user for the builder to see. */
const refusalReply = (explanation: string): IDataObject => ({
	set_attributes: { frontdesk_refused: explanation },
});

function immediateReply(context: IWebhookFunctions): Reply {
	const set = context.getNodeParameter('immediateReply', {}) as {
		texts?: string[];
		attributes?: { attribute?: Array<{ name?: string; value?: unknown }> };
	};
	const named = (set.attributes?.attribute ?? []).filter(({ name }) => name?.trim());
	return joinReplies([
		{
			messages: (set.texts ?? []).filter((text) => text.trim()).map((text) => ({ text })),
			set_attributes: Object.fromEntries(
				named.map(({ name = '', value }) => [name.trim(), value ?? '']),
			) as IDataObject,
		},
	]);
}

function eventFrom(
	context: IWebhookFunctions,
	request: ReceivedRequest,
	attributes: Attributes,
	secretNames: string[],
): IDataObject {
	const { rule = [] } = context.getNodeParameter('leadFields', {}) as { rule?: LeadRule[] };
	const { lead, rest } = leadFrom(attributes, rule);
	return {
		lead,
		attributes: rest,
		meta: {
			channel: 'chatfuel',
			receivedAt: DateTime.fromMillis(request.receivedAt, { zone: context.getTimezone() }).toISO(),
			headers: safeHeaders(request.headers, secretNames),
			query: safeQuery(request.query, secretNames),
		},
	};
}

/**
 * Takes one JSON API call: authentic or 401, readable or 400, and then one item with the lead, the other
 * attributes and where they came from. Replies at once, or leaves the reply to the flow.
 */
export async function takeCall(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { guard, secretNames } = await secretSettings(context);
	const arrival = await receive(context, guard);
	if ('refused' in arrival) return arrival.refused;
	let attributes: Attributes;
	try {
		attributes = attributesOf(arrival.request, secretNames);
	} catch (error) {
		const { message } = error as Error;
		return answer(context, 400, refusalReply(`The request body cannot be read: ${message}`));
	}
	const json = eventFrom(context, arrival.request, attributes, secretNames);
	const respondsAtOnce = context.getNodeParameter('responseMode') === 'onReceived';
	return {
		workflowData: [[{ json }]],
		...(respondsAtOnce && { webhookResponse: immediateReply(context) }),
	};
}
