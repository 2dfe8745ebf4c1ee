import { randomUUID } from 'node:crypto';
import {
	forbidden,
	invalid,
	missing,
	Refusal,
	refused,
	type Call,
	type SimAccount,
	type SimContact,
} from './chatwoot-store';
import { contactView, conversationView } from './chatwoot-views';

const PER_PAGE = 15;
const LATEST_CONVERSATIONS = 20;

/** Anchored only at its end (models/contact.rb). */
const PHONE = /\+[1-9]\d{1,14}$/;

type Fields = Record<string, unknown>;

const textOf = (value: unknown) =>
	value === undefined || value === null || value === '' ? null : String(value);
const objectOf = (value: unknown) => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** Only these are listed and filtered: contacts by whom somebody could be known. */
const isResolved = ({ email, phone_number, identifier }: SimContact) =>
	Boolean(email || phone_number || identifier);

function validate(account: SimAccount, contact: SimContact): void {
	const others = [...account.contacts.values()].filter(({ id }) => id !== contact.id);
	const { email, phone_number: phone } = contact;
	const taken = (field: 'email' | 'phone_number' | 'identifier', label: string) =>
		contact[field] !== null && others.some((other) => other[field] === contact[field])
			? [{ message: `${label} has already been taken`, attribute: field }]
			: [];
	const faults = [
		...taken('email', 'Email'),
		...(email !== null && !/^[^@\s]+@[^@\s]+$/.test(email)
			? [{ message: 'Email Invalid email', attribute: 'email' }]
			: []),
		...taken('identifier', 'Identifier'),
		...taken('phone_number', 'Phone number'),
		...(phone !== null && !PHONE.test(phone)
			? [{ message: 'Phone number should be in e164 format', attribute: 'phone_number' }]
			: []),
	];
	if (faults.length > 0) throw invalid(faults);
}

/** Writes what is given; attributes are merged. */
function apply(contact: SimContact, fields: Fields): SimContact {
	const given = (name: string) => name in fields;
	return {
		...contact,
		...(given('name') && { name: textOf(fields.name) ?? '' }),
		...(given('email') && { email: textOf(fields.email)?.toLowerCase() ?? null }),
		...(given('phone_number') && { phone_number: textOf(fields.phone_number) }),
		...(given('identifier') && { identifier: textOf(fields.identifier) }),
		...(given('blocked') && { blocked: fields.blocked === true }),
		additional_attributes: { ...contact.additional_attributes, ...objectOf(fields.additional_attributes) },
		custom_attributes: { ...contact.custom_attributes, ...objectOf(fields.custom_attributes) },
	};
}

/** Who the contact is in an inbox, as Chatwoot works it out (contact_inbox_builder.rb). */
export function sourceIdFor(account: SimAccount, contact: SimContact, inboxId: number): string {
	const inbox = account.inboxes.find(({ id }) => id === inboxId);
	if (!inbox) throw missing();
	switch (inbox.channel_type) {
		case 'Channel::Whatsapp':
			if (!contact.phone_number) throw refused('contact phone number');
			return contact.phone_number.replace('+', '');
		case 'Channel::Api':
		case 'Channel::WebWidget':
			return randomUUID();
		default:
			throw refused(`Unsupported operation for this channel: ${inbox.channel_type}`);
	}
}

/** Puts a contact into an inbox, unless it is there. @returns the source id */
export function joinInbox(
	account: SimAccount,
	contact: SimContact,
	inboxId: number,
	sourceId?: string,
): string {
	const there = contact.inboxes.find(
		(one) => one.inbox_id === inboxId && (sourceId === undefined || one.source_id === sourceId),
	);
	if (there) return there.source_id;
	const source_id = sourceId ?? sourceIdFor(account, contact, inboxId);
	contact.inboxes.push({ source_id, inbox_id: inboxId });
	return source_id;
}

