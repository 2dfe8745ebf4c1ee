import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import {
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INodeProperties,
} from 'n8n-workflow';

/** Booksy's name as the receiver of an assertion (Public API reference, "Authentication", as archived 2022-07-06). */
const ISSUER = 'https://public-api.booksy.com';
const ASSERTION_SECONDS = 180;
const TOKEN_SECONDS = 300;
/** A token is renewed this long before its end, so that none ends under way or by a clock that runs fast. */
const MARGIN_SECONDS = 45;
/** A chat waits 10 s for everything, and a token is asked for every few minutes. */
const TOKEN_TIMEOUT_SECONDS = 5;
const MAX_HELD_TOKENS = 100;

interface Token {
	accessToken: string;
	/** Milliseconds since 1970 until which the token is used, by this machine's clock. */
	renewAt: number;
}

/**
 * Tokens of this process. Requests that run at once share one renewal: Booksy takes 10 token requests a minute
 * (Public API reference, "Rate limits").
 */
const held = new Map<string, { token?: Token; pending?: Promise<Token> }>();

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

const baseUrlOf = (credentials: ICredentialDataDecryptedObject) => {
	const country = encodeURIComponent(text(credentials.country).toLowerCase());
	const typed = text(credentials.partnerBaseUrl).replace(/\/+$/, '');
	// The node refuses plain HTTP that is not allowed; the test goes to https, so that the assertion never travels open.
	const own = credentials.allowHttp ? typed : typed.replace(/^http:/i, 'https:');
	return own || `https://${country}.booksy.com/public-api/${country}`;
};

/** A password field keeps no line breaks, so a pasted PEM arrives in one line, sometimes with "\n" spelt out. */
function readKey(pem: string): KeyObject {
	const [, label, body] = /-----BEGIN ([A-Z ]+)-----([\s\S]+?)-----END/.exec(pem) ?? [];
	const lines = (body ?? '').replace(/\\[nr]|\s/g, '').replace(/.{64}/g, '$&\n');
	try {
		return createPrivateKey(`-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`);
	} catch {
		throw new UserError('The private key of the Booksy credential cannot be read', {
			description:
				'Paste the whole PEM text Booksy gave you, from -----BEGIN to -----END, without a passphrase.',
		});
	}
}

function assertionOf({ partnerId, privateKey }: ICredentialDataDecryptedObject): string {
	const now = Math.floor(Date.now() / 1000);
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const claims = { iss: ISSUER, iat: now, exp: now + ASSERTION_SECONDS, aud: text(partnerId) };
	const unsigned = `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}`;
	const signature = sign('RSA-SHA256', Buffer.from(unsigned), readKey(text(privateKey)));
	return `${unsigned}.${signature.toString('base64url')}`;
}

function refusal(status: number): UserError {
	if (status === 429) {
		return new UserError('Booksy asks to slow down: it gives 10 access tokens a minute', {
			description: 'Wait a minute; share one credential between flows that run at the same time.',
		});
	}
	if (status >= 500) {
		return new UserError(`Booksy is not able to give an access token right now (HTTP ${status})`, {
			description: 'Try again in a few minutes.',
		});
	}
	return status >= 400
		? new UserError(`Booksy gave no access token (HTTP ${status})`, {
				description: 'Check Partner Name, Partner ID and Private Key; test and live keys differ.',
			})
		: new UserError('Booksy gave no access token but something else', {
				description:
					'Check Country and Base URL: the API is at https://<country>.booksy.com/public-api/<country>/.',
			});
}

