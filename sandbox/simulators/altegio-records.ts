import type { AltegioHooks } from './altegio-hooks';
import {
	Refusal,
	type AltegioBooking,
	type AltegioClient,
	type AltegioLine,
	type AltegioSalon,
} from './altegio-state';
import { changedView, clientView, paymentsView, recordView } from './altegio-views';

type Json = Record<string, unknown>;

const PAGE = 50;
/** Not documented; others ask for 200 and get them. */
const LARGEST_PAGE = 200;

const asMap = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** Appointments: what /records and /record do. */
export class AltegioRecords {
	constructor(
		private readonly salon: AltegioSalon,
		private readonly hooks: AltegioHooks,
	) {}

	/** An appointment; cancelled ones too. */
	find(id: number): AltegioBooking {
		const found = this.salon.bookings.get(id);
		if (!found) throw new Refusal(404, 'The appointment was not found');
		return found;
	}

	list(query: URLSearchParams) {
		const count = Math.min(Number(query.get('count') ?? PAGE), LARGEST_PAGE);
		const page = Number(query.get('page') ?? 1);
		const found = [...this.salon.bookings.values()]
			.filter(this.filterFor(query))
			.sort((a, b) => a.start - b.start || a.id - b.id);
		const withPayments = query.get('include_finance_transactions') === '1';
		const data = found.slice((page - 1) * count, page * count).map((booking) => ({
			...recordView(this.salon, booking),
			...(withPayments && { finance_transactions: paymentsView(this.salon, booking) }),
		}));
		return { data, meta: { page, total_count: found.length } };
	}

	private filterFor(query: URLSearchParams): (booking: AltegioBooking) => boolean {
		const midnight = (day: string | null, days: number) =>
			day ? this.salon.local(this.salon.moment(day)).plus({ days }).toMillis() : undefined;
		const from = midnight(query.get('start_date'), 0) ?? -Infinity;
		const to = midnight(query.get('end_date'), 1) ?? Infinity;
		const staff = query.get('staff_id');
		const client = query.get('client_id');
		const changedAfter = query.get('changed_after')?.slice(0, 19) ?? '';
		const withDeleted = query.get('with_deleted') === '1';
		return (booking) =>
			(withDeleted || !booking.deleted) &&
			booking.start >= from &&
			booking.start < to &&
			(!staff || String(booking.staffId) === staff) &&
			(!client || String(booking.clientId) === client) &&
			booking.changedAt.slice(0, 19) >= changedAfter;
	}

	/** POST /records: everything needed, the time free unless `save_if_busy`. */
	create(body: Json, byApi = true): AltegioBooking {
		const { salon } = this;
		const id = salon.newId();
		const stamp = salon.stamp();
		const booking: AltegioBooking = {
			...this.fieldsFrom(body, { id }),
			id,
			visitId: salon.newId(),
			confirmed: 1,
			deleted: false,
			online: !byApi,
			paid: 0,
			createdAt: stamp,
			changedAt: stamp,
		};
		salon.bookings.set(id, booking);
		this.tell('create', booking, byApi);
		return booking;
	}

	/** PUT /record: what is not sent is gone, and a service without its price costs nothing. */
	replace(id: number, body: Json, byApi = true) {
		const booking = this.find(id);
		if (booking.deleted) throw new Refusal(404, 'The appointment was not found');
		Object.assign(booking, this.fieldsFrom(body, { id, before: booking }), { changedAt: this.salon.stamp() });
		this.tell('update', booking, byApi);
		return changedView(this.salon, booking);
	}

	/** Changes single facts, as staff do in the calendar. */
	edit(id: number, changes: Partial<AltegioBooking>): AltegioBooking {
		const booking = Object.assign(this.find(id), changes, { changedAt: this.salon.stamp() });
		this.tell('update', booking, false);
		return booking;
	}

	remove(id: number, byApi = true): void {
		const booking = this.find(id);
		if (booking.deleted) throw new Refusal(404, 'The appointment was not found');
		Object.assign(booking, { deleted: true, changedAt: this.salon.stamp() });
		this.tell('delete', booking, byApi);
	}

	visit(visitId: number) {
		const bookings = [...this.salon.bookings.values()].filter((one) => one.visitId === visitId);
		const [first] = bookings;
		if (!first) throw new Refusal(404, 'The visit was not found');
		const records = bookings.map((booking) => recordView(this.salon, booking));
		return { attendance: first.attendance, datetime: records[0]?.datetime, comment: 0, records };
	}

	visitDetails(visitId: number) {
		const bookings = [...this.salon.bookings.values()].filter((one) => one.visitId === visitId);
		const payments = bookings.flatMap((booking) => paymentsView(this.salon, booking));
		return { payment_transactions: payments, loyalty_transactions: [], items: [] };
	}

	private fieldsFrom(body: Json, { id, before }: { id: number; before?: AltegioBooking }) {
		const { salon } = this;
		const lines = body.services as AltegioLine[] | undefined;
		if (!Array.isArray(lines) || lines.length === 0) {
			throw new Refusal(422, 'Validation failed', { services: ['cannot be blank'] });
		}
		const staffId = salon.member(Number(body.staff_id)).id;
		const listed = lines.reduce(
			(sum, line) => sum + (salon.service(line.id).staff[staffId] ?? salon.service(line.id).seconds),
			0,
		);
		const start = salon.moment(String(body.datetime ?? ''));
		const length = Number(body.seance_length ?? listed);
		if (body.save_if_busy !== true && !salon.isFree(staffId, start, length, before && id)) {
			throw new Refusal(422, 'The selected time is already taken or not a working time');
		}
		const priced = lines.map((line) => ({
			...line,
			cost: line.cost ?? (before ? 0 : salon.service(line.id).price),
		}));
		return {
			staffId,
			services: priced,
			start,
			length,
			clientId: salon.clientFor(asMap(body.client) as { phone?: string })?.id,
			attendance: Number(body.attendance ?? 0),
			comment: String(body.comment ?? ''),
			apiId: String(body.api_id ?? ''),
			customFields: asMap(body.custom_fields),
		};
	}

