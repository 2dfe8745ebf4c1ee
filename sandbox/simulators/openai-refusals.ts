import { json, type SimResponse } from './kit';

/** A request that OpenAI does not serve. The answer's body is `{error: {message, type, param, code}}`. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: { type?: string; param?: string | null; code?: string | null } = {},
	) {
		super(message);
	}

	/** As it goes over the wire. */
	get response(): SimResponse {
		const { type = 'invalid_request_error', param = null, code = null } = this.details;
		return json(this.status, { error: { message: this.message, type, param, code } });
	}
}

/** Refuses a request for what stands in it, with 400. */
export function refuse(message: string, param: string | null, code: string | null = null): never {
	throw new Refusal(400, message, { param, code });
}

/** A parameter that has to be there and is not. */
export const missing = (param: string): Refusal =>
	new Refusal(400, `Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' });

/** No key at all, or one that OpenAI did not give out; the key comes back masked. */
export function unauthorized(key: string | undefined): Refusal {
	if (!key) {
		return new Refusal(
			401,
			"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
		);
	}
	const masked = key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}` : key;
	return new Refusal(
		401,
		`Incorrect API key provided: ${masked}. You can find your API key at https://platform.openai.com/account/api-keys.`,
		{ code: 'invalid_api_key' },
	);
}

/** A model that is not on the account's list; both APIs say so with 404 (litellm pull request 39457, 2026-09). */
export const unknownModel = (model: string): Refusal =>
	new Refusal(404, `The model \`${model}\` does not exist or you do not have access to it.`, {
		code: 'model_not_found',
	});

/** Too many requests in a minute; the same hint in words, in `retry-after` and in `x-ratelimit-reset-requests`. */
export function tooMany(model: string, seconds: number): SimResponse {
	const { response } = new Refusal(
		429,
		`Rate limit reached for ${model} in organization org-frontdesk on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in ${seconds}s. Visit https://platform.openai.com/account/rate-limits to learn more.`,
		{ type: 'requests', code: 'rate_limit_exceeded' },
	);
	return {
		...response,
		headers: {
			...response.headers,
			'retry-after': String(seconds),
			'retry-after-ms': String(seconds * 1000),
			'x-ratelimit-limit-requests': '500',
			'x-ratelimit-remaining-requests': '0',
			'x-ratelimit-reset-requests': `${seconds}s`,
		},
	};
}
