import { CREDENTIALS, regulars, salon as defaultSalon, WEBHOOK_SECRET } from './altegio-data';
import { AltegioHooks, type HookOptions } from './altegio-hooks';
import { AltegioClients, AltegioRecords } from './altegio-records';
import { AltegioSalon, Refusal, type AltegioClient, type AltegioLocation } from './altegio-state';
import { clientView, recordView } from './altegio-views';
import { json, readJson, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { altegioPanel } from './altegio-panel';

export { CREDENTIALS, WEBHOOK_SECRET } from './altegio-data';

export interface AltegioSettings extends HookOptions {
	partnerTokens?: string[];
	userTokens?: string[];
	location?: AltegioLocation;
	clients?: AltegioClient[];
	/** IANA zone of the location. */
	timeZone?: string;
	now?: () => Date;
	/** What POST /records answers with: the documentation shows a list, the vendor's tests an object. */
	createdAs?: 'list' | 'object';
	/** Requests let through in a second and in a minute. */
	perSecond?: number;
	perMinute?: number;
}

type Answer = { status?: number; data: unknown; meta?: object };
type Json = Record<string, unknown>;
/** `ids` are the numbers in the path; `user` says that a user token is asked for. */
type Route = {
	method: string;
	path: RegExp;
	user: boolean;
	handle(call: { ids: number[]; query: URLSearchParams; body: Json; parts: string[] }): Answer;
};

const envelope = (status: number, data: unknown, meta: unknown = []) =>
	json(status, { success: true, data, meta });

const refused = (status: number, message: string, errors?: object): SimResponse =>
	json(status, { success: false, data: null, meta: { message, ...(errors && { errors }) } });

/** api.alteg.io and its twin: one location with a calendar, from the REST documentation and the vendor's MCP servers. */
export class AltegioSimulator implements Simulator {
	readonly name = 'altegio';
	readonly hosts = ['api.alteg.io', 'api.yclients.com'];
	salon!: AltegioSalon;
	hooks!: AltegioHooks;
	records!: AltegioRecords;
	clients!: AltegioClients;
	private passed: number[] = [];
	private readonly routes = this.routeTable();

	constructor(private readonly settings: AltegioSettings = {}) {
		this.reset();
	}

	private get now(): () => Date {
		return this.settings.now ?? (() => new Date());
	}

	reset(): void {
		const { location = defaultSalon(this.settings.timeZone ?? 'Europe/Warsaw'), clients = regulars() } =
			this.settings;
		const kept = this.hooks?.hooks ?? [];
		this.salon = new AltegioSalon(location, this.now);
		for (const client of clients) this.salon.clients.set(client.id, { ...client });
		this.hooks = new AltegioHooks(location.id, this.settings);
		// Addresses are settings: a flow that is active stays registered.
		this.hooks.hooks = kept;
		this.records = new AltegioRecords(this.salon, this.hooks);
		this.clients = new AltegioClients(this.salon, this.hooks);
		this.passed = [];
	}

	state() {
		return {
			location: this.salon.location,
			records: [...this.salon.bookings.values()].map((booking) => recordView(this.salon, booking)),
			clients: [...this.salon.clients.values()].map(clientView),
			hooks: this.hooks.hooks,
		};
	}

	/** Altegio documents neither words nor headers of its 429; Retry-After is what such servers send. */
	rateLimited(seconds: number): SimResponse {
		const answer = refused(429, 'Too many requests');
		return seconds > 0
			? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
			: answer;
	}

	handle(request: SimRequest): SimResponse {
		if (!this.letThrough()) return this.rateLimited(0);
		const path = request.url.pathname.replace(/\/$/, '');
		const route = this.routes.find((one) => one.method === request.method && one.path.test(path));
		if (!route) return refused(404, 'Not found');
		const unauthorized = this.checkTokens(request, route.user);
		if (unauthorized) return unauthorized;
		try {
			const parts = (route.path.exec(path) ?? []).slice(1);
			const body = (readJson(request) ?? {}) as Json;
			const ids = parts.map(Number);
			const {
				status = 200,
				data,
				meta,
			} = route.handle({ ids, query: request.url.searchParams, body, parts });
			return status === 204 ? { status } : envelope(status, data, meta);
		} catch (error) {
			if (error instanceof Refusal) return refused(error.status, error.message, error.errors);
			throw error;
		}
	}

	/** 5 requests a second and 200 a minute. */
	private letThrough(): boolean {
		const { perSecond = 5, perMinute = 200 } = this.settings;
		const now = this.now().getTime();
		this.passed = this.passed.filter((at) => at > now - 60_000);
		const lately = this.passed.filter((at) => at > now - 1_000);
		if (lately.length >= perSecond || this.passed.length >= perMinute) return false;
		this.passed.push(now);
		return true;
	}

	private checkTokens({ headers }: SimRequest, user: boolean): SimResponse | undefined {
		const { partnerTokens = [CREDENTIALS.partnerToken], userTokens = [CREDENTIALS.userToken] } =
			this.settings;
		const [, partner = '', token = ''] =
			/^Bearer ([^\s,]+)(?:, User (\S+))?$/.exec(headers.authorization ?? '') ?? [];
		if (!partnerTokens.includes(partner)) return refused(401, 'Partner authorization required');
		if (user && !userTokens.includes(token)) return refused(401, 'Authorization required');
		return undefined;
	}

	private own(company: number | undefined): void {
		if (company !== this.salon.location.id) throw new Refusal(403, 'No rights in this location');
	}

	private routeTable(): Route[] {
		return [
			...this.locationRoutes(),
			...this.bookingRoutes(),
			...this.recordRoutes(),
			...this.clientRoutes(),
		];
	}

	private route(method: string, pattern: string, handle: Route['handle'], user = true): Route {
		const path = new RegExp(`^/api/v1${pattern.replace(/:id/g, '(\\d+)').replace(/:day/g, '([\\d-]+)')}$`);
		return { method, path, user, handle };
	}

	private locationRoutes(): Route[] {
		const { route } = this;
		const company = () => {
			const { id, title, timezone_name, address } = this.salon.location;
			return { id, title, public_title: title, timezone_name, address, currency_short_title: 'zł' };
		};
		const staff: Route['handle'] = ({ ids: [id] }) => {
			this.own(id);
			return { data: this.salon.location.staff.map((one) => ({ fired: 0, hidden: 0, ...one })) };
		};
		const services: Route['handle'] = ({ ids: [id] }) => {
			this.own(id);
			return { data: this.salon.location.services.map((one) => this.serviceView(one)) };
		};
		return [
			route('GET', '/companies', () => ({ data: [company()], meta: { total_count: 1 } })),
			route('GET', '/company/:id', ({ ids: [id] }) => (this.own(id), { data: company() })),
			route('GET', '/company/:id/staff', staff),
			route('GET', '/staff/:id', staff),
			route('GET', '/company/:id/services', services),
			route('GET', '/services/:id', services),
			route('GET', '/hooks_settings/:id', ({ ids: [id] }) => (this.own(id), { data: this.hooks.view() })),
			route('POST', '/hooks_settings/:id', ({ ids: [id], body }) => {
				this.own(id);
				return { status: 201, data: this.hooks.replace(body) };
			}),
		];
	}

	private serviceView({ id, title, price, seconds, staff }: AltegioLocation['services'][number]) {
		return {
			id,
			title,
			category_id: 1,
			price_min: price,
			price_max: price,
			discount: 0,
			duration: seconds,
			active: 1,
			staff: Object.entries(staff).map(([member, length]) => ({ id: Number(member), seance_length: length })),
		};
	}

	/** Online booking asks for a partner token alone. */
	private bookingRoutes(): Route[] {
		const serviceOf = (query: URLSearchParams) => Number(query.get('service_ids[]'));
		const staffOf = (query: URLSearchParams) => {
			const staff = this.salon.staffFor(serviceOf(query));
			const chosen = Number(query.get('staff_id') ?? 0);
			return chosen ? staff.filter(({ id }) => id === chosen) : staff;
		};
		const dates: Route['handle'] = ({ ids: [id], query }) => {
			this.own(id);
			const first = this.salon.local(Date.parse(`${query.get('date_from')}T12:00:00Z`)).startOf('day');
			const days = Array.from({ length: 62 }, (_, index) => first.plus({ days: index }).toISODate() ?? '');
			const free = days.filter(
				(day) =>
					day <= (query.get('date_to') ?? '') &&
					staffOf(query).some((member) => this.salon.times(serviceOf(query), member.id, day).length > 0),
			);
			return { data: { booking_days: {}, booking_dates: free, working_days: {}, working_dates: free } };
		};
		const staff: Route['handle'] = ({ ids: [id], query }) => {
			this.own(id);
			const at = query.get('datetime');
			const start = at ? this.salon.moment(at) : undefined;
			const data = staffOf(query).map((member) => {
				const day = start === undefined ? undefined : this.salon.local(start).toISODate();
				const times = day ? this.salon.times(serviceOf(query), member.id, day) : [];
				return {
					id: String(member.id),
					name: member.name,
					bookable: start === undefined || times.includes(start),
					specialization: member.specialization,
					seances: [],
				};
			});
			return { data };
		};
		const times: Route['handle'] = ({ ids: [id, member = 0], query, parts: [, , day = ''] }) => {
			this.own(id);
			const seconds = this.salon.service(serviceOf(query)).staff[member];
			const data = this.salon.times(serviceOf(query), member, day).map((start) => ({
				time: this.salon.local(start).toFormat('H:mm'),
				seance_length: seconds,
				datetime: this.salon.local(start).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"),
			}));
			return { data };
		};
		return [
			this.route('GET', '/book_dates/:id', dates, false),
			this.route('GET', '/book_staff/:id', staff, false),
			this.route('GET', '/book_times/:id/:id/:day', times, false),
			this.route('GET', '/book_services/:id', ({ ids: [id] }) => this.bookServices(id), false),
		];
	}

	private bookServices(company: number | undefined): Answer {
		this.own(company);
		const services = this.salon.location.services.map((one) => this.serviceView(one));
		return { data: { events: [], services, category: [] } };
	}

	private recordRoutes(): Route[] {
		const { route } = this;
		const view = (id: number) => recordView(this.salon, this.records.find(id));
		return [
			route('GET', '/records/:id', ({ ids: [id], query }) => (this.own(id), this.records.list(query))),
			route('POST', '/records/:id', ({ ids: [id], body }) => {
				this.own(id);
				const data = view(this.records.create(body).id);
				return { status: 201, data: this.settings.createdAs === 'object' ? data : [data] };
			}),
			route('GET', '/record/:id/:id', ({ ids: [id, record = 0] }) => (this.own(id), { data: view(record) })),
			route('PUT', '/record/:id/:id', ({ ids: [id, record = 0], body }) => {
				this.own(id);
				return { status: 201, data: this.records.replace(record, body) };
			}),
			route('DELETE', '/record/:id/:id', ({ ids: [id, record = 0] }) => {
				this.own(id);
				this.records.remove(record);
				return { status: 204, data: null };
			}),
			route('GET', '/visits/:id', ({ ids: [visit = 0] }) => ({ data: this.records.visit(visit) })),
			route('GET', '/visit/details/:id/:id/:id', ({ ids: [id, , visit = 0] }) => {
				this.own(id);
				return { data: this.records.visitDetails(visit) };
			}),
		];
	}

	private clientRoutes(): Route[] {
		const { route } = this;
		return [
			route(
				'POST',
				'/company/:id/clients/search',
				({ ids: [id], body }) => (this.own(id), this.clients.search(body)),
			),
			route('GET', '/clients/:id', ({ ids: [id], query }) => (this.own(id), this.clients.list(query))),
			route('POST', '/clients/:id', ({ ids: [id], body }) => {
				this.own(id);
				return { status: 201, data: this.clients.create(body) };
			}),
			route('GET', '/client/:id/:id', ({ ids: [id, client = 0] }) => {
				this.own(id);
				return { data: clientView(this.clients.find(client)) };
			}),
			route('PUT', '/client/:id/:id', ({ ids: [id, client = 0], body }) => {
				this.own(id);
				return { data: this.clients.replace(client, body) };
			}),
		];
	}
}

/** What the sandbox needs of this provider. */
export const sandbox: SandboxEntry = {
	create: ({ send }) => new AltegioSimulator({ send }),
	panel: altegioPanel,
	credentials: [
		{ name: 'Altegio', type: 'altegioApi', data: { ...CREDENTIALS, webhookSecret: WEBHOOK_SECRET } },
	],
	choices: {
		'n8n-nodes-frontdesk.altegioTrigger': { location: { __rl: true, mode: 'id', value: '123456' } },
	},
	settings: { altegioLocation: '123456', altegioService: '331' },
};
