import type { IDataObject } from 'n8n-workflow';
import type { Attributes } from './attributes';

/** A rule of the Lead Fields table: this attribute fills that field. */
export interface LeadRule {
	attribute: string;
	leadField: string;
}

/** The rules a new trigger starts with; of several for one field the first that finds a value counts. */
export const DEFAULT_RULES: LeadRule[] = [
	['messenger user id', 'chatUserId'],
	['chatfuel user id', 'chatUserId'],
	['name', 'name'],
	['full name', 'name'],
	['first name', 'firstName'],
	['last name', 'lastName'],
	['email', 'email'],
	['phone', 'phone'],
	['phone number', 'phone'],
	['instagram', 'instagram'],
	['topic', 'topic'],
	['package', 'package'],
	['language', 'language'],
	['locale', 'language'],
	['source', 'source'],
	['consent', 'consentGdpr'],
	['consent gdpr', 'consentGdpr'],
	['consent marketing', 'consentMarketing'],
].map(([attribute = '', leadField = '']) => ({ attribute, leadField }));

const YES = new Set([
	'yes',
	'y',
	'true',
	'1',
	'on',
	'agree',
	'agreed',
	'tak',
	'так',
	'sí',
	'si',
	'да',
	'sim',
]);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'disagree', 'nie', 'ні', 'нет', 'não', 'nao']);

/** True or false where the words are plain; undefined otherwise, since a consent is never guessed. */
function consentOf(words: string): boolean | undefined {
	const word = words.trim().toLowerCase();
	if (YES.has(word)) return true;
	return NO.has(word) ? false : undefined;
}

/** The language of a locale: `pl_PL` and `pl-PL` are `pl`. */
function languageOf(locale: string): string {
	return /^\s*([a-z]{2,3})(?:[_-].*)?$/i.exec(locale)?.[1]?.toLowerCase() ?? locale;
}

/** A plus that was not encoded in an address has become a space: " 48600…" was "+48600…". */
const phoneOf = (phone: string) => phone.replace(/^ (?=\d)/, '+');

const READERS: Record<string, (value: string) => string | boolean | undefined> = {
	phone: phoneOf,
	language: languageOf,
	consentGdpr: consentOf,
	consentMarketing: consentOf,
};

/** `First_Name`, `first-name` and `first  name` are one name. */
const plain = (name: string) =>
	name
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, ' ');

/**
 * Fills the fields of a lead from attributes. Ids, names and phones are text, exactly as they came; consents
 * are booleans. Without a name of its own the lead is called by first and last name.
 *
 * @param rules in order of preference
 * @returns the lead, and the attributes that filled none of its fields
 */
export function leadFrom(attributes: Attributes, rules: LeadRule[]): { lead: IDataObject; rest: Attributes } {
	const names = new Map(Object.keys(attributes).map((name) => [plain(name), name]));
	const lead: Record<string, string | boolean> = {};
	const used = new Set<string>();
	for (const { attribute, leadField } of rules) {
		const name = names.get(plain(attribute));
		const value = name === undefined ? undefined : attributes[name];
		if (name === undefined || value === undefined || typeof value === 'object') continue;
		if (Object.hasOwn(lead, leadField)) continue;
		const read = READERS[leadField]?.(String(value));
		if (READERS[leadField] && read === undefined) continue;
		lead[leadField] = read ?? String(value);
		used.add(name);
	}
	const fullName = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
	if (!lead.name && fullName) lead.name = fullName;
	const rest = Object.entries(attributes).filter(([name]) => !used.has(name));
	return { lead, rest: Object.fromEntries(rest) };
}
