import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { operation, type ItemInput } from '../../../lib/operations';
import { createContact, filterContacts, inTurn, type Connection } from '../api';
import { account, numericId, optionalInbox, optionalNumericId, simplify } from '../fields';
import { find, judge, type Keys, type Verdict } from '../match';
import { output, toContact, toPerson } from '../shape';
import type { Contact } from '../types';
import { contactName, defaultCountry, draftOf, email, hasKeys, identifier, keysFrom, phone } from './fields';

const createIfNotFound: INodeProperties = {
	displayName: 'Create If Not Found',
	name: 'createIfNotFound',
	type: 'boolean',
	default: false,
	description: 'Whether to create the contact when nobody fits',
};

const whenCreating = (field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { createIfNotFound: [true] } },
});

function answerOf({ by, confidence, contact, candidates }: Verdict, simple: boolean): IDataObject {
	const shown = (one: Contact) => output(one, simple, toContact);
	return {
		matched: contact !== null,
		by,
		confidence,
		created: false,
		contact: contact && shown(contact),
		candidates: candidates.map((candidate) => ({ by: candidate.by, contact: toPerson(candidate.contact) })),
	};
}

async function createdFor(
	api: Connection,
	input: ItemInput,
	keys: Keys,
	simple: boolean,
): Promise<IDataObject> {
	const name = input.optionalText('contactName');
	const inboxId = optionalNumericId(input, 'inbox');
	const draft = {
		...(name !== undefined && { name }),
		...draftOf(keys),
		...(inboxId !== undefined && { inbox_id: Number(inboxId) }),
	};
	const { contact, created } = await createContact(api.http, numericId(input, 'account'), {
		draft,
		keys,
		takeExisting: true,
	});
	if (!created) return answerOf(judge(keys, [contact]), simple);
	const nobody: Verdict = { by: null, confidence: 'none', contact: null, candidates: [] };
	return { ...answerOf(nobody, simple), created, contact: output(contact, simple, toContact) };
}

/** Tells who somebody is: one call of POST /contacts/filter with all spellings, checked again here. */
export const match = operation<Connection>({
	name: 'Match',
	value: 'match',
	action: 'Match contact',
	description:
		'Tell who somebody is by phone, e-mail or identifier, how sure that is, and by what. It creates nobody unless told to.',
	fields: [
		account,
		phone,
		email,
		identifier,
		defaultCountry,
		createIfNotFound,
		whenCreating(contactName),
		whenCreating(optionalInbox),
		simplify,
	],
	run: async ({ api, input }) => {
		const keys = keysFrom(input, input);
		if (!hasKeys(keys)) {
			input.refuse('phone', 'is empty, as are Email and Identifier', 'Map at least one of them.');
		}
		const accountId = numericId(input, 'account');
		const look = async () =>
			await find(keys, async (rows) => await filterContacts(api.http, accountId, rows));
		const simple = input.boolean('simplify');
		if (!input.boolean('createIfNotFound')) return answerOf(await look(), simple);
		const subject = `${accountId} contact ${keys.phone?.key ?? keys.email ?? keys.identifier}`;
		return await inTurn(api, subject, async () => {
			const verdict = await look();
			return verdict.contact ? answerOf(verdict, simple) : await createdFor(api, input, keys, simple);
		});
	},
});
