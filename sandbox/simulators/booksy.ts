import { freshSalons, type Salon, type Visit } from './booksy-calendar';
import { answerGateway } from './booksy-gateway';
import { answerPartner, writeVisit, type Action } from './booksy-partner';
import { partnerKeys, Tokens, type PartnerKeys } from './booksy-tokens';
import { json, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { booksyPanel } from './booksy-panel';

/** What the simulator accepts; the partner's private key is its own, see `BooksySimulator.privateKey`. */
export const CREDENTIALS = {
	partnerName: 'frontdesk',
	partnerId: '5f0c6c1e-2f0a-4d0e-9d5e-6a8d1f6f7b10',
	businessId: '123',
	apiKey: 'booksy-gateway-test-key',
	gatewayUrl: 'https://api.booksy-gateway.example/v1',
};

/** Requests a minute ("Rate limits", Public API reference). */
const LIMITS = { unauthenticated: 10, authenticated: 200 };
const MINUTE = 60_000;
const COUNTRIES = ['pl', 'us', 'es'];
const GATEWAY = 'api.booksy-gateway.example';

export interface BooksyOptions {
	now?: () => Date;
	/** One pair for many simulators, since a pair takes a moment to make. */
	keys?: PartnerKeys;
	limits?: Partial<typeof LIMITS>;
	/** Another partner than that of CREDENTIALS. */
	partnerId?: string;
	/** Where the partner agreed to be told of changes. */
	webhookUrl?: string;
	send?: (url: string, delivery: { headers: Record<string, string>; body: string }) => Promise<void> | void;
}

/**
 * Booksy as a partner, a gateway's user and a passer-by see it: the Public API at pl, us and es.booksy.com, a gateway with
 * the bearer-key contract, and api.booksy.com, which only leads to the marketplace.
 *
 * Written from the archived reference (2022-07-06, in summary) and live refusals (2026-07-31). The fields of
 * services, variants and schedules are not in them and are one reading.
 */
export class BooksySimulator implements Simulator {
	readonly name = 'booksy';
	readonly hosts = [
		...COUNTRIES.map((country) => `${country}.booksy.com`),
		'api.booksy.com',
		'booksy.com',
		GATEWAY,
	];
	readonly tokens: Tokens;
	salons: Salon[] = freshSalons();

	private readonly keys: PartnerKeys;
	private readonly now: () => Date;
	private readonly limits: typeof LIMITS;
	private readonly asked = new Map<string, number[]>();
	private lastId = 1000;

	constructor(private readonly options: BooksyOptions = {}) {
		this.now = options.now ?? (() => new Date());
		this.keys = options.keys ?? partnerKeys();
		this.limits = { ...LIMITS, ...options.limits };
		const { partnerId: id = CREDENTIALS.partnerId } = options;
		const { partnerName: name } = CREDENTIALS;
		this.tokens = new Tokens({ id, name, publicKey: this.keys.publicKey }, this.now);
	}

	/** The partner's private key, PEM, as the credential wants it. */
	get privateKey(): string {
		return this.keys.privateKey;
	}

	/** A salon by its business ID; the first is CREDENTIALS.businessId. */
	salon(id = CREDENTIALS.businessId): Salon {
		const found = this.salons.find((one) => String(one.id) === id);
		if (!found) throw new Error(`No salon ${id}`);
		return found;
	}

	async handle(request: SimRequest): Promise<SimResponse> {
		const { hostname, pathname } = request.url;
		if (hostname === 'booksy.com') return marketplace();
		if (hostname === GATEWAY) return this.gateway(request);
		const [api, country = '', what, ...rest] = pathname.split('/').filter(Boolean);
		const isHere = hostname === `${country}.booksy.com` && api === 'public-api';
		if (!isHere) return { status: 301, headers: { location: 'https://booksy.com/' }, body: '' };
		if (!pathname.endsWith('/')) {
			return { status: 301, headers: { location: `${request.url.origin}${pathname}/` }, body: '' };
		}
		if (!(request.headers.accept ?? '').includes('application/json')) {
			return json(406, { detail: 'Could not satisfy the request Accept header.' });
		}
		if (what === 'token' || what === 'refresh') return this.token(request, what);
		return this.refusal(request) ?? (await this.business(request, country, what, rest));
	}

	rateLimited(seconds: number): SimResponse {
		return json(
			429,
			{ detail: `Request was throttled. Expected available in ${seconds} seconds.` },
			{ 'retry-after': String(seconds) },
		);
	}

	/** Begins another minute of the limits, as if a caller had come later. */
	newMinute(): void {
		this.asked.clear();
	}

	reset(): void {
		this.salons = freshSalons();
		this.tokens.forget();
		this.newMinute();
		this.lastId = 1000;
	}

	state() {
		return this.salons.map((salon) => ({
			businessId: salon.id,
			appointments: salon.visits.map((visit) => writeVisit(salon, visit)),
		}));
	}

	private token(request: SimRequest, what: 'token' | 'refresh'): SimResponse {
		const wait = this.waitFor('token', this.limits.unauthenticated);
		if (wait) return this.rateLimited(wait);
		if (request.method !== 'POST') {
			return json(405, { detail: `Method "${request.method.toLowerCase()}" not allowed.` });
		}
		const form = new URLSearchParams(request.text);
		const tokens = what === 'token' ? this.tokens.exchange(form) : this.tokens.renew(form);
		return tokens ? json(200, tokens) : json(401, { detail: 'Incorrect authentication credentials.' });
	}

	/** Why a request gets no further; undefined for one that does. */
	private refusal({ headers }: SimRequest): SimResponse | undefined {
		const [scheme, access] = (headers.authorization ?? '').split(' ');
		if (scheme !== 'Bearer' || !access) {
			return json(401, { detail: 'Authentication credentials were not provided.' });
		}
		if (!this.tokens.holds(access)) {
			return json(401, { detail: 'Given token not valid for any token type', code: 'token_not_valid' });
		}
		const wait = this.waitFor('api', this.limits.authenticated);
		return wait ? this.rateLimited(wait) : undefined;
	}

	/** Seconds to wait until the minute has room again; 0 where it has, and then it is counted. */
	private waitFor(bucket: string, limit: number): number {
		const now = this.now().getTime();
		const recent = (this.asked.get(bucket) ?? []).filter((at) => at > now - MINUTE);
		const [oldest] = recent;
		if (recent.length >= limit && oldest !== undefined) {
			this.asked.set(bucket, recent);
			return Math.ceil((oldest + MINUTE - now) / 1000);
		}
		this.asked.set(bucket, [...recent, now]);
		return 0;
	}

	private async business(request: SimRequest, country: string, what: string | undefined, rest: string[]) {
		if (what !== 'business') {
			return json(404, { status_code: 404, code: 'not_found', description: 'Requested object not found' });
		}
		const host = {
			salons: this.salons,
			nextId: () => ++this.lastId,
			tell: async (salon: Salon, visit: Visit, action: Action) => await this.tell(salon, visit, action),
		};
		return await answerPartner(host, request, country, rest);
	}

	private gateway(request: SimRequest): SimResponse {
		const salon = this.salon();
		const nowLocal = () =>
			new Intl.DateTimeFormat('sv-SE', { timeZone: salon.timezone, dateStyle: 'short', timeStyle: 'short' })
				.format(this.now())
				.replace(' ', 'T');
		const { apiKey } = CREDENTIALS;
		return answerGateway({ salon, apiKey, nextId: () => ++this.lastId, nowLocal }, request);
	}

	/** Booksy signs nothing. */
	private async tell(salon: Salon, visit: Visit, action: Action): Promise<void> {
		const { webhookUrl, send } = this.options;
		if (!webhookUrl || !send) return;
		await send(webhookUrl, {
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ action, appointment: writeVisit(salon, visit) }),
		});
	}
}

const marketplace = (): SimResponse => ({
	status: 200,
	headers: { 'content-type': 'text/html; charset=utf-8' },
	body: '<!doctype html><html><head><title>Booksy - Book beauty services online</title></head><body></body></html>',
});

let pair: PartnerKeys | undefined;
const sandboxKeys = () => (pair ??= partnerKeys());

/** The sandbox's partner contract and salon; its key pair is made when it is first asked for. */
export const sandbox: SandboxEntry = {
	create: ({ send }) =>
		new BooksySimulator({
			keys: sandboxKeys(),
			send: async (url, delivery) => void (await send(url, delivery)),
		}),
	get credentials() {
		const { partnerName, partnerId, businessId } = CREDENTIALS;
		const { privateKey } = sandboxKeys();
		const data = { way: 'partner', country: 'pl', partnerName, partnerId, businessId, privateKey };
		return [{ name: 'Booksy', type: 'booksyApi', data }];
	},
	settings: { booksyService: '781' },
	panel: booksyPanel,
};
