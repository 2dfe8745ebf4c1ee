import { placePart, Refused, type Part, type Salon, type Visit, type WantedPart } from './booksy-calendar';
import { json, readJson, type SimRequest, type SimResponse } from './kit';

/** A change as Booksy tells partners of it. */
export type Action = 'CREATED' | 'MODIFIED' | 'CANCELLED';

/** What the API needs of the simulator around it. */
export interface PartnerHost {
	salons: Salon[];
	nextId(): number;
	tell(salon: Salon, visit: Visit, action: Action): Promise<void>;
}

const failure = (status_code: number, code: string, description: string) =>
	json(status_code, { status_code, code, description });

const notFound = () => failure(404, 'not_found', 'Requested object not found');

const STATUS_PATHS: Record<string, string> = {
	cancel: 'C',
	confirm: 'A',
	decline: 'D',
	finish: 'F',
	no_show: 'N',
};

/** An appointment as the API writes it. */
export function writeVisit(salon: Salon, visit: Visit): Record<string, unknown> {
	const { parts } = visit;
	return {
		id: visit.id,
		business_id: salon.id,
		booked_for_id: visit.booked_for_id,
		booked_from: parts[0]?.booked_from,
		booked_till: parts.at(-1)?.booked_till,
		status: visit.status,
		type: visit.type,
		customer_name: visit.customer_name,
		customer_phone: visit.customer_phone,
		customer_email: visit.customer_email,
		customer_note: visit.customer_note,
		business_note: visit.business_note,
		business_timezone: salon.timezone,
		import_uid: visit.import_uid,
		subbookings: parts,
		traveling: null,
	};
}

function page(request: SimRequest, list: unknown[]): SimResponse {
	const { searchParams, href } = request.url;
	const limit = Number(searchParams.get('limit') ?? 20);
	const offset = Number(searchParams.get('offset') ?? 0);
	const at = (start: number) => {
		const link = new URL(href);
		link.searchParams.set('offset', String(start));
		return link.href;
	};
	return json(200, {
		count: list.length,
		next: offset + limit < list.length ? at(offset + limit) : null,
		previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
		results: list.slice(offset, offset + limit),
	});
}

const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

function readParts(body: Record<string, unknown>): WantedPart[] {
	const list = Array.isArray(body.subbookings) ? (body.subbookings as WantedPart[]) : [];
	if (list.length === 0) throw new Refused('invalid', 'subbookings: This field is required.');
	for (const part of list) {
		if (!LOCAL.test(part.booked_from)) throw new Refused('invalid', 'booked_from: Wrong datetime format.');
		if (typeof part.staffer_id !== 'number' || typeof part.service_variant_id !== 'number') {
			throw new Refused('invalid', 'A valid integer is required.');
		}
	}
	return list;
}

const textIn = (body: Record<string, unknown>, key: string) =>
	typeof body[key] === 'string' && body[key] !== '' ? body[key] : null;

function placeAll(host: PartnerHost, salon: Salon, body: Record<string, unknown>, except?: Visit): Part[] {
	const force = body.force === true;
	return readParts(body).map((wanted, index) =>
		placePart(salon, wanted, except?.parts[index]?.id ?? host.nextId(), { force, except }),
	);
}

const clientOf = (body: Record<string, unknown>) => ({
	booked_for_id: typeof body.booked_for_id === 'number' ? body.booked_for_id : null,
	customer_name: textIn(body, 'customer_name'),
	customer_phone: textIn(body, 'customer_phone'),
	customer_email: textIn(body, 'customer_email'),
	business_note: textIn(body, 'business_note'),
});

async function create(host: PartnerHost, salon: Salon, body: Record<string, unknown>): Promise<SimResponse> {
	const visit: Visit = {
		id: host.nextId(),
		...clientOf(body),
		status: 'A',
		type: 'B',
		customer_note: null,
		import_uid: null,
		parts: placeAll(host, salon, body),
		repeating: false,
	};
	salon.visits.push(visit);
	await host.tell(salon, visit, 'CREATED');
	return json(201, writeVisit(salon, visit));
}

async function replace(host: PartnerHost, salon: Salon, visit: Visit, body: Record<string, unknown>) {
	if (visit.repeating) throw new Refused('repeating', "You can't modify repeating or multi booking.");
	Object.assign(visit, clientOf(body), { parts: placeAll(host, salon, body, visit) });
	await host.tell(salon, visit, 'MODIFIED');
	return json(200, writeVisit(salon, visit));
}

