import { operation } from '../../../lib/operations';
import { mergeContacts, type Connection } from '../api';
import { account, contact, mergee, numericId, simplify } from '../fields';
import { output, toContact } from '../shape';

/** Makes one contact of two: POST /actions/contact_merge. */
export const merge = operation<Connection>({
	name: 'Merge',
	value: 'merge',
	action: 'Merge contacts',
	description: 'Make one contact of two that are the same person; the second one is deleted',
	fields: [account, contact, mergee, simplify],
	run: async ({ api, input }) => {
		const [base, other] = [numericId(input, 'contact'), numericId(input, 'mergee')];
		if (base === other) {
			input.refuse('mergee', 'is the same contact', 'Choose the duplicate that shall go.');
		}
		const merged = await mergeContacts(api.http, numericId(input, 'account'), base, other);
		return output(merged, input.boolean('simplify'), toContact);
	},
});
