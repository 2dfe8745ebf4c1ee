import { CREDENTIALS as GA4 } from '../../sandbox/simulators/ga4';
import type { ChainNode } from '../../sandbox/src/chain';
import type { EditorApi } from '../../sandbox/src/editor-api';
import { readFlow, type FlowNode, type WorkflowFile } from '../../workflows/build/files';
import { inOrderOfCalls, linkIn } from '../../workflows/build/links';
import { known, stockColumns, stockMonday } from './monday';

type StockNode = ChainNode & Partial<Pick<FlowNode, 'onError'>>;

/** What stands in place of one of our nodes. */
interface Replacement {
	nodes: StockNode[];
	/** Between them, by name, for each output. */
	connections: Record<string, string[][]>;
	/** Takes what came to our node. */
	entry: string;
	/** Those that go on where our node went on. */
	exits: string[];
}

const TYPE = 'n8n-nodes-frontdesk.';
const HEADER_CREDENTIAL: [type: string, name: string] = ['httpHeaderAuth', 'Bench header'];
/** Where the flow's first one listens. */
export const STOCK_PATH = 'bench-stock-lead';
const BODY = "$('Receive').first().json.body";

/** The expression in a field, without its braces; fixed text as a literal. */
const expressionIn = (field: unknown) =>
	/^=\{\{([\s\S]*)\}\}$/.exec(String(field))?.[1] ?? JSON.stringify(String(field));

const set = (name: string, json: string) => ({
	name,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: `={{ ${json} }}`, options: {} },
});

const inARow = (...nodes: Replacement['nodes']): Replacement => ({
	nodes,
	connections: Object.fromEntries(
		nodes.slice(1).map(({ name }, index) => [nodes[index]?.name ?? '', [[name]]]),
	),
	entry: nodes[0]?.name ?? '',
	exits: [nodes.at(-1)?.name ?? ''],
});

const trigger = ({ name }: FlowNode) =>
	inARow(
		{
			name: 'Receive',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: STOCK_PATH,
			parameters: {
				path: STOCK_PATH,
				httpMethod: 'POST',
				authentication: 'headerAuth',
				responseMode: 'responseNode',
				options: {},
			},
			credential: HEADER_CREDENTIAL,
		},
		set(
			name,
			`{ lead: { chatUserId: ${BODY}['messenger user id'], name: ${BODY}.name, email: ${BODY}.email, phone: ${BODY}.phone, topic: ${BODY}.topic, package: ${BODY}.package, language: ${BODY}.language } }`,
		),
	);

/** No built-in node reads phone numbers; digits with a plus are what one does. */
const phone = ({ name, parameters }: FlowNode) => {
	const digits = `('+' + String(${expressionIn(parameters.phoneNumber)}).replace(/\\D/g, ''))`;
	return inARow(set(name, `{ valid: true, identityKey: ${digits}, e164: ${digits} }`));
};

const reply = ({ name, parameters }: FlowNode) => {
	const { message } = parameters.messages as { message: Array<{ text: string }> };
	const { attribute } = parameters.attributes as { attribute: Array<{ name: string; value: string }> };
	const texts = message.map(({ text }) => `{ text: ${expressionIn(text)} }`).join(', ');
	const attributes = attribute
		.map((one) => `${JSON.stringify(one.name)}: ${expressionIn(one.value)}`)
		.join(', ');
	return inARow({
		name,
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.5,
		parameters: {
			respondWith: 'json',
			responseBody: `={{ { messages: [${texts}], set_attributes: { ${attributes} } } }}`,
			options: {},
		},
	});
};

const sms = ({ name, parameters: { from, to, body } }: FlowNode) =>
	inARow({
		name,
		type: 'n8n-nodes-base.twilio',
		typeVersion: 1,
		onError: 'continueErrorOutput',
		parameters: { resource: 'sms', operation: 'send', from, to, message: body, options: {} },
		credential: ['twilioApi', 'Twilio'],
	});

/** Checked first, then sent, as ours does. */
const ga4 = ({ name, parameters }: FlowNode) => {
	const prepared = "$('Prepare the attempt').first().json";
	const event = `{ client_id: ${prepared}.delivery.leadKey, events: [{ name: ${prepared}.payload.event, params: ${expressionIn(parameters.parametersJson).replaceAll('$json', prepared)} }] }`;
	const request = (nodeName: string, path: string) => ({
		name: nodeName,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		onError: 'continueErrorOutput',
		parameters: {
			method: 'POST',
			url: `https://www.google-analytics.com${path}?measurement_id=${GA4.measurementId}&api_secret=${GA4.apiSecret}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ ${event} }}`,
			options: {},
		},
	});
	return inARow(request('Check at GA4', '/debug/mp/collect'), request(name, '/mp/collect'));
};