function listVisits(request: SimRequest, salon: Salon): SimResponse {
	const { searchParams } = request.url;
	const from = searchParams.get('booked_from') ?? '';
	const till = searchParams.get('booked_till') ?? '9999';
	const found = salon.visits
		.map((visit) => writeVisit(salon, visit))
		.filter(({ booked_from, booked_till }) => String(booked_till) >= from && String(booked_from) <= till)
		.sort((a, b) => String(a.booked_from).localeCompare(String(b.booked_from)));
	return page(request, found);
}

async function appointments(host: PartnerHost, request: SimRequest, salon: Salon, rest: string[]) {
	const [id, word, change] = rest;
	const body = (readJson(request) ?? {}) as Record<string, unknown>;
	if (id === undefined) {
		if (request.method === 'GET') return listVisits(request, salon);
		return request.method === 'POST' ? await create(host, salon, body) : undefined;
	}
	const visit = salon.visits.find((one) => String(one.id) === id);
	if (!visit) return notFound();
	if (word === 'status' && change && request.method === 'PATCH') {
		const status = STATUS_PATHS[change];
		if (!status) return notFound();
		visit.status = status;
		await host.tell(salon, visit, status === 'C' ? 'CANCELLED' : 'MODIFIED');
		return json(200, writeVisit(salon, visit));
	}
	if (request.method === 'GET') return json(200, writeVisit(salon, visit));
	return request.method === 'PUT' ? await replace(host, salon, visit, body) : undefined;
}

function schedules(request: SimRequest, salon: Salon, rest: string[]): SimResponse | undefined {
	if (request.method !== 'GET') return undefined;
	const { searchParams } = request.url;
	const [from, till] = [searchParams.get('date_from') ?? '', searchParams.get('date_to') ?? '9999'];
	const inPeriod = ({ date }: { date: string }) => from <= date && date <= till;
	const [kind, id, what] = rest;
	if (kind === 'custom') return json(200, salon.customDays.filter(inPeriod));
	const one = salon.workers.find((worker) => String(worker.id) === id);
	if (kind !== 'resource' || !one) return notFound();
	if (what === 'default') return json(200, one.week);
	if (what === 'custom') return json(200, one.customDays.filter(inPeriod));
	return what === 'time_off' ? page(request, one.absences) : notFound();
}

function catalogue(request: SimRequest, salon: Salon, what: string, rest: string[]): SimResponse | undefined {
	if (request.method !== 'GET') return undefined;
	if (what === 'resource') {
		return page(
			request,
			salon.workers.map(({ id, name, type, active }) => ({ id, name, type, active })),
		);
	}
	const [id, variant] = rest;
	const plain = salon.treatments.map(({ variants: _variants, ...treatment }) => treatment);
	if (id === undefined) return page(request, plain);
	const treatment = salon.treatments.find((one) => String(one.id) === id);
	if (!treatment) return notFound();
	return variant === 'variant' ? page(request, treatment.variants) : json(200, treatment);
}

const REFUSALS: Record<Refused['kind'], [number, string]> = {
	conflict: [409, 'conflict'],
	invalid: [400, 'invalid'],
	missing: [404, 'not_found'],
	repeating: [422, 'unprocessable_entity'],
};

/**
 * Answers a request below `business/` of one country's Public API.
 *
 * @param route the path's parts behind `business`, without empty ones
 */
export async function answerPartner(
	host: PartnerHost,
	request: SimRequest,
	country: string,
	route: string[],
): Promise<SimResponse> {
	const here = host.salons.filter((salon) => salon.country === country);
	const [id, what, ...rest] = route;
	const summary = ({ id: business, name, timezone }: Salon) => ({
		id: business,
		name,
		timezone,
		status: 'P',
	});
	if (id === undefined) return page(request, here.map(summary));
	const salon = here.find((one) => String(one.id) === id);
	if (!salon)
		return failure(403, 'forbidden', 'The resource requested is not available for current partner.');
	try {
		const answer =
			what === undefined
				? json(200, summary(salon))
				: what === 'appointment'
					? await appointments(host, request, salon, rest)
					: what === 'schedule'
						? schedules(request, salon, rest)
						: what === 'resource' || what === 'service'
							? catalogue(request, salon, what, rest)
							: notFound();
		return answer ?? json(405, { detail: `Method "${request.method}" not allowed.` });
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		const [status, code] = REFUSALS[error.kind];
		return failure(status, code, error.message);
	}
}