function create({ account, body, now, emit, nextId }: Call) {
	const blank: SimContact = {
		id: nextId('contact'),
		name: '',
		email: null,
		phone_number: null,
		identifier: null,
		blocked: false,
		additional_attributes: {},
		custom_attributes: {},
		last_activity_at: null,
		created_at: now(),
		inboxes: [],
	};
	const contact = apply(blank, body);
	validate(account, contact);
	const inboxId = body.inbox_id === undefined ? undefined : Number(body.inbox_id);
	const source_id =
		inboxId === undefined
			? undefined
			: joinInbox(account, contact, inboxId, textOf(body.source_id) ?? undefined);
	account.contacts.set(contact.id, contact);
	emit({ event: 'contact_created', account, contact });
	const inbox = account.inboxes.find(({ id }) => id === inboxId);
	return {
		payload: {
			contact: contactView(account, contact),
			contact_inbox: {
				inbox: inbox
					? {
							id: inbox.id,
							channel_id: inbox.id,
							account_id: account.id,
							name: inbox.name,
							channel_type: inbox.channel_type,
						}
					: null,
				source_id: source_id ?? null,
			},
		},
	};
}

function found({ account }: Pick<Call, 'account'>, id: string | undefined): SimContact {
	const contact = account.contacts.get(Number(id));
	if (!contact) throw missing();
	return contact;
}

function update(call: Call, id: string | undefined) {
	const { account, body, emit } = call;
	const before = found(call, id);
	const contact = apply(before, body);
	validate(account, contact);
	account.contacts.set(contact.id, contact);
	const changed = (Object.keys(contact) as Array<keyof SimContact>)
		.filter((key) => JSON.stringify(contact[key]) !== JSON.stringify(before[key]))
		.map((key) => ({ [key]: { previous_value: before[key], current_value: contact[key] } }));
	if (changed.length > 0) emit({ event: 'contact_updated', account, contact, changed });
	return { payload: contactView(account, contact) };
}

function remove(call: Call, id: string | undefined) {
	if (call.user.role !== 'administrator') throw forbidden();
	const { id: known } = found(call, id);
	call.account.contacts.delete(known);
	for (const [key, { contact_id }] of call.account.conversations) {
		if (contact_id === known) call.account.conversations.delete(key);
	}
	return undefined;
}

/** The base keeps its own details and gets those it lacks; what the mergee had goes to it. */
function merge(call: Call) {
	const { account, body } = call;
	const [base, mergee] = [
		found(call, String(body.base_contact_id)),
		found(call, String(body.mergee_contact_id)),
	];
	if (base.id !== mergee.id) {
		account.contacts.delete(mergee.id);
		base.email ??= mergee.email;
		base.phone_number ??= mergee.phone_number;
		base.identifier ??= mergee.identifier;
		base.custom_attributes = { ...mergee.custom_attributes, ...base.custom_attributes };
		base.additional_attributes = { ...mergee.additional_attributes, ...base.additional_attributes };
		base.inboxes.push(...mergee.inboxes);
		for (const conversation of account.conversations.values()) {
			if (conversation.contact_id === mergee.id) conversation.contact_id = base.id;
		}
	}
	return contactView(account, base);
}

const SORTS: Record<string, (contact: SimContact) => string | number> = {
	name: ({ name }) => name.toLowerCase(),
	email: ({ email }) => email ?? '',
	phone_number: ({ phone_number }) => phone_number ?? '',
	last_activity_at: ({ last_activity_at }) => last_activity_at ?? 0,
};

function sorted(contacts: SimContact[], sort: string): SimContact[] {
	const key = SORTS[sort.replace('-', '')];
	if (!key) return contacts;
	const order = [...contacts].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
	return sort.startsWith('-') ? order.reverse() : order;
}

function pageOf({ account, query }: Call, contacts: SimContact[], more: (page: number) => Fields) {
	const page = Math.max(1, Number(query.get('page') ?? 1));
	const here = sorted(contacts, query.get('sort') ?? '').slice((page - 1) * PER_PAGE, page * PER_PAGE);
	return {
		meta: { current_page: page, ...more(page) },
		payload: here.map((contact) => contactView(account, contact)),
	};
}

const list = (call: Call) => {
	const contacts = [...call.account.contacts.values()].filter(isResolved);
	return pageOf(call, contacts, () => ({ count: contacts.length }));
};

/** Any part of any of these, also of a longer number: never a proof of who somebody is. */
function search(call: Call) {
	const q = call.query.get('q')?.trim() ?? '';
	if (q === '') throw refused('Specify search string with parameter q');
	const part = q.toLowerCase();
	const contacts = [...call.account.contacts.values()].filter(
		({ name, email, phone_number, identifier }) =>
			[name, email, phone_number].some((value) => value?.toLowerCase().includes(part)) ||
			identifier?.includes(q),
	);
	return pageOf(call, contacts, (page) => ({
		count: Math.max(0, Math.min(PER_PAGE, contacts.length - (page - 1) * PER_PAGE)),
		has_more: contacts.length > page * PER_PAGE,
	}));
}

