import type { Exchange } from '../simulators/kit';
import type { Request } from './model';

const SHOWN = 60;
const MOST_CHARACTERS = 2000;
/** What would be shown to whoever looks over the operator's shoulder: keys in addresses. */
const SECRETS = /([?&](?:api_secret|access_token|chatfuel_token)=)[^&]+/g;

const shortened = (text: string) =>
	text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;

function written(body: unknown): string {
	if (body === undefined) return '';
	if (Buffer.isBuffer(body)) return `${body.length} bytes`;
	return shortened(typeof body === 'string' ? body : JSON.stringify(body, null, 1));
}

/** The latest requests of n8n to providers, newest first. */
export const requestsOf = (exchanges: Exchange[]): Request[] =>
	exchanges
		.map(({ at, provider, request, response, fault }, id) => ({
			id,
			at,
			provider,
			method: request.method,
			address: request.url.replace(/^https?:\/\//, '').replace(SECRETS, '$1…'),
			...(response && { status: response.status }),
			...(fault && { fault }),
			sent: shortened(request.body),
			answered: written(response?.body),
		}))
		.slice(-SHOWN)
		.reverse();
