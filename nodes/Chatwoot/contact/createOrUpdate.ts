import { samePhone } from '../../../lib/phone';
import { operation, type ItemInput } from '../../../lib/operations';
import {
	createContact,
	filterContacts,
	inTurn,
	updateContact,
	type Connection,
	type ContactDraft,
} from '../api';
import { account, numericId, optionalInbox, optionalNumericId, simplify } from '../fields';
import { find, type Keys, type Verdict } from '../match';
import { output, toContact } from '../shape';
import type { Contact } from '../types';
import {
	additionalFields,
	contactName,
	draftFrom,
	email,
	hasKeys,
	identifier,
	keysFrom,
	phone,
} from './fields';

/** A contact that fits by another value than the chosen one is another record: writing would run into it. */
function refuseConflict({ http }: Connection, { contact, by, candidates }: Verdict): void {
	const other = candidates.find((candidate) => candidate.by !== by);
	if (!other) return;
	throw http.error({
		message: `The values belong to two contacts: ID ${contact?.id} by ${by}, ID ${other.contact.id} by ${other.by}`,
		howToFix: 'Merge them if they are one person, or leave one of the values out.',
	});
}

/** The number as it is stored stays, where it is the same line: another spelling might be another contact's. */
function changesFor(contact: Contact, { phone_number, ...draft }: ContactDraft): ContactDraft {
	if (phone_number === undefined || samePhone(contact.phone_number, phone_number)) return draft;
	return { ...draft, phone_number };
}

async function createOrChange(api: Connection, input: ItemInput, accountId: string, keys: Keys) {
	const { http } = api;
	const draft = draftFrom(input, keys);
	const verdict = await find(keys, async (rows) => await filterContacts(http, accountId, rows));
	refuseConflict(api, verdict);
	if (verdict.contact) {
		const changes = changesFor(verdict.contact, draft);
		const id = String(verdict.contact.id);
		return { contact: await updateContact(http, accountId, id, changes), created: false };
	}
	const inboxId = optionalNumericId(input, 'inbox');
	const creation = await createContact(http, accountId, {
		draft: { ...draft, ...(inboxId !== undefined && { inbox_id: Number(inboxId) }) },
		keys,
		takeExisting: true,
	});
	if (creation.created) return creation;
	// Somebody else made it between our two calls; it still lacks what this item says.
	const changes = changesFor(creation.contact, draft);
	return {
		contact: await updateContact(http, accountId, String(creation.contact.id), changes),
		created: false,
	};
}

/** Changes the contact that fits by phone, e-mail or identifier, or creates one. */
export const createOrUpdate = operation<Connection>({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update contact',
	description: 'Create a new contact, or update the current one if it already exists (upsert)',
	fields: [account, contactName, phone, email, identifier, optionalInbox, additionalFields, simplify],
	run: async ({ api, input }) => {
		const keys = keysFrom(input, input.collection('additionalFields'));
		if (!hasKeys(keys)) {
			input.refuse(
				'phone',
				'is empty, as are Email and Identifier',
				'Map at least one of them: a name alone tells nobody from another.',
			);
		}
		const accountId = numericId(input, 'account');
		const subject = `${accountId} contact ${keys.phone?.key ?? keys.email ?? keys.identifier}`;
		const { contact, created } = await inTurn(
			api,
			subject,
			async () => await createOrChange(api, input, accountId, keys),
		);
		return { ...output(contact, input.boolean('simplify'), toContact), created };
	},
});