/** A search, and one node for the known and one for the new. */
const monday = ({ name }: FlowNode): Replacement => {
	const prepared = "$('Prepare the attempt').first().json";
	const others =
		"Object.fromEntries(Object.entries($('Lay out the columns').first().json).filter(([, value]) => value).map(([id, value]) => [id, id.startsWith('status') ? { label: value } : value]))";
	const columnValues = stockColumns(`${prepared}.payload`, others);
	const node = (nodeName: string, operation: string, parameters: object): StockNode => ({
		...stockMonday(nodeName, operation, parameters),
		onError: 'continueErrorOutput',
	});
	const search = node('Search', 'getByColumnValue', {
		columnId: 'email',
		columnValue: `={{ ${prepared}.payload.email }}`,
		returnAll: false,
		limit: 1,
	});
	const update = node('Update', 'changeMultipleColumnValues', { itemId: '={{ $json.id }}', columnValues });
	const create = node(name, 'create', {
		groupId: 'topics',
		name: `={{ ${prepared}.payload.itemName }}`,
		additionalFields: { columnValues },
	});
	return {
		nodes: [{ ...search, alwaysOutputData: true }, known('id'), update, create],
		connections: { Search: [['Known?']], 'Known?': [['Update'], [name]] },
		entry: 'Search',
		exits: ['Update', name],
	};
};

/** Ours on the way of a lead; any other node of ours does nothing in the stock flow, as it does nothing in ours. */
function replacementFor(node: FlowNode): Replacement | undefined {
	if (!node.type.startsWith(TYPE)) return undefined;
	const { operation, content } = node.parameters;
	const kind = [node.type.slice(TYPE.length), operation, content].filter(Boolean).join(' ');
	switch (kind) {
		case 'chatfuelTrigger':
			return trigger(node);
		case 'phoneNumber getIdentityKey':
			return phone(node);
		case 'chatfuel reply fields':
			return reply(node);
		case 'twilioMessage send text':
			return sms(node);
		case 'ga4Events send':
			return ga4(node);
		case 'mondayLeads upsert':
			return monday(node);
		default:
			return inARow({ name: node.name, type: 'n8n-nodes-base.noOp' });
	}
}

const toFlowNode = ({ credential, ...node }: StockNode, position: FlowNode['position']): FlowNode => ({
	...node,
	id: node.name,
	typeVersion: node.typeVersion ?? 1,
	position,
	parameters: node.parameters ?? {},
	...(credential && { credentials: { [credential[0]]: { name: credential[1] } } }),
});

type Connections = WorkflowFile['connections'];

/** Puts a replacement into a flow: what led to our node leads to its entry, and its exits lead where ours did. */
function put(connections: Connections, { name }: FlowNode, by: Replacement): void {
	for (const outputs of Object.values(connections).flatMap((kinds) => kinds.main ?? [])) {
		for (const target of outputs ?? []) if (target.node === name) target.node = by.entry;
	}
	const after = connections[name]?.main ?? [];
	const to = (node: string) => ({ node, type: 'main', index: 0 });
	for (const node of by.nodes) {
		const inner = by.connections[node.name]?.map((targets) => targets.map(to));
		if (by.exits.includes(node.name)) connections[node.name] = { main: structuredClone(after) };
		else if (inner) {
			const failed = node.onError ? [structuredClone(after[1] ?? null)] : [];
			connections[node.name] = { main: [...inner, ...failed] };
		}
	}
}

/** The name that a flow's stock twin has. */
const twin = (name: string) => `Stock: ${name}`;

/** A flow of ours with n8n's own nodes in place of ours; the flows that it calls are twins too. */
function stockFlow(folder: string): WorkflowFile {
	const file = structuredClone(readFlow(folder));
	const nodes = file.nodes.flatMap((node) => {
		const by = replacementFor(node);
		if (!by) return [node];
		put(file.connections, node, by);
		return by.nodes.map((one) => toFlowNode(one, node.position));
	});
	return { ...file, name: twin(file.name), nodes };
}

/**
 * Imports flows with n8n's own nodes in place of ours and switches them on.
 *
 * @param folders with those that they call
 * @param secret what the first one's webhook asks for, as header name and value
 */
export async function publishStock(
	editor: EditorApi,
	folders: string[],
	secret: { name: string; value: string },
): Promise<void> {
	await editor.saveCredential(HEADER_CREDENTIAL[1], HEADER_CREDENTIAL[0], secret);
	const ids = new Map<string, string>();
	const flows = new Map(folders.map((folder) => [folder, readFlow(folder)]));
	for (const flow of inOrderOfCalls(flows).map(stockFlow)) {
		for (const { parameters, credentials = {} } of flow.nodes) {
			const link = linkIn(parameters);
			if (link) link.value = ids.get(twin(String(link.cachedResultName))) ?? '';
			for (const [type, credential] of Object.entries(credentials)) {
				credential.id = await editor.credentialId(credential.name, type);
			}
		}
		const stored = await editor.saveWorkflow(flow);
		await editor.publish(stored);
		ids.set(flow.name, stored.id);
	}
}
