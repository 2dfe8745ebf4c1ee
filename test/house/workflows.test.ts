import { flowNames, type FlowNode, type Text } from '../../workflows/build/files';
import { RULES } from './flowRules';
import { readBook, readFolder, type Book, type FlowFolder } from './flowRules/book';
import { CALLED, goodFolder } from './flowRules/fixture';

let book: Book;

beforeAll(async () => {
	book = await readBook();
}, 600_000);

describe.each(flowNames())('the flow %s', (folder) => {
	it.each(Object.entries(RULES))('has %s', (_, rule) => {
		expect(rule(readFolder(folder), book)).toEqual([]);
	});
});

const nodeOf = ({ flow }: FlowFolder, name: string): FlowNode => {
	const found = flow.nodes.find((node) => node.name === name);
	if (!found) throw new Error(`The sample has no node "${name}"`);
	return found;
};
const set = (name: string, more: Partial<FlowNode>) => (folder: FlowFolder) =>
	void Object.assign(nodeOf(folder, name), more);
const give = (name: string, parameters: Record<string, unknown>) => (folder: FlowFolder) =>
	void Object.assign(nodeOf(folder, name).parameters, parameters);
const say = (name: string, content: string) => give(name, { content });
const text = (language: string, more: Partial<Text>) => (folder: FlowFolder) =>
	void Object.assign(folder.settings.texts.greeting?.[language] ?? {}, more);

type Breach = [rule: keyof typeof RULES, what: string, spoil: (folder: FlowFolder) => void, finding: RegExp];

const MAIL = 'Send the e-mail';
const READ = 'Read settings';
const CALL = 'Claim the key';
const link = (more: object) => ({
	workflowId: { mode: 'list', value: '', cachedResultName: CALLED.name, ...more },
});
const inputs = (value: object) => ({ workflowInputs: { mappingMode: 'defineBelow', value } });

const ABOUT_NODES: Breach[] = [
	[
		'node types that n8n has',
		'a type',
		set(MAIL, { type: 'n8n-nodes-base.sendgrid' }),
		/no n8n-nodes-base\.sendgrid/,
	],
	['node types that n8n has', 'a version', set(READ, { typeVersion: 7 }), /in version 7/],
	['parameters that the nodes have', 'a name', give(MAIL, { fromMail: 'x' }), /fromMail is no field/],
	[
		'parameters that the nodes have',
		'a name in a collection',
		give(MAIL, { additionalFields: { copy: '' } }),
		/additionalFields\.copy is no/,
	],
	[
		'parameters that the nodes have',
		'a name in a list',
		give(READ, { filters: { conditions: [{ column: 'key' }] } }),
		/filters\.conditions\.column is no/,
	],
	[
		'parameters that the nodes have',
		'a choice',
		give(READ, { operation: 'getAll' }),
		/operation has no choice "getAll"/,
	],
	['parameters that the nodes have', 'a hidden field', give(READ, { columns: {} }), /columns is not shown/],
	[
		'nodes named for what they do',
		"n8n's name",
		set('Note the refusal', { name: 'Edit Fields1' }),
		/Edit Fields1: name it/,
	],
	[
		'a name that says what is done',
		'a noun',
		({ flow }) => void (flow.name = 'Greeting by e-mail'),
		/begin with a verb/,
	],
	[
		'a name that says what is done',
		'a title',
		({ flow }) => void (flow.name = 'Send a Greeting'),
		/"Greeting" with a capital/,
	],
	[
		'a name that says what is done',
		'a small node',
		set(READ, { name: 'read settings' }),
		/begin with a capital/,
	],
];

