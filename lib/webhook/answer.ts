import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** The part of Express's response that an answer needs. */
interface ResponseWriter {
	setHeader(name: string, value: string): unknown;
	status(code: number): { json(body: unknown): unknown };
}

/**
 * Answers a webhook call at once and starts no execution.
 *
 * @param context a trigger's `this` in `webhook()`
 * @param status HTTP status
 * @param body sent as JSON
 * @returns what `webhook()` gives back to n8n: the answer is written, nothing is to run
 */
export function answer(
	context: Pick<IWebhookFunctions, 'getResponseObject'>,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	(context.getResponseObject() as ResponseWriter).status(status).json(body);
	return { noWebhookResponse: true };
}

/** 401, in words that tell a stranger nothing: not what is checked, nor which part did not fit. */
export const unauthorized = (context: Pick<IWebhookFunctions, 'getResponseObject'>) =>
	answer(context, 401, { message: 'Unauthorized' });

/** 413, with the limit. */
export const tooLarge = (context: Pick<IWebhookFunctions, 'getResponseObject'>, maxBytes: number) =>
	answer(context, 413, { message: `The body is larger than ${maxBytes} bytes` });

/** 429, with the seconds after which the sender may call again. */
export function tooMany(
	context: Pick<IWebhookFunctions, 'getResponseObject'>,
	seconds: number,
): IWebhookResponseData {
	(context.getResponseObject() as ResponseWriter).setHeader('Retry-After', String(seconds));
	return answer(context, 429, { message: 'Too many calls' });
}
