import {
	addMinutes,
	findVariant,
	isFree,
	placePart,
	Refused,
	type Salon,
	type Visit,
} from './booksy-calendar';
import { json, readJson, type SimRequest, type SimResponse } from './kit';
import type { AppointmentState } from './panel';

/** What the gateway needs of the simulator around it. */
export interface GatewayHost {
	salon: Salon;
	apiKey: string;
	nextId(): number;
	/** Local time of the salon. */
	nowLocal(): string;
}

/** A accepted, C cancelled, D declined, F finished, N no-show, W waiting. */
export const STATUS_WORDS: Record<string, AppointmentState> = {
	A: 'confirmed',
	C: 'cancelled',
	D: 'cancelled',
	F: 'completed',
	N: 'no_show',
	W: 'pending',
};

const failure = (status: number, error: string) => json(status, { success: false, error });

function writeVisit(salon: Salon, visit: Visit) {
	const part = visit.parts[0];
	const [date, time] = (part?.booked_from ?? '').split('T');
	const staff = salon.workers.find(({ id }) => id === part?.staffer_id);
	return {
		id: String(visit.id),
		date,
		time,
		end_time: part?.booked_till.slice(11),
		status: STATUS_WORDS[visit.status],
		service_id: String(part?.service_variant_id),
		service_name: part?.service_name,
		staff_id: String(staff?.id),
		staff_name: staff?.name,
		customer_name: visit.customer_name,
		customer_email: visit.customer_email,
		customer_phone: visit.customer_phone,
		price: findVariant(salon, part?.service_variant_id ?? 0).variant.price,
		currency: salon.currency,
		...(visit.business_note && { notes: visit.business_note }),
		...(visit.lead_key && { lead_key: visit.lead_key }),
	};
}

type Body = Record<string, string | undefined>;

function required(body: Body, ...names: string[]): void {
	const missing = names.filter((name) => !body[name]);
	if (missing.length > 0) throw new Refused('invalid', `Missing: ${missing.join(', ')}`);
}

const wantedFrom = (body: Body) => ({
	booked_from: `${body.date}T${body.time}`,
	service_variant_id: Number(body.service_id),
	staffer_id: body.staff_id ? Number(body.staff_id) : -1,
});

function availability({ salon, nowLocal }: GatewayHost, query: URLSearchParams): SimResponse {
	const date = query.get('date') ?? '';
	const service = query.get('service_id');
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Refused('invalid', 'Missing: date');
	const { duration } = service ? findVariant(salon, Number(service)).variant : { duration: 60 };
	const asked = query.get('staff_id');
	const staff = salon.workers.filter(({ id, type }) => type === 'S' && (!asked || String(id) === asked));
	const times = Array.from({ length: 96 }, (_, quarter) => addMinutes(`${date}T00:00`, quarter * 15));
	const free = times.filter(
		(from) =>
			from >= nowLocal() && staff.some(({ id }) => isFree(salon, id, from, addMinutes(from, duration))),
	);
	return json(200, { available_slots: free.map((from) => from.slice(11)) });
}

function create({ salon, nextId }: GatewayHost, body: Body): SimResponse {
	required(body, 'customer_name', 'date', 'time', 'service_id');
	const visit: Visit = {
		id: nextId(),
		booked_for_id: null,
		status: 'A',
		type: 'B',
		customer_name: body.customer_name ?? null,
		customer_phone: body.customer_phone ?? null,
		customer_email: body.customer_email ?? null,
		customer_note: null,
		business_note: body.notes ?? null,
		import_uid: null,
		parts: [placePart(salon, wantedFrom(body), nextId())],
		repeating: false,
		lead_key: body.lead_key,
	};
	salon.visits.push(visit);
	// The contract's own answer, and no more.
	const { id, date, time, service_name, staff_name } = writeVisit(salon, visit);
	return json(201, { id, date, time, service_name, staff_name });
}

const STATUS_CHANGES: Record<string, string> = { cancelled: 'C', confirmed: 'A', no_show: 'N' };

function change({ salon, nextId }: GatewayHost, visit: Visit, body: Body): SimResponse {
	if (body.status !== undefined) {
		const status = STATUS_CHANGES[body.status];
		if (!status) throw new Refused('invalid', `Unknown status: ${body.status}`);
		visit.status = status;
	}
	if (body.reason) visit.reason = body.reason;
	if (body.date && body.time) {
		const before = writeVisit(salon, visit);
		const wanted = wantedFrom({ ...before, ...body } as Body);
		visit.parts = [placePart(salon, wanted, visit.parts[0]?.id ?? nextId(), { except: visit })];
	}
	return json(200, writeVisit(salon, visit));
}

function list({ salon }: GatewayHost, query: URLSearchParams): SimResponse {
	const [from, to] = [query.get('date_from') ?? '', query.get('date_to') ?? '9999'];
	const staff = query.get('staff_id');
	const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 20)];
	const found = salon.visits
		.map((visit) => writeVisit(salon, visit))
		.filter(({ date = '', staff_id }) => from <= date && date <= to && (!staff || staff_id === staff))
		.sort((a, b) => `${a.date}${a.time}`.localeCompare(`${b.date}${b.time}`));
	return json(200, { appointments: found.slice((page - 1) * limit, page * limit), total: found.length });
}

const services = ({ salon }: GatewayHost) =>
	json(200, {
		services: salon.treatments.flatMap(({ name, variants }) =>
			variants.map(({ id, label, duration, price }) => ({
				id: String(id),
				name: [name, label].filter(Boolean).join(', '),
				duration,
				price,
				currency: salon.currency,
			})),
		),
	});

const staffList = ({ salon }: GatewayHost) =>
	json(200, {
		staff: salon.workers.filter(({ type }) => type === 'S').map(({ id, name }) => ({ id: String(id), name })),
	});

function route(host: GatewayHost, request: SimRequest, [what, id]: string[]): SimResponse | undefined {
	const { method, url } = request;
	const body = (readJson(request) ?? {}) as Body;
	if (what === 'availability' && method === 'GET') return availability(host, url.searchParams);
	if (what === 'services' && method === 'GET') return services(host);
	if (what === 'staff' && method === 'GET') return staffList(host);
	if (what !== 'appointments') return undefined;
	if (id === undefined) {
		if (method === 'POST') return create(host, body);
		return method === 'GET' ? list(host, url.searchParams) : undefined;
	}
	const visit = host.salon.visits.find((one) => String(one.id) === id);
	if (!visit) throw new Refused('missing', 'Appointment not found');
	if (method === 'GET') return json(200, writeVisit(host.salon, visit));
	return method === 'PATCH' ? change(host, visit, body) : undefined;
}

const STATUS = { conflict: 409, invalid: 400, missing: 404, repeating: 422 };

/**
 * A gateway that offers the bearer-key contract at `/v1`: `GET /availability` and `POST /appointments` as
 * integration guides print them; the other paths are one reading of how the contract goes on.
 */
export function answerGateway(host: GatewayHost, request: SimRequest): SimResponse {
	const [version, ...parts] = request.url.pathname.split('/').filter(Boolean);
	if (request.headers.authorization !== `Bearer ${host.apiKey}`) return failure(401, 'Invalid API key');
	try {
		const answer = version === 'v1' ? route(host, request, parts) : undefined;
		return answer ?? failure(404, 'Not found');
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		return failure(STATUS[error.kind], error.message);
	}
}