const ABOUT_WIRES: Breach[] = [
	[
		'no node unconnected',
		'an island',
		({ flow }) => void delete flow.connections[READ],
		/Claim the key: connected to nothing/,
	],
	[
		'no node unconnected',
		'an idle trigger',
		({ flow }) => void delete flow.connections['Start here'],
		/Start here: connected to nothing/,
	],
	[
		'no node unconnected',
		'a loose end',
		({ flow }) => void (flow.connections.Gone = { main: [[{ node: READ, type: 'main', index: 0 }]] }),
		/Gone → Read settings/,
	],
	["providers' errors led somewhere", 'a stop', set(MAIL, { onError: undefined }), /On Error has to be/],
	[
		"providers' errors led somewhere",
		'a dead end',
		({ flow }) => void delete flow.connections[MAIL],
		/error output leads nowhere/,
	],
	[
		"providers' errors led somewhere",
		'a request',
		set('Note the refusal', { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.3, parameters: {} }),
		/On Error has to be/,
	],
	[
		'calls of flows that take what is given',
		'an ID',
		give(CALL, link({ value: 'abc' })),
		/leaves its ID empty/,
	],
	[
		'calls of flows that take what is given',
		'a stranger',
		give(CALL, link({ cachedResultName: 'Claim it' })),
		/no flow "Claim it"/,
	],
	[
		'calls of flows that take what is given',
		'too little',
		give(CALL, inputs({ tenant: '' })),
		/also takes "key"/,
	],
	[
		'calls of flows that take what is given',
		'too much',
		give(CALL, inputs({ tenant: '', key: '', more: '' })),
		/takes no "more"/,
	],
	[
		'credentials by name that the sandbox knows',
		'none',
		set(MAIL, { credentials: {} }),
		/no credential of type sendGridApi/,
	],
	[
		'credentials by name that the sandbox knows',
		'an ID',
		set(MAIL, { credentials: { sendGridApi: { name: 'SendGrid', id: '7' } } }),
		/is named, nothing more/,
	],
	[
		'credentials by name that the sandbox knows',
		'a strange name',
		set(MAIL, { credentials: { sendGridApi: { name: 'Mine' } } }),
		/no credential "Mine"/,
	],
	[
		'credentials by name that the sandbox knows',
		'a strange type',
		set(READ, { credentials: { sendGridApi: { name: 'SendGrid' } } }),
		/takes no credential/,
	],
];

