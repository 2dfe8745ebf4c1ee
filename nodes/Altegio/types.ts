import type { IDataObject } from 'n8n-workflow';
import { fitted, type Kind } from '../../lib/fit';

/** Altegio writes ids as numbers in most places and as text in some (`visit_id`, staff of online booking). */
export type Id = number | string;

/** A location. */
export interface Company {
	id: Id;
	title?: string;
	/** IANA zone. */
	timezone_name?: string;
}

export interface StaffMember {
	id: Id;
	name?: string;
	specialization?: string;
	fired?: Id | boolean;
	hidden?: Id | boolean;
	/** Only in online booking: has free time. */
	bookable?: boolean;
}

export interface Service {
	id: Id;
	title?: string;
	category_id?: Id;
	price_min?: number;
	price_max?: number;
	/** Seconds. */
	duration?: number | null;
	active?: Id;
	/** Who does it; `seance_length` in seconds. */
	staff?: Array<{ id: Id; seance_length?: number }>;
}

/** PHP writes an empty map as a list. */
export type CustomFields = IDataObject | unknown[];

export interface Client {
	id: Id;
	name?: string;
	surname?: string;
	patronymic?: string;
	/** Name and surname; only in webhooks. */
	display_name?: string;
	/** As a number the leading plus is lost. */
	phone?: Id;
	email?: string;
	categories?: Array<{ id: Id; title?: string }>;
	sex_id?: number;
	importance_id?: number;
	discount?: number;
	card?: string;
	/** YYYY-MM-DD; 0 where unknown. */
	birth_date?: string | 0;
	comment?: string;
	sms_check?: number;
	sms_not?: number;
	spent?: number;
	sold_amount?: number;
	balance?: number;
	visits?: number;
	visits_count?: number;
	last_change_date?: string;
	custom_fields?: CustomFields;
}

export interface RecordService {
	id: Id;
	title?: string;
	first_cost?: number;
	discount?: number;
	cost?: number;
	/** What the client pays for the line, discounts taken off. */
	cost_to_pay?: number;
	amount?: number;
}

/** An appointment, which Altegio calls a record (YCLIENTS REST documentation, records). */
export interface AltegioRecord {
	id: Id;
	company_id?: Id;
	staff_id?: Id;
	staff?: { id?: Id; name?: string } | null;
	services?: RecordService[];
	client?: Client | null;
	/** "YYYY-MM-DD HH:MM:SS" on the location's clocks. */
	date?: string;
	/** ISO 8601; its offset has been wrong around clock changes, and an update answers with none. */
	datetime?: string;
	create_date?: string;
	last_change_date?: string;
	/** Seconds. */
	seance_length?: number;
	length?: number;
	comment?: string;
	/** 2 confirmed by the client, 1 came, 0 awaited, -1 did not come. */
	attendance?: number;
	visit_attendance?: number;
	/** 0: an online booking that the business has not confirmed yet. */
	confirmed?: number;
	deleted?: boolean | number;
	paid_full?: number | boolean;
	payment_status?: Id;
	api_id?: Id;
	visit_id?: Id;
	short_link?: string;
	custom_color?: string;
	record_labels?: Array<{ id: Id }>;
	custom_fields?: CustomFields;
	sms_remain_hours?: number;
	email_remain_hours?: number;
	activity_id?: Id;
	/** With include_finance_transactions. */
	finance_transactions?: Payment[];
}

export interface Payment {
	id?: Id;
	amount?: number;
	date?: string;
	record_id?: Id;
	account?: { id?: Id; title?: string };
}

export interface Visit {
	attendance?: number;
	datetime?: string;
	/** 0 where empty. */
	comment?: string | 0;
	records: AltegioRecord[];
}

/** A custom-field map, empty where PHP wrote a list. */
export const fieldsOf = (fields: CustomFields | undefined): IDataObject =>
	fields === undefined || fields === null || Array.isArray(fields) ? {} : fields;

/** Text of an id, null where there is none; Altegio writes 0 for "none". */
export const idText = (id: Id | null | undefined): string | null =>
	id === undefined || id === null || id === '' || String(id) === '0' ? null : String(id);

const CLIENT: Kind = {
	...{ id: 'id', name: 'text', surname: 'text', display_name: 'text', phone: 'scalar', email: 'text' },
	...{ birth_date: 'text', comment: 'text', discount: 'number', balance: 'number', spent: 'number' },
	...{ sold_amount: 'number', visits: 'number', visits_count: 'number', last_change_date: 'text' },
	categories: [{ id: 'id', title: 'text' }],
	custom_fields: 'map',
};

const RECORD: Kind = {
	...{ id: 'id', staff_id: 'id', api_id: 'id', visit_id: 'id', short_link: 'text', comment: 'text' },
	...{ date: 'text', datetime: 'text', create_date: 'text', last_change_date: 'text' },
	...{ seance_length: 'number', length: 'number', attendance: 'number', visit_attendance: 'number' },
	...{ confirmed: 'number', deleted: 'flag', paid_full: 'flag', client: CLIENT },
	staff: { id: 'id', name: 'text' },
	services: [
		{ id: 'id', title: 'text', cost: 'number', cost_to_pay: 'number', amount: 'number', discount: 'number' },
	],
};

/** An appointment without what is not as Altegio documents it. */
export const soundRecord = (record: unknown): AltegioRecord =>
	(fitted(record, RECORD) ?? {}) as AltegioRecord;

/** A client without what is not as Altegio documents it. */
export const soundClient = (client: unknown): Client => (fitted(client, CLIENT) ?? {}) as Client;
