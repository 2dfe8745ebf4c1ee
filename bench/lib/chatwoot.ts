import type { ChainNode } from '../../sandbox/src/chain';
import type { ChatwootSimulator } from '../../sandbox/simulators/chatwoot';
import type { SimContact } from '../../sandbox/simulators/chatwoot-store';
import type { Person } from './random';

const CREDENTIAL: [type: string, name: string] = ['chatwootAccountApi', 'Chatwoot'];
const API = 'https://chat.frontdesk.example/api/v1/accounts/1';

/** n8n's HTTP Request node sends all items at once; so many of ours go at once then. */
export const AT_ONCE = 50;

/** Puts people into the account that is asked; who was there is gone. */
export function fillContacts(
	chatwoot: ChatwootSimulator,
	people: Array<Omit<Person, 'phone'> & { phone?: string }>,
): SimContact[] {
	chatwoot.account().contacts.clear();
	return people.map(({ name, email, phone }) => chatwoot.given({ name, email, phone_number: phone }));
}

/** One of our operations on contacts. */
export const contactNode = (operation: string, parameters: object): ChainNode => ({
	name: 'Ours',
	type: 'n8n-nodes-frontdesk.chatwoot',
	credential: CREDENTIAL,
	parameters: {
		resource: 'contact',
		operation,
		account: { __rl: true, mode: 'id', value: '1' },
		requestOptions: { maxParallelRequests: AT_ONCE },
		...parameters,
	},
});

/** A call by the HTTP Request node, with the same credential. */
export const requestNode = (name: string, path: string, parameters: object = {}): ChainNode => ({
	name,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.3,
	credential: CREDENTIAL,
	parameters: {
		url: `=${API}${path}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'chatwootAccountApi',
		options: {},
		...parameters,
	},
});