const ABOUT_STATE: Breach[] = [
	['expressions that parse', 'half an expression', give(MAIL, { toEmail: '={{ $json.( }}' }), /toEmail: /],
	['expressions that parse', 'none', give(MAIL, { toEmail: '=anna' }), /has no \{\{/],
	[
		'expressions that parse',
		'half a program',
		set(READ, { type: 'n8n-nodes-base.code', parameters: { jsCode: 'return [' } }),
		/jsCode: /,
	],
	[
		'no variable of n8n spread bare',
		'an item',
		give(MAIL, { toEmail: '={{ ({ ...$json, to: $json.email }).to }}' }),
		/toEmail: \.\.\.\$json: hand it/,
	],
	[
		'expressions that name existing nodes',
		'a former name',
		give(MAIL, { toEmail: "={{ $('It\\'s gone').item.json.a }}" }),
		/no node "It's gone"/,
	],
	[
		'Data Tables and columns of tables.json',
		'an ID',
		give(READ, { dataTableId: { mode: 'id', value: 'x' } }),
		/by name/,
	],
	[
		'Data Tables and columns of tables.json',
		'a table',
		give(READ, { dataTableId: { mode: 'name', value: 'leads' } }),
		/no table "leads"/,
	],
	[
		'Data Tables and columns of tables.json',
		'a column',
		give(READ, { filters: { conditions: [{ keyName: 'tenant' }, { keyName: 'name' }] } }),
		/no column "name"/,
	],
	[
		'Data Tables and columns of tables.json',
		"everybody's rows",
		give(READ, { filters: { conditions: [] } }),
		/not by tenant/,
	],
	[
		'Data Tables and columns of tables.json',
		'no tenant',
		give(READ, { operation: 'insert', columns: { value: { key: '' } } }),
		/writes no tenant/,
	],
	[
		'its settings in settings.json',
		'a setting',
		give(MAIL, { toEmail: '={{ $json.settings.replyTo }}' }),
		/no setting "replyTo"/,
	],
	[
		'its settings in settings.json',
		'a quoted setting',
		give(MAIL, { toEmail: "={{ $json.settings?.['replyTo'] }}" }),
		/no setting "replyTo"/,
	],
	[
		'its settings in settings.json',
		'a text',
		give(MAIL, { toEmail: '={{ $json.settings[`text.farewell.${$json.language}`] }}' }),
		/no text "farewell"/,
	],
	[
		'its settings explained',
		'nothing said',
		({ settings }) => settings.settings.push({ key: 'limit', value: '', description: '' }),
		/"limit" has no description/,
	],
	[
		'its settings explained',
		'a strange key',
		({ settings }) => settings.settings.push({ key: 'The limit', value: '', description: 'x' }),
		/not in camelCase/,
	],
	[
		'its settings explained',
		'a double',
		({ settings }) => settings.settings.push(...settings.settings),
		/stands there twice/,
	],
	[
		'its texts in five languages',
		'a gap',
		({ settings }) => void delete settings.texts.greeting?.uk,
		/no text in uk/,
	],
	[
		'its texts in five languages',
		'another language',
		({ settings }) =>
			void (settings.texts.greeting = { ...settings.texts.greeting, de: { text: 'Hallo {name}' } }),
		/is in de/,
	],
	[
		'its texts in five languages',
		'another placeholder',
		text('pl', { text: 'Witaj {imie}' }),
		/other placeholders in the text/,
	],
	[
		'its texts in five languages',
		'no subject',
		text('es', { subject: undefined }),
		/a subject in some languages only/,
	],
];

const ABOUT_PAPERS: Breach[] = [
	['notes that explain it', 'no set-up', say('Overview', '### How it works'), /not 0/],
	['notes that explain it', 'few words', say('Overview', '### How it works\n### Setup'), /4 words/],
	['notes that explain it', 'a long section', say('Greeting', 'word '.repeat(60)), /60 words/],
	['notes that explain it', 'a white overview', give('Overview', { color: 7 }), /not yellow/],
	['its files', 'no README', ({ files }) => void (files['README.md'] = undefined), /README\.md is missing/],
	[
		'its files',
		'no settings',
		({ files }) => void (files['settings.json'] = undefined),
		/settings\.json is missing/,
	],
	['its files', 'another title', ({ files }) => void (files['README.md'] = '# Greet\n'), /does not begin/],
	['its files', 'a broken sample', ({ files }) => void (files['sample-input.json'] = '{'), /is no JSON/],
	['nothing private inside', "n8n's own ID", ({ flow }) => void (flow.id = 'x'), /"id" belongs/],
	[
		'nothing private inside',
		'a sample of one execution',
		({ flow }) => void (flow.pinData = { 'Start here': [{ json: { email: 'anna@salon.pl' } }] }),
		/Start here: sample\.0\.json\.email holds an e-mail address/,
	],
	[
		'samples to try it with',
		'a trigger without a sample',
		set('Start here', { type: 'n8n-nodes-frontdesk.chatfuelTrigger' }),
		/Start here holds 0 samples, not one/,
	],
	[
		'samples to try it with',
		'a sample of another node',
		({ flow }) => void (flow.pinData = { [READ]: [{ json: {} }] }),
		/Read settings, which is no trigger/,
	],
	[
		'nothing private inside',
		'an error flow',
		({ flow }) => void (flow.settings = { errorWorkflow: 'x' }),
		/errorWorkflow/,
	],
	[
		'nothing private inside',
		'a webhook ID',
		set('Start here', { webhookId: goodFolder().flow.nodes[0]?.id }),
		/webhookId/,
	],
];

const PRIVATE: Array<[what: string, text: string]> = [
	['an ID', goodFolder().flow.nodes[0]?.id ?? ''],
	['a long number', 'board 1234567890'],
	['a phone number', '+48 601 234 568'],
	['an e-mail address', 'anna@salon.pl'],
	['a secret', ['sk', 'proj', 'a1b2c3d4e5f6g7h8'].join('-')],
	['a secret', 'Bearer abcdefghijklmnop'],
	['a secret', 'f3a9'.repeat(12)],
	['a machine address', 'http://localhost:5678/webhook'],
	['a machine address', '10.0.0.12'],
	['a machine address', 'https://n8n.internal/x'],
	['a path of one machine', '/tmp/x'],
];

describe('the rules for flows', () => {
	const small = () => ({ ...book, flows: new Map([[CALLED.name, CALLED]]) });

	it.each(Object.entries(RULES))('find nothing in a good flow: %s', (_, rule) => {
		expect(rule(goodFolder(), small())).toEqual([]);
	});

	it.each([...ABOUT_NODES, ...ABOUT_WIRES, ...ABOUT_STATE, ...ABOUT_PAPERS])(
		'"%s" finds %s',
		(rule, _, spoil, finding) => {
			const folder = goodFolder();
			spoil(folder);
			expect(RULES[rule](folder, small()).join('\n')).toMatch(finding);
		},
	);

	it.each(PRIVATE)('"nothing private inside" finds %s in %j', (what, value) => {
		const folder = goodFolder();
		nodeOf(folder, 'Note the refusal').parameters.note = `see ${value}`;
		expect(RULES['nothing private inside'](folder, small())).toContainEqual(
			`Note the refusal: note holds ${what}`,
		);
	});

	it('every rule is shown to find something', () => {
		const shown = [...ABOUT_NODES, ...ABOUT_WIRES, ...ABOUT_STATE, ...ABOUT_PAPERS].map(([rule]) => rule);
		expect(new Set(shown)).toEqual(new Set(Object.keys(RULES)));
	});
});