interface Row {
	attribute_key?: string;
	filter_operator?: string;
	values?: unknown[];
	query_operator?: string | null;
}

const FILTERS: Record<string, (contact: SimContact) => string | null> = {
	name: ({ name }) => name,
	email: ({ email }) => email,
	phone_number: ({ phone_number }) => phone_number,
	identifier: ({ identifier }) => identifier,
	city: ({ additional_attributes }) => textOf(additional_attributes.city),
	company: ({ additional_attributes }) => textOf(additional_attributes.company_name),
};

/** One condition; of several values the first alone counts, and a phone number gets a plus put before it. */
function condition({ attribute_key = '', filter_operator, values = [] }: Row, stripsPlus: boolean) {
	const read = FILTERS[attribute_key];
	if (!read) throw refused(`Invalid attribute key - [${attribute_key}]`);
	if (values.length === 0)
		throw refused(`Invalid value. The values provided for ${attribute_key} are invalid"`);
	const first = String(values[0]);
	const isPhone = attribute_key === 'phone_number';
	const wanted = (isPhone ? `+${stripsPlus ? first.replaceAll('+', '') : first}` : first).toLowerCase();
	const compare: Record<string, (value: string) => boolean> = {
		equal_to: (value) => value === wanted,
		not_equal_to: (value) => value !== wanted,
		contains: (value) => value.includes(first.toLowerCase()),
		does_not_contain: (value) => !value.includes(first.toLowerCase()),
	};
	const holds = compare[filter_operator ?? ''];
	if (!holds)
		throw refused(
			`Invalid operator. The allowed operators for ${attribute_key} are [equal_to,not_equal_to].`,
		);
	return (contact: SimContact) => {
		const value = read(contact);
		return value !== null && holds(value.toLowerCase());
	};
}

/** AND binds closer than OR, as in the SQL it becomes. */
function filter(call: Call) {
	const rows = (Array.isArray(call.body.payload) ? call.body.payload : []) as Row[];
	const groups: Array<Array<(contact: SimContact) => boolean>> = [[]];
	for (const row of rows) {
		groups.at(-1)?.push(condition(row, call.settings.stripsPlus));
		const operator = row.query_operator?.toUpperCase();
		if (operator !== undefined && operator !== 'AND' && operator !== 'OR') {
			throw refused('Query operator must be either "AND" or "OR".');
		}
		if (operator === 'OR') groups.push([]);
	}
	const contacts = [...call.account.contacts.values()].filter(
		(contact) => isResolved(contact) && groups.some((group) => group.every((holds) => holds(contact))),
	);
	return pageOf(call, contacts, () => ({ count: contacts.length }));
}

const conversations = (call: Call, id: string | undefined) => {
	const contact = found(call, id);
	const theirs = [...call.account.conversations.values()]
		.filter(({ contact_id }) => contact_id === contact.id)
		.sort((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
	const latest = theirs.slice(0, LATEST_CONVERSATIONS);
	return { payload: latest.map((one) => conversationView(call.account, call.users, one)) };
};

/** Answers what is asked of contacts. @returns the body; undefined where the answer has none */
export function contactsAnswer(call: Call, [resource, id, rest]: string[]): unknown {
	if (call.user.role === 'bot') throw forbidden();
	const asked = [call.method, resource, id === undefined ? '' : isNaN(Number(id)) ? id : ':id', rest ?? '']
		.filter(Boolean)
		.join(' ');
	switch (asked) {
		case 'GET contacts':
			return list(call);
		case 'POST contacts':
			return create(call);
		case 'GET contacts search':
			return search(call);
		case 'POST contacts filter':
			return filter(call);
		case 'GET contacts :id':
			return { payload: contactView(call.account, found(call, id)) };
		case 'PUT contacts :id':
		case 'PATCH contacts :id':
			return update(call, id);
		case 'DELETE contacts :id':
			return remove(call, id);
		case 'GET contacts :id conversations':
			return conversations(call, id);
		case 'POST actions contact_merge':
			return merge(call);
		default:
			throw new Refusal(404, { error: 'Resource could not be found' });
	}
}
