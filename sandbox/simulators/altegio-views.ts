import type { AltegioBooking, AltegioClient, AltegioSalon } from './altegio-state';

/** PHP writes an empty map as a list. */
const map = (fields: Record<string, unknown>) => (Object.keys(fields).length > 0 ? fields : []);

/** A client as GET /client answers: the phone a number, birth_date 0 where unknown, custom_fields a list when empty. */
export const clientView = (client: AltegioClient) => ({
	id: client.id,
	name: client.name,
	surname: client.surname,
	patronymic: '',
	phone: Number(client.phone),
	email: client.email,
	categories: client.categories,
	sex: 'Unknown',
	sex_id: 0,
	discount: client.discount,
	importance_id: 0,
	importance: 'No class',
	card: '',
	birth_date: client.birth_date || 0,
	comment: client.comment,
	sms_check: 0,
	sms_not: 0,
	spent: 0,
	balance: 0,
	visits: 0,
	last_change_date: client.changed ?? '2026-01-01T12:00:00+0100',
	custom_fields: map(client.custom_fields),
});

/** The client inside an appointment: fewer fields, none of the custom ones. */
const shortClient = ({ id, name, surname, phone, email }: AltegioClient) => ({
	id,
	name,
	surname,
	patronymic: '',
	phone: Number(phone),
	card: '',
	email,
	success_visits_count: 0,
	fail_visits_count: 0,
});

/** An appointment as GET /record answers. */
export function recordView(salon: AltegioSalon, booking: AltegioBooking) {
	const { name, specialization } = salon.member(booking.staffId);
	const client = booking.clientId === undefined ? undefined : salon.clients.get(booking.clientId);
	const start = salon.iso(booking.start);
	const total = booking.services.reduce((sum, line) => sum + (line.cost ?? 0), 0);
	return {
		id: booking.id,
		company_id: salon.location.id,
		staff_id: booking.staffId,
		services: booking.services.map((line) => ({
			id: line.id,
			title: salon.service(line.id).title,
			cost: line.cost ?? 0,
			cost_to_pay: line.cost ?? 0,
			manual_cost: line.cost ?? 0,
			cost_per_unit: line.cost ?? 0,
			discount: line.discount ?? 0,
			first_cost: line.first_cost ?? line.cost ?? 0,
			amount: line.amount ?? 1,
		})),
		goods_transactions: [],
		staff: { id: booking.staffId, name, specialization },
		client: client ? shortClient(client) : null,
		comer: null,
		clients_count: 1,
		date: start.slice(0, 19).replace('T', ' '),
		datetime: start,
		create_date: booking.createdAt,
		comment: booking.comment,
		online: booking.online,
		visit_attendance: booking.attendance,
		attendance: booking.attendance,
		confirmed: booking.confirmed,
		seance_length: booking.length,
		length: booking.length,
		notified: 0,
		api_id: booking.apiId,
		from_url: '',
		visit_id: String(booking.visitId),
		created_user_id: 1073232,
		deleted: booking.deleted,
		paid_full: booking.paid > 0 && booking.paid >= total ? 1 : 0,
		prepaid: false,
		prepaid_confirmed: false,
		last_change_date: booking.changedAt,
		custom_color: '',
		record_labels: [],
		activity_id: 0,
		custom_fields: map(booking.customFields),
		documents: [],
		sms_remain_hours: 0,
		email_remain_hours: 0,
	};
}

/** Payments for an appointment. */
export const paymentsView = (salon: AltegioSalon, booking: AltegioBooking) =>
	booking.paid > 0
		? [
				{
					id: booking.id + 1,
					amount: booking.paid,
					date: salon.local(booking.start).plus({ seconds: booking.length }).toFormat('yyyy-MM-dd HH:mm:ss'),
					record_id: booking.id,
					account: { id: 1, title: 'Cash' },
				},
			]
		: [];

/** What PUT /record answers (REST documentation): without date, visit and company, and a datetime without offset. */
export function changedView(salon: AltegioSalon, booking: AltegioBooking) {
	const { id, services, client, staff, date, seance_length, create_date, comment, confirmed, api_id } =
		recordView(salon, booking);
	return {
		id,
		services,
		client,
		clients_count: 1,
		staff,
		datetime: date,
		seance_length,
		create_date,
		comment,
		visit_attendance: booking.attendance,
		confirmed,
		api_id,
		from_url: '',
		activity_id: 0,
	};
}
