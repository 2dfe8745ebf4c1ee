import { fromParameter, webhookDescriptionFields } from 'n8n-workflow';

/**
 * For a trigger's `webhooks`: the field `responseMode` says how n8n answers. Written by n8n's own helper it is read
 * without evaluating an expression, call by call, before the call is checked (n8n-workflow 2.35.1,
 * webhook-description-fields). Without an empty `responseData` n8n sends the word for its default in place of our
 * reply (2.40.7).
 */
export const answeredAsChosen = {
	...webhookDescriptionFields({ responseMode: fromParameter('responseMode') }),
	responseData: '',
};
