import type { IDataObject } from 'n8n-workflow';
import { path, type HttpClient, outcomeOf } from '../../lib/http';
import { takenFailure, takenField, unwrap } from './answers';
import { accountPath } from './connection';
import { find, type Keys } from './match';
import type { Contact } from './types';

/** What is written of a contact; absent fields stay as they are. Custom and additional attributes are merged. */
export interface ContactDraft extends IDataObject {
	name?: string;
	email?: string;
	/** E.164 with plus. */
	phone_number?: string;
	identifier?: string;
	blocked?: boolean;
	avatar_url?: string;
	additional_attributes?: IDataObject;
	custom_attributes?: IDataObject;
}

/** A contact on creation may be put into an inbox at once. */
export interface NewContact extends ContactDraft {
	inbox_id?: number;
	source_id?: string;
}

/** One condition of POST /contacts/filter. Of `values` Chatwoot reads the first only (contacts/filter_service.rb). */
export interface FilterRow extends IDataObject {
	attribute_key: string;
	filter_operator: 'equal_to';
	values: string[];
	query_operator: 'OR' | null;
}

const PER_PAGE = 15;

const contactsPath = (account: string) => `${accountPath(account)}/contacts`;
const contactPath = (account: string, id: string) => accountPath(account) + path`/contacts/${id}`;

async function pages(limit: number | undefined, read: (page: number) => Promise<Contact[]>) {
	const found = new Map<number, Contact>();
	for (let page = 1; limit === undefined || found.size < limit; page++) {
		const contacts = await read(page);
		// A contact that was active meanwhile shifts the pages, and one already read comes again.
		for (const contact of contacts) found.set(contact.id, contact);
		if (contacts.length < PER_PAGE) break;
	}
	return [...found.values()].slice(0, limit);
}

/** GET /contacts, page after page; only contacts with phone, e-mail or identifier are listed. */
export const listContacts = async (
	http: HttpClient,
	account: string,
	{ limit, sort }: { limit?: number; sort?: string },
): Promise<Contact[]> =>
	await pages(limit, async (page) =>
		unwrap(await http.get(contactsPath(account), { page, ...(sort && { sort }) })),
	);

/** GET /contacts/search: parts of name, e-mail, phone or identifier; never a proof of who somebody is. */
export const searchContacts = async (
	http: HttpClient,
	account: string,
	q: string,
	limit?: number,
): Promise<Contact[]> =>
	await pages(limit, async (page) => unwrap(await http.get(`${contactsPath(account)}/search`, { q, page })));

/** POST /contacts/filter, the first page; a read. */
export const filterContacts = async (
	http: HttpClient,
	account: string,
	payload: FilterRow[],
): Promise<Contact[]> =>
	unwrap(
		await http.post(`${contactsPath(account)}/filter`, { payload }, { reads: true, query: { page: 1 } }),
	);

/** GET /contacts/{id}. */
export const getContact = async (http: HttpClient, account: string, id: string): Promise<Contact> =>
	unwrap(await http.get(contactPath(account, id)));

/** PUT /contacts/{id}: fields that are absent stay as they are. */
export const updateContact = async (
	http: HttpClient,
	account: string,
	id: string,
	draft: ContactDraft,
): Promise<Contact> =>
	unwrap((await http.request({ method: 'PUT', path: contactPath(account, id), body: draft })).body);

/** DELETE /contacts/{id}: the contact with all conversations; not repeated. */
export async function deleteContact(http: HttpClient, account: string, id: string): Promise<void> {
	await http.request({ method: 'DELETE', path: contactPath(account, id) });
}

/**
 * POST /actions/contact_merge.
 *
 * @param base keeps its id
 * @param mergee is deleted; its conversations and missing details go to the base
 */
export const mergeContacts = async (
	http: HttpClient,
	account: string,
	base: string,
	mergee: string,
): Promise<Contact> =>
	unwrap(
		await http.post(`${accountPath(account)}/actions/contact_merge`, {
			base_contact_id: Number(base),
			mergee_contact_id: Number(mergee),
		}),
	);

/** A contact that now exists, and whether this call knows to have made it. */
export interface Creation {
	contact: Contact;
	/** False where the contact turned out to be there: made by a call that timed out, or by somebody else. */
	created: boolean;
}

/**
 * POST /contacts. Chatwoot knows no idempotency key, so what timed out is looked up instead of repeated; and its
 * refusal of a duplicate names no contact, so that one is looked up too (chatwoot/chatwoot#15917).
 *
 * @param keys what the contact can be found by
 * @param takeExisting gives the contact that has the values already, instead of refusing
 * @throws ProviderError
 */
export async function createContact(
	http: HttpClient,
	account: string,
	{ draft, keys, takeExisting }: { draft: NewContact; keys: Keys; takeExisting: boolean },
): Promise<Creation> {
	const outcome = await outcomeOf(http.post(contactsPath(account), draft));
	if ('value' in outcome) return { contact: unwrap(outcome.value), created: true };
	const { refusal } = outcome;
	const field = takenField(refusal.reason.body);
	if (!field && !refusal.reason.uncertain) throw refusal;
	const contact = await existing(http, account, keys);
	if (contact && (takeExisting || !field)) return { contact, created: false };
	throw field ? http.error({ ...takenFailure(field, contact?.id), said: refusal.reason.said }) : refusal;
}

async function existing(http: HttpClient, account: string, keys: Keys): Promise<Contact | undefined> {
	const { contact } = await find(keys, async (rows) => await filterContacts(http, account, rows));
	return contact ?? undefined;
}
