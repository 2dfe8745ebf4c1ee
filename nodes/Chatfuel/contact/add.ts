import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { batchOperation, type ItemInput } from '../../../lib/operations';
import { addContacts, MOST_PHONES, type ChatfuelApi, type ContactBatch } from '../api';
import { contactProperties, rowsFrom } from '../fields';

const E164 = /^\+[1-9]\d{6,14}$/;

const phones: INodeProperties = {
	displayName: 'Phones',
	name: 'phones',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +12025550123',
	description: 'One or more WhatsApp numbers with plus and country code, comma-separated',
};

function contactsFrom(input: ItemInput): ContactBatch {
	const list = [...new Set(input.list('phones'))];
	if (list.length === 0) input.text('phones');
	const bad = list.find((phone) => !E164.test(phone));
	if (bad !== undefined) {
		input.refuse(
			'phones',
			`holds a number not in the form +12025550123 (it ends in ${bad.slice(-2)})`,
			'Put the Phone Number node before this one and map its E.164 number.',
		);
	}
	if (list.length > MOST_PHONES) {
		input.refuse(
			'phones',
			`holds ${list.length} numbers`,
			`Chatfuel takes ${MOST_PHONES} at once. Split the item.`,
		);
	}
	return { phones: list, properties: rowsFrom(input, 'properties', 'property') };
}

const sameProperties = ({ properties }: ContactBatch) => JSON.stringify(Object.entries(properties).sort());

/** Puts contacts with equal properties together, as many as one call takes; `of` tells each unit's call. */
export function packContacts(units: ContactBatch[]): { calls: ContactBatch[]; of: number[] } {
	const calls: ContactBatch[] = [];
	const open = new Map<string, number>();
	const of = units.map((unit) => {
		const key = sameProperties(unit);
		const index = open.get(key);
		const call = index === undefined ? undefined : calls[index];
		const merged = [...new Set([...(call?.phones ?? []), ...unit.phones])];
		if (index !== undefined && merged.length <= MOST_PHONES) {
			calls[index] = { ...unit, phones: merged };
			return index;
		}
		open.set(key, calls.push(unit) - 1);
		return calls.length - 1;
	});
	return { calls, of };
}

/** Adds WhatsApp contacts of the newer product (contacts import page). */
export const add = batchOperation<ChatfuelApi, ContactBatch>({
	name: 'Add',
	value: 'add',
	action: 'Add contacts',
	description: 'Add WhatsApp contacts with properties to the newer product, up to 1000 in a call',
	fields: [phones, contactProperties],
	batchSize: () => MOST_PHONES,
	prepare: ({ input }) => contactsFrom(input),
	runBatch: async (api, units) => {
		const { calls, of } = packContacts(units);
		const failures = await addContacts(await api.contacts(), calls);
		return units.map(
			(unit, index) => failures[of[index] ?? 0] ?? ({ ...unit, accepted: true } as IDataObject),
		);
	},
});
