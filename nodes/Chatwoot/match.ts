import { identityKey, lookupVariants, parsePhone, samePhone } from '../../lib/phone';
import type { FilterRow } from './contacts';
import type { Contact } from './types';

/** What a person is looked for by; at least one. */
export interface Keys {
	phone?: PhoneKey;
	/** In lower case, as Chatwoot stores it. */
	email?: string;
	identifier?: string;
}

export interface PhoneKey {
	/** As it came, reduced to plus and digits: it may be stored just so although it is not dialled so today. */
	given: string;
	/** As it is to be dialled. */
	e164: string;
	/** Same person, same key. */
	key: string;
	/** Every form with plus it may be stored under, likeliest first. */
	spellings: string[];
}

export type By = 'phone' | 'email' | 'identifier';

/**
 * How sure a match is.
 * - exact: one contact, and it holds the value as given
 * - variant: one contact, and it holds the same line in another spelling
 * - ambiguous: several contacts fit, or the one found holds another phone number than the one given
 * - none: nobody fits
 */
export type Confidence = 'exact' | 'variant' | 'ambiguous' | 'none';

export interface Verdict {
	by: By | null;
	confidence: Confidence;
	contact: Contact | null;
	/** The others that fit. */
	candidates: Array<{ contact: Contact; by: By }>;
}

/** Everything a number is looked up under. @throws PhoneNumberError */
export function phoneKey(raw: string, defaultCountry?: string): PhoneKey {
	const key = identityKey(raw, { defaultCountry });
	const { e164 } = parsePhone(raw, { defaultCountry });
	// Chatwoot stores numbers with a plus only (validation in models/contact.rb).
	const spellings = lookupVariants(raw, { defaultCountry }).filter((one) => one.startsWith('+'));
	return { given: `+${raw.replace(/\D/g, '')}`, e164, key, spellings: [...new Set([e164, ...spellings])] };
}

/** What is asked for: each value a condition of its own, any of them enough, so that one call finds everybody. */
export function filterRows({ phone, email, identifier }: Keys): FilterRow[] {
	const wanted: Array<[string, string]> = [
		// Before chatwoot/chatwoot#10386 (2024-11) a plus was put before whatever came; digits alone fit old and new.
		...(phone?.spellings ?? []).map((one): [string, string] => ['phone_number', one.slice(1)]),
		...(email === undefined ? [] : [['email', email] as [string, string]]),
		...(identifier === undefined ? [] : [['identifier', identifier] as [string, string]]),
	];
	return wanted.map(([attribute_key, value], index) => ({
		attribute_key,
		filter_operator: 'equal_to',
		values: [value],
		query_operator: index < wanted.length - 1 ? 'OR' : null,
	}));
}

/** By what a contact really fits, the surest first; undefined where it does not, whatever the filter said. */
function proofOf(
	{ phone, email, identifier }: Keys,
	contact: Contact,
): { by: By; exact: boolean; rank: number } | undefined {
	const stored = contact.phone_number;
	if (phone && (stored === phone.e164 || stored === phone.given)) {
		return { by: 'phone', exact: true, rank: stored === phone.e164 ? 0 : 1 };
	}
	if (phone && samePhone(stored, phone.e164)) return { by: 'phone', exact: false, rank: 2 };
	if (email !== undefined && contact.email?.toLowerCase() === email)
		return { by: 'email', exact: true, rank: 3 };
	if (identifier !== undefined && contact.identifier === identifier)
		return { by: 'identifier', exact: true, rank: 4 };
	return undefined;
}

const activity = ({ last_activity_at, created_at }: Contact) => last_activity_at ?? created_at ?? 0;

/**
 * Chooses among the contacts a filter found: by phone before e-mail before identifier; of several the one whose
 * spelling is the same, then the one active last.
 */
export function judge(keys: Keys, contacts: Contact[]): Verdict {
	const fitting = contacts
		.flatMap((contact) => {
			const how = proofOf(keys, contact);
			return how ? [{ contact, ...how }] : [];
		})
		.sort(
			(a, b) => a.rank - b.rank || activity(b.contact) - activity(a.contact) || a.contact.id - b.contact.id,
		);
	const [best, ...others] = fitting;
	if (!best) return { by: null, confidence: 'none', contact: null, candidates: [] };
	const { contact, by, exact } = best;
	const otherLine = keys.phone !== undefined && by !== 'phone' && Boolean(contact.phone_number);
	return {
		by,
		confidence: others.length > 0 || otherLine ? 'ambiguous' : exact ? 'exact' : 'variant',
		contact,
		candidates: others.map((other) => ({ contact: other.contact, by: other.by })),
	};
}

/** Finds a person with one call of the filter, and proves what it gives. */
export async function find(keys: Keys, filter: (rows: FilterRow[]) => Promise<Contact[]>): Promise<Verdict> {
	const rows = filterRows(keys);
	return judge(keys, rows.length > 0 ? await filter(rows) : []);
}
