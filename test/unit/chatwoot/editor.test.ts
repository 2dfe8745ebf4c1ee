import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { Chatwoot } from '../../../nodes/Chatwoot/Chatwoot.node';
import { additionalDataFor, workflowWith } from '../../support/n8n';
import { byId, chatwootBench, credential, items, type Bench } from './bench';

const type = new Chatwoot();
const { listSearch } = type.methods;

/** The editor's context for a node whose Account is set. */
function editor(): ILoadOptionsFunctions {
	const credentials = [credential()];
	const parameters: INodeParameters = { resource: 'message', operation: 'send', account: byId('1') };
	const { workflow, node } = workflowWith(type, {
		parameters,
		credentials: { chatwootAccountApi: { id: 'chatwootAccountApi', name: 'chatwootAccountApi' } },
	});
	const additionalData = additionalDataFor(credentials, () => workflow);
	additionalData.currentNodeParameters = parameters;
	return new LoadOptionsContext(workflow, node, additionalData, 'parameters.account');
}

describe('Chatwoot, in the editor', () => {
	let bench: Bench;
	beforeEach(() => {
		bench = chatwootBench();
		const jane = bench.simulator.given({ name: 'Jane', phone_number: '+12025550123' });
		bench.simulator.given({ name: 'Adam', email: 'adam@example.com' });
		bench.simulator.receive(jane, 'Hi');
	});
	afterEach(() => bench.stop());

	const shown = async (name: keyof typeof listSearch, filter?: string) => {
		const { results } = await listSearch[name].call(editor(), filter);
		return results.map((one) => [one.name, one.value]);
	};

	it.each<[keyof typeof listSearch, string | undefined, string[][]]>([
		[
			'searchAccounts',
			undefined,
			[
				['Example Studio', '1'],
				['Second Studio', '2'],
			],
		],
		['searchAccounts', 'second', [['Second Studio', '2']]],
		[
			'searchAgents',
			undefined,
			[
				['Admin Example', '1'],
				['Agent Example', '3'],
			],
		],
		['searchTeams', undefined, [['front desk', '2']]],
		['searchInboxes', 'what', [['WhatsApp (whatsapp)', '9']]],
		[
			'searchContacts',
			undefined,
			[
				['Adam, adam@example.com', '56'],
				['Jane, +12025550123', '55'],
			],
		],
		['searchContacts', 'jan', [['Jane, +12025550123', '55']]],
		['searchConversations', undefined, [['42: Jane (open)', '42']]],
		['searchConversations', 'adam', []],
	])('lists %s %s', async (name, filter, expected) => {
		expect(await shown(name, filter)).toEqual(expected);
	});

	it.each([
		['account', 'https://app.chatwoot.com/app/accounts/1/dashboard'],
		['conversation', 'https://chat.frontdesk.example/app/accounts/1/inbox/9/conversations/42'],
	])('takes the address of an %s', async (name, value) => {
		const parameters = {
			account: byId('1'),
			conversation: byId('42'),
			[name]: { __rl: true, mode: 'url', value },
		};
		expect(await items('conversation.get', parameters)).toMatchObject([{ id: '42', accountId: '1' }]);
	});

	it.each([['contact', 'https://app.chatwoot.com/app/accounts/1/contacts/55', '55']])(
		'takes the address of a %s',
		async (name, value, id) => {
			expect(await items('contact.get', { [name]: { __rl: true, mode: 'url', value } })).toMatchObject([
				{ id },
			]);
		},
	);
});