	/** Webhooks show the client by display_name, and the phone with its plus. */
	private tell(status: 'create' | 'update' | 'delete', booking: AltegioBooking, byApi: boolean): void {
		if (this.hooks.hooks.length === 0) return;
		const { client, ...record } = recordView(this.salon, booking);
		const shown = client && {
			...client,
			display_name: [client.name, client.surname].filter(Boolean).join(' '),
			phone: `+${client.phone}`,
		};
		const data = { ...record, client: shown };
		this.hooks.tell({ resource: 'record', resourceId: booking.id, status, data, byApi });
	}
}

/** Clients: what /clients/search, /clients and /client do. */
export class AltegioClients {
	constructor(
		private readonly salon: AltegioSalon,
		private readonly hooks: AltegioHooks,
	) {}

	find(id: number): AltegioClient {
		const found = this.salon.clients.get(id);
		if (!found) throw new Refusal(404, 'The client was not found');
		return found;
	}

	/** Only the fields asked for; custom fields never, as seen by others. */
	search(body: Json) {
		const {
			page = 1,
			page_size: size = 25,
			fields = ['id'],
			filters = [],
		} = body as {
			page?: number;
			page_size?: number;
			fields?: string[];
			filters?: Array<{ type: string; state: Json }>;
		};
		const count = Math.min(size, LARGEST_PAGE);
		const all = [...this.salon.clients.values()].filter((client) =>
			filters.every((filter) => this.fits(client, filter)),
		);
		const sorted = body.order_by === 'name' ? all.sort((a, b) => a.name.localeCompare(b.name)) : all;
		if (body.order_by_direction === 'DESC') sorted.reverse();
		const data = sorted.slice((page - 1) * count, page * count).map((client) => {
			const view: Json = { ...clientView(client), sold_amount: 0, visits_count: 0 };
			const wanted = fields.filter((field) => field !== 'custom_fields' && field in view);
			return Object.fromEntries(wanted.map((field) => [field, view[field]]));
		});
		return { data, meta: { total_count: all.length } };
	}

	private fits(client: AltegioClient, { type, state }: { type: string; state: Json }): boolean {
		const values = [state.value].flat();
		switch (type) {
			case 'quick_search': {
				const text = String(state.value).toLowerCase();
				const words = [client.name, client.surname, client.phone].join(' ').toLowerCase();
				return words.includes(text);
			}
			case 'id':
				return values.includes(client.id);
			case 'category':
				return client.categories.some(({ id }) => values.includes(id));
			case 'birthday':
				return (
					client.birth_date >= String(state.from ?? '') && client.birth_date <= String(state.to ?? '9999')
				);
			default:
				return true;
		}
	}

	/** The old list, which looks into e-mails. */
	list(query: URLSearchParams) {
		const email = (query.get('email') ?? '').toLowerCase();
		const found = [...this.salon.clients.values()].filter((client) =>
			client.email.toLowerCase().includes(email),
		);
		return { data: found.map(clientView), meta: { page: 1, total_count: found.length } };
	}

	create(body: Json, byApi = true) {
		const fields = this.fieldsFrom(body);
		if ([...this.salon.clients.values()].some(({ phone }) => phone === fields.phone)) {
			throw new Refusal(422, 'A client with this phone already exists');
		}
		const client = { ...fields, id: this.salon.newId() };
		this.salon.clients.set(client.id, client);
		this.tell('create', client, byApi);
		return clientView(client);
	}

	/** PUT: name and phone are asked for, and what is not sent is emptied. */
	replace(id: number, body: Json, byApi = true) {
		const client = Object.assign(this.find(id), this.fieldsFrom(body));
		this.tell('update', client, byApi);
		return clientView(client);
	}

	private fieldsFrom(body: Json): Omit<AltegioClient, 'id'> {
		const phone = String(body.phone ?? '').replace(/\D/g, '');
		const errors = {
			...(!body.name && { name: ['cannot be blank'] }),
			...((phone.length < 9 || phone.length > 15) && { phone: ['must have 9 to 15 digits'] }),
		};
		if (Object.keys(errors).length > 0) throw new Refusal(422, 'Validation failed', errors);
		const ids = [(body.labels ?? body.categories ?? []) as number[]].flat();
		return {
			name: String(body.name),
			surname: String(body.surname ?? ''),
			phone,
			email: String(body.email ?? ''),
			comment: String(body.comment ?? ''),
			birth_date: String(body.birth_date ?? ''),
			categories: ids.map((id) => ({ id, title: `Category ${id}` })),
			custom_fields: asMap(body.custom_fields),
			discount: Number(body.discount ?? 0),
			changed: this.salon.stamp(),
		};
	}

	private tell(status: 'create' | 'update', client: AltegioClient, byApi: boolean): void {
		const view = clientView(client);
		const data = { ...view, phone: `+${client.phone}` };
		this.hooks.tell({ resource: 'client', resourceId: client.id, status, data, byApi });
	}
}