async function requestToken(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<Token> {
	const form = new URLSearchParams({
		partner_name: text(credentials.partnerName),
		token: assertionOf(credentials),
	});
	const { statusCode, body } = (await helpers.httpRequest({
		method: 'POST',
		url: `${baseUrlOf(credentials)}/token/`,
		headers: {
			Accept: 'application/json; version=0.3',
			'Content-Type': 'application/x-www-form-urlencoded',
		},
		body: form.toString(),
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TOKEN_TIMEOUT_SECONDS * 1000,
	})) as { statusCode: number; body: unknown };
	const { access } = (typeof body === 'string' ? parse(body) : body) as { access?: unknown };
	if (statusCode >= 300 || typeof access !== 'string') throw refusal(statusCode);
	return {
		accessToken: access,
		renewAt: Date.now() + (TOKEN_SECONDS - MARGIN_SECONDS) * 1000,
	};
}

function parse(body: string): object {
	try {
		return JSON.parse(body) as object;
	} catch {
		return {};
	}
}

/** The token that replaces the credential's own, which is missing, refused or about to end. */
async function renew(
	helper: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<Token> {
	const { partnerName, partnerId, privateKey, accessToken } = credentials;
	const key = createHash('sha256')
		.update(JSON.stringify([baseUrlOf(credentials), partnerName, partnerId, privateKey]))
		.digest('hex');
	const entry = held.get(key);
	if (entry?.pending) return await entry.pending;
	const known = entry?.token;
	if (known && known.accessToken !== accessToken && known.renewAt > Date.now()) return known;
	const pending = requestToken(helper, credentials);
	held.delete(key);
	held.set(key, { pending });
	try {
		const token = await pending;
		held.set(key, { token });
		return token;
	} catch (error) {
		held.delete(key);
		throw error;
	} finally {
		const [oldest] = held.keys();
		if (held.size > MAX_HELD_TOKENS && oldest) held.delete(oldest);
	}
}

const partnerOnly: INodeProperties['displayOptions'] = { show: { way: ['partner'] } };
const keyOnly: INodeProperties['displayOptions'] = { show: { way: ['apiKey'] } };

const BASE_URL =
	'{{ ($credentials.way === "partner"' +
	' ? ($credentials.partnerBaseUrl || "https://" + encodeURIComponent($credentials.country.trim().toLowerCase()) +' +
	' ".booksy.com/public-api/" + encodeURIComponent($credentials.country.trim().toLowerCase())).replace(/\\/+$/, "")' +
	' : $credentials.baseUrl.trim().replace(/\\/+$/, "")).replace(/^http:/i, $credentials.allowHttp ? "http:" : "https:") }}';

const TEST_PATH =
	'{{ $credentials.way === "partner"' +
	' ? "/business/" + encodeURIComponent($credentials.businessId.trim()) + "/"' +
	' : "/availability?date=" + $now.toISODate() }}';

/**
 * Access to Booksy in one of two ways.
 *
 * *Partner API*: Booksy's Public API for contract partners. A JWT signed with the partner's private key (RS256) is
 * exchanged at `token/` for an access token of 5 minutes; it is kept in the credential and renewed before it ends.
 * Known from the archived reference (2022-07-06) and from live refusals (2026-07-31), not from a partner account.
 *
 * *API Key*: the bearer-key contract (`/availability`, `/appointments`) that integration guides describe. Booksy
 * itself offers no such key: `api.booksy.com` only redirects to the marketplace. It is for gateways that offer
 * the contract at an address of their own.
 *
 * The API of Booksy's customer app and web site is not used: it is private, and its terms forbid it.
 */
export class BooksyApi implements ICredentialType {
	name = 'booksyApi';

	displayName = 'Booksy API';

	icon = { light: 'file:../nodes/Booksy/booksy.svg', dark: 'file:../nodes/Booksy/booksy.dark.svg' } as const;

	documentationUrl = 'https://docs.booksy.com/';

	properties: INodeProperties[] = [
		{
			displayName: 'Way In',
			name: 'way',
			type: 'options',
			options: [
				{
					name: 'Partner API',
					value: 'partner',
					description: "Booksy's Public API; needs a partner contract with Booksy",
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'A gateway of your own or of a vendor; Booksy itself gives no API keys',
				},
			],
			default: 'partner',
		},
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: 'pl',
			placeholder: 'e.g. pl',
			description:
				'Two letters, as in the host of the business (pl.booksy.com); also the country of phone numbers without a country code',
		},
		{
			displayName: 'Partner Name',
			name: 'partnerName',
			type: 'string',
			default: '',
			required: true,
			displayOptions: partnerOnly,
			description: 'As Booksy wrote it when you became a partner',
		},
		{
			displayName: 'Partner ID',
			name: 'partnerId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 0b6f3f0e-7a51-4c55-9f0a-0d9c1f1f2a10',
			displayOptions: partnerOnly,
			description: 'The UUID Booksy gave you',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: partnerOnly,
			description: 'The RSA key in PEM form, from -----BEGIN to -----END; test and live keys differ',
		},
		{
			displayName: 'Business ID',
			name: 'businessId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: partnerOnly,
			description: 'The business the node works for unless it names another one',
		},
		{
			displayName: 'Base URL',
			name: 'partnerBaseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://sandbox.example.com/public-api/pl',
			displayOptions: partnerOnly,
			description: 'Only for the test environment whose address Booksy gave you; empty for the live API',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://gateway.example.com/api/v1',
			displayOptions: keyOnly,
			description: 'The address of the gateway; api.booksy.com is no API and only leads to the marketplace',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				"Whether the base URL may begin with http://, where the key and the clients' data can be read on the way",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: keyOnly,
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: 'Europe/Warsaw',
			required: true,
			description: 'IANA time zone of the business; Booksy writes most times without one',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Renew At',
			name: 'renewAt',
			type: 'hidden',
			default: '',
		},
	];

	/**
	 * Called by n8n where there is no token and where a request ended in 401.
	 *
	 * @returns a new token, which n8n stores in the credential; nothing for API keys, which cannot be renewed
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return credentials.way === 'apiKey' ? {} : { ...(await renew(this, credentials)) };
	}

	/**
	 * Puts the key or the token on a request.
	 *
	 * @throws an answer of 401 in Booksy's place where the token is about to end. n8n renews a token for a 401
	 *   alone, never for the time that has passed (n8n-core 2.40, httpRequestWithAuthentication); said before
	 *   anything is sent, it spares the refused request.
	 */
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const isKey = credentials.way === 'apiKey';
		if (!isKey && Number(credentials.renewAt) <= Date.now()) {
			throw Object.assign(new UserError('The access token is about to end'), { response: { status: 401 } });
		}
		const secret = text(isKey ? credentials.apiKey : credentials.accessToken);
		return { ...options, headers: { ...options.headers, Authorization: `Bearer ${secret}` } };
	};

	/**
	 * Partner API: the business of the credential, which proves key, partner and business (the documented
	 * `GET business/<business_id>/`). API key: the availability of today, the one read the contract describes.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: `=${BASE_URL}`,
			url: `=${TEST_PATH}`,
			headers: { Accept: 'application/json; version=0.3' },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: '0',
					value: '<',
					message: 'The address answers with a web page: it is a site, not the API',
				},
			},
		],
	};
}
