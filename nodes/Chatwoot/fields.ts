import type { INodeProperties } from 'n8n-workflow';
import { isPhoneCountry, type PhoneNumberError } from '../../lib/phone';
import type { FieldReader, ItemInput } from '../../lib/operations';
import { phoneKey, type PhoneKey } from './match';

export { limit, returnAll, simplify } from '../../lib/fields';

const ID_RULE = [
	{
		type: 'regex' as const,
		properties: { regex: '^\\s*\\d+\\s*$', errorMessage: 'A Chatwoot ID is a number' },
	},
];

const listMode = (searchListMethod: string) => ({
	displayName: 'From List',
	name: 'list',
	type: 'list' as const,
	typeOptions: { searchListMethod, searchable: true },
});

const idMode = (example: string) => ({
	displayName: 'By ID',
	name: 'id',
	type: 'string' as const,
	placeholder: `e.g. ${example}`,
	validation: ID_RULE,
});

const urlMode = (placeholder: string, regex: string) => ({
	displayName: 'By URL',
	name: 'url',
	type: 'string' as const,
	placeholder: `e.g. ${placeholder}`,
	hint: 'Copy it from the address bar of your browser',
	extractValue: { type: 'regex' as const, regex },
});

export const account: INodeProperties = {
	displayName: 'Account',
	name: 'account',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The Chatwoot account; the user of the token must belong to it',
	modes: [
		listMode('searchAccounts'),
		urlMode('https://app.chatwoot.com/app/accounts/1/dashboard', '/app/accounts/(\\d+)'),
		idMode('1'),
	],
};

const locator = (
	displayName: string,
	name: string,
	more: Partial<INodeProperties> & Pick<INodeProperties, 'modes'>,
): INodeProperties => ({
	displayName,
	name,
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	typeOptions: { loadOptionsDependsOn: ['account.value'] },
	...more,
});

const contactModes = [
	listMode('searchContacts'),
	urlMode('https://app.chatwoot.com/app/accounts/1/contacts/55', '/accounts/\\d+/contacts/(\\d+)'),
	idMode('55'),
];

export const contact: INodeProperties = locator('Contact', 'contact', { modes: contactModes });

/** The contact that a merge deletes. */
export const mergee: INodeProperties = locator('Contact to Merge In', 'mergee', {
	description: 'The duplicate: its conversations move to the contact above, then it is deleted',
	modes: contactModes,
});

export const conversation: INodeProperties = locator('Conversation', 'conversation', {
	description: 'The number that Chatwoot shows for it, as the trigger gives it too',
	modes: [
		listMode('searchConversations'),
		urlMode('https://app.chatwoot.com/app/accounts/1/conversations/42', '/conversations/(\\d+)'),
		idMode('42'),
	],
});

const inboxModes = [
	listMode('searchInboxes'),
	urlMode('https://app.chatwoot.com/app/accounts/1/inbox/9', '/(?:inbox|inboxes)/(\\d+)'),
	idMode('9'),
];

export const inbox: INodeProperties = locator('Inbox', 'inbox', {
	description: 'The channel the conversation runs in',
	modes: inboxModes,
});

export const optionalInbox: INodeProperties = locator('Inbox', 'inbox', {
	required: undefined,
	description: 'An inbox to put the new contact into, so that it can be written to; none if left empty',
	modes: inboxModes,
});

export const inboxToList: INodeProperties = locator('Inbox', 'inbox', {
	required: undefined,
	description: 'Only conversations of this inbox; of all if left empty',
	modes: inboxModes,
});

export const agent: INodeProperties = locator('Agent', 'agent', {
	required: undefined,
	description: 'Who takes the conversation; as it is if left empty',
	modes: [listMode('searchAgents'), idMode('3')],
});

export const team: INodeProperties = locator('Team', 'team', {
	required: undefined,
	description: 'Which team takes the conversation; as it is if left empty',
	modes: [listMode('searchTeams'), idMode('2')],
});

export const labels: INodeProperties = {
	displayName: 'Labels',
	name: 'labels',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. lead, newcomer',
	description: 'Comma-separated',
};

/** How many results to give; undefined for all. */
export const limitFrom = (input: ItemInput): number | undefined =>
	input.boolean('returnAll') ? undefined : input.number('limit', { min: 1, integer: true });

/** Reads an id and refuses what is no whole number: Chatwoot's ids all are. Undefined where empty. */
export function optionalNumericId(input: FieldReader, name: string): string | undefined {
	const id = input.optionalId(name);
	if (id !== undefined && !/^\d{1,15}$/.test(id)) {
		return input.refuse(name, 'is not a Chatwoot ID', 'Use the number, or choose from the list.');
	}
	return id;
}

/** Reads an id, required. */
export const numericId = (input: FieldReader, name: string): string =>
	optionalNumericId(input, name) ?? input.id(name);

/** Reads *Default Country*. Undefined where empty. */
export function countryFrom(input: FieldReader): string | undefined {
	const country = input.optionalText('defaultCountry')?.trim().toUpperCase();
	if (country !== undefined && !isPhoneCountry(country)) {
		return input.refuse('defaultCountry', 'is not the code of a country', 'Use two letters, such as PL.');
	}
	return country;
}

/** Reads *Phone* in any spelling; why it cannot be used is said in the number's own words. Undefined where empty. */
export function optionalPhone(input: FieldReader, defaultCountry?: string): PhoneKey | undefined {
	const written = input.optionalText('phone');
	if (written === undefined) return undefined;
	try {
		return phoneKey(written, defaultCountry);
	} catch (error) {
		const { what, howToFix } = error as PhoneNumberError;
		return input.refuse('phone', what, howToFix);
	}
}
