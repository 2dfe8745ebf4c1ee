import { ChatwootAccountApi } from '../../../credentials/ChatwootAccountApi.credentials';
import { ChatwootSimulator, CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import { byId, type Earlier, type SampleRun, type Samples } from './kind';

const account = byId('1');
const inbox = byId('9');

const contactOf = (earlier: Earlier) => byId(String(earlier('contact.create').id));
const withContact = (earlier: Earlier) => ({ account, contact: contactOf(earlier) });
const conversationOf = (earlier: Earlier) => ({
	account,
	conversation: byId(String(earlier('conversation.findOrCreate').id)),
});

const CONTACT_RUNS: SampleRun[] = [
	{
		resource: 'contact',
		operation: 'create',
		parameters: {
			account,
			inbox,
			contactName: 'Jane Kowalska',
			phone: '+48 601 234 567',
			email: 'jane@example.com',
			additionalFields: {
				city: 'Warsaw',
				customAttributes: { attribute: [{ key: 'lead_key', value: 'lead-1024' }] },
			},
		},
	},
	{
		resource: 'contact',
		operation: 'match',
		parameters: { account, phone: '601-234-567', defaultCountry: 'PL' },
	},
	{ resource: 'contact', operation: 'get', parameters: withContact },
	{
		resource: 'contact',
		operation: 'update',
		parameters: (earlier) => ({
			...withContact(earlier),
			additionalFields: { customAttributes: { attribute: [{ key: 'language', value: 'pl' }] } },
		}),
	},
	{
		resource: 'contact',
		operation: 'upsert',
		parameters: { account, email: 'jane@example.com', contactName: 'Jane Maria Kowalska' },
	},
	{ resource: 'contact', operation: 'search', parameters: { account, searchText: 'jane' } },
	{ resource: 'contact', operation: 'getAll', parameters: { account, sort: 'name', limit: 10 } },
	{
		resource: 'contact',
		operation: 'create',
		as: 'duplicate',
		parameters: { account, contactName: 'Jane K.', identifier: 'lead-1024' },
	},
	{
		resource: 'contact',
		operation: 'merge',
		parameters: (earlier) => ({
			...withContact(earlier),
			mergee: byId(String(earlier('duplicate').id)),
		}),
	},
	{
		resource: 'contact',
		operation: 'create',
		as: 'forgotten',
		parameters: { account, contactName: 'Somebody Else' },
	},
	{
		resource: 'contact',
		operation: 'delete',
		parameters: (earlier) => ({ account, contact: byId(String(earlier('forgotten').id)) }),
	},
];

const CONVERSATION_RUNS: SampleRun[] = [
	{
		resource: 'conversation',
		operation: 'findOrCreate',
		parameters: (earlier) => ({ ...withContact(earlier), inbox }),
	},
	{
		resource: 'conversation',
		operation: 'assign',
		parameters: (earlier) => ({ ...conversationOf(earlier), agent: byId('3'), team: byId('2') }),
	},
	{
		resource: 'conversation',
		operation: 'addLabels',
		parameters: (earlier) => ({ ...conversationOf(earlier), labels: 'lead, newcomer' }),
	},
	{
		resource: 'conversation',
		operation: 'removeLabels',
		parameters: (earlier) => ({ ...conversationOf(earlier), labels: 'newcomer' }),
	},
	{
		resource: 'conversation',
		operation: 'setLabels',
		parameters: (earlier) => ({ ...conversationOf(earlier), labels: 'booked' }),
	},
	{
		resource: 'conversation',
		operation: 'setCustomAttributes',
		parameters: (earlier) => ({
			...conversationOf(earlier),
			customAttributes: { attribute: [{ key: 'appointment', value: '2027-03-02T10:00:00+01:00' }] },
		}),
	},
];

const MESSAGE_RUNS: SampleRun[] = [
	{
		resource: 'message',
		operation: 'send',
		parameters: (earlier) => ({ ...conversationOf(earlier), text: 'See you tomorrow at ten!' }),
	},
	{
		resource: 'message',
		operation: 'sendTemplate',
		parameters: (earlier) => ({
			...conversationOf(earlier),
			templateName: 'appointment_reminder',
			language: 'pl',
			bodyValues: { value: [{ value: 'Jane' }] },
			shownText: 'Jane, do zobaczenia jutro o dziesiątej',
		}),
	},
	{ resource: 'message', operation: 'getAll', parameters: conversationOf },
	{ resource: 'conversation', operation: 'get', parameters: conversationOf },
	{
		resource: 'conversation',
		operation: 'getAll',
		parameters: { account, inbox, limit: 10, filters: { status: 'open', labels: 'booked' } },
	},
	{
		resource: 'conversation',
		operation: 'setStatus',
		parameters: (earlier) => ({ ...conversationOf(earlier), status: 'resolved' }),
	},
];

/** Chatwoot: a contact, the conversation with it, and what is said in it. */
export function samples(now: () => Date): Samples {
	const simulator = new ChatwootSimulator({ now: () => now().getTime() });
	return {
		credentials: [
			{
				type: new ChatwootAccountApi(),
				data: {
					accessToken: CREDENTIALS.administrator,
					installation: 'selfHosted',
					baseUrl: 'https://chat.frontdesk.example',
					allowHttp: false,
					headerName: 'api_access_token',
				},
			},
		],
		simulators: [simulator],
		runs: [...CONTACT_RUNS, ...CONVERSATION_RUNS, ...MESSAGE_RUNS],
	};
}
