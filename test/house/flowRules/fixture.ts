import { LANGUAGES, type FlowNode, type Text, type WorkflowFile } from '../../../workflows/build/files';
import { STICKY_NOTE, type FlowFolder } from './book';

const node = (name: string, type: string, typeVersion: number, more: Partial<FlowNode> = {}): FlowNode => ({
	id: '5b1c1e0a-4c0b-5e0e-8a5d-0d2f5f2b7c11',
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters: {},
	...more,
});

const note = (name: string, content: string, color: number) =>
	node(name, STICKY_NOTE, 1, { parameters: { content, color } });

const to = (...names: string[]) => names.map((name) => ({ node: name, type: 'main', index: 0 }));

/** A flow that others call. */
export const CALLED: WorkflowFile = {
	name: 'Claim a key once',
	nodes: [
		node('When called', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, {
			parameters: { workflowInputs: { values: [{ name: 'tenant' }, { name: 'key' }] } },
		}),
	],
	connections: {},
};

const OVERVIEW = `## Send a greeting\n### How it works\n${'word '.repeat(100)}\n### Setup\n1. Switch it on.`;

const nodes = (): FlowNode[] => [
	node('Start here', 'n8n-nodes-base.manualTrigger', 1),
	node('Read settings', 'n8n-nodes-base.dataTable', 1.1, {
		parameters: {
			operation: 'get',
			dataTableId: { __rl: true, mode: 'name', value: 'frontdesk_settings' },
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'tenant', condition: 'eq', keyValue: 'main' }] },
			returnAll: true,
		},
	}),
	node('Claim the key', 'n8n-nodes-base.executeWorkflow', 1.3, {
		parameters: {
			workflowId: { __rl: true, mode: 'list', value: '', cachedResultName: CALLED.name },
			workflowInputs: { mappingMode: 'defineBelow', value: { tenant: 'main', key: '={{ $json.key }}' } },
			mode: 'once',
			options: {},
		},
	}),
	node('Send the e-mail', 'n8n-nodes-base.sendGrid', 1, {
		onError: 'continueErrorOutput',
		credentials: { sendGridApi: { name: 'SendGrid' } },
		parameters: {
			resource: 'mail',
			fromEmail: "={{ $('Read settings').first().json.settings.sendgridFrom }}",
			toEmail: '={{ $json.email }}',
			subject: "={{ $json.settings['subject.greeting.' + $json.language] }}",
			contentValue: "={{ $json.settings['text.greeting.' + $json.language] }}",
			additionalFields: {},
		},
	}),
	node('Note the refusal', 'n8n-nodes-base.set', 3.4, { parameters: { options: {} } }),
	note('Overview', OVERVIEW, 1),
	note('Greeting', '## Greeting\nSends it.', 7),
];

const text: Text = { subject: 'Hello', text: 'Hello {name}' };

/** A small flow that keeps all rules, another copy at each call. */
export function goodFolder(): FlowFolder {
	const flow: WorkflowFile = {
		name: 'Send a greeting by e-mail',
		nodes: nodes(),
		connections: {
			'Start here': { main: [to('Read settings')] },
			'Read settings': { main: [to('Claim the key')] },
			'Claim the key': { main: [to('Send the e-mail')] },
			'Send the e-mail': { main: [[], to('Note the refusal')] },
		},
		settings: { executionOrder: 'v1' },
		pinData: {},
	};
	return {
		folder: 'greeting',
		flow,
		settings: {
			settings: [{ key: 'sendgridFrom', value: '', description: 'A verified sender' }],
			texts: { greeting: Object.fromEntries(LANGUAGES.map((language) => [language, { ...text }])) },
		},
		files: {
			'README.md': `# ${flow.name}\n\n![The flow](../../docs/pictures/flows/greeting.png)\n`,
			'sample-input.json': '{}',
			'settings.json': '{}',
		},
	};
}
