import fc from 'fast-check';
import sax from 'sax';
import { TwilioMessage } from '../../nodes/TwilioMessage/TwilioMessage.node';
import { twiml } from '../../nodes/TwilioMessage/twiml';
import { WORKFLOWS, readFlow, type FlowNode } from '../../workflows/build/files';
import { mapped, mondayBench, run } from '../unit/monday/bench';
import { runNode } from '../support/n8n';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { SEED, TEXTS } from './support/hostile';
import { judgeWorld } from './support/judge';

/** What a customer may write to be taken for code by GraphQL, XML, HTML, a filter or n8n. */
const ATTACKS = [
	'"}) { id } } mutation { delete_board(board_id: 1) { id } } #',
	'$m0_name: String!) { __schema { types { name } } }',
	'\\"; { "email": {} } \\u0022 """',
	'</Body></Message><Message><Body>x</Body><Redirect>https://evil.example.com</Redirect>',
	']]><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
	'<script>alert(1)</script><img src=x onerror=alert(1)>',
	'={{ $env.SECRET }}',
	'{{ $json.name }} ${7*7} <%= 7*7 %>',
	'={{ process.exit(1) }}',
	"' OR 1=1; DROP TABLE leads; --",
	'__proto__',
	'{"__proto__":{"polluted":"yes"}}',
];

afterEach(judgeWorld);

describe('what a customer wrote', () => {
	it('travels to monday.com as a variable, never as GraphQL', async () => {
		const bench = mondayBench();
		const create = async (names: string[]) =>
			await run(
				'create',
				{ itemName: '={{ $json.name }}', columns: mapped({ text1: '={{ $json.name }}' }) },
				{ items: names.map((name) => ({ name })) },
			);
		await create(ATTACKS.map((_, index) => `Lead ${index}`));
		const plain = bench.bodies().at(-1)?.query;
		const { error } = await create(ATTACKS);
		const items = bench.items().slice(-ATTACKS.length);
		bench.stop();
		expect(error).toBeUndefined();
		expect(bench.bodies().at(-1)?.query).toBe(plain);
		expect(items.map(({ name }) => name)).toEqual(ATTACKS);
		expect(items.map(({ values }) => values.text1?.value)).toEqual(ATTACKS);
	});

	it('comes out of a TwiML reply as it went in', async () => {
		const parameters = { resource: 'message', operation: 'reply', replyWith: 'message', mediaUrls: [] };
		for (const written of ATTACKS) {
			const { responses, error } = await runNode(new TwilioMessage(), {
				parameters: { ...parameters, text: '={{ $json.text }}' },
				items: [{ text: written }],
			});
			expect(error).toBeUndefined();
			expect(bodiesIn(String((responses[0] as { body?: unknown } | undefined)?.body))).toEqual([written]);
		}
		const text = fc.oneof(
			fc.constantFrom(...ATTACKS, ...TEXTS),
			fc.string({ unit: 'grapheme', minLength: 1 }),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (bodies) => {
				const kept = bodies.map(writable).filter((body) => body !== '');
				expect(bodiesIn(twiml(kept.map((body) => ({ body, mediaUrls: [] }))))).toEqual(kept);
			}),
			{ seed: SEED, numRuns: 2000 },
		);
	});
});

/** Without what XML cannot hold, however it is written: control characters and halves of pairs. */
const writable = (text: string) =>
	text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

/** The texts of the messages in TwiML, by an XML parser that takes nothing but good XML. */
function bodiesIn(xml: string): string[] {
	const parser = sax.parser(true, { strictEntities: true });
	const open: string[] = [];
	const bodies: string[] = [];
	parser.onerror = (error) => {
		throw error;
	};
	parser.onopentag = ({ name }) => {
		open.push(name);
		if (open.join('/') === 'Response/Message/Body') bodies.push('');
	};
	parser.ontext = (part) => {
		if (open.at(-1) === 'Body') bodies.push((bodies.pop() ?? '') + part);
	};
	parser.onclosetag = () => open.pop();
	parser.write(xml).close();
	return bodies;
}

describe('the flows', () => {
	const names = readdirSync(WORKFLOWS).filter((name) =>
		existsSync(path.join(WORKFLOWS, name, 'workflow.json')),
	);
	const nodes = names.flatMap((flow) => readFlow(flow).nodes.map((node) => ({ flow, node })));
	const labelled = (found: typeof nodes) => found.map(({ flow, node }) => `${flow}: ${node.name}`);

	/** All texts among a node's parameters, by the names on the way to them. */
	const textsOf = (value: unknown, way = ''): Array<[string, string]> =>
		typeof value === 'string'
			? [[way, value]]
			: typeof value === 'object' && value !== null
				? Object.entries(value).flatMap(([key, one]) => textsOf(one, `${way}.${key}`))
				: [];

	const isMail = ({ type }: FlowNode) => /sendGrid|emailSend|gmail|mailgun|mailjet/i.test(type);

	it('send e-mail as plain text, or by a template of SendGrid that escapes what is put into it', () => {
		const mails = nodes.filter(({ node }) => isMail(node));
		expect(mails.length).toBeGreaterThan(0);
		const unsafe = mails.filter(({ node: { parameters } }) => {
			const isHtml = parameters.contentType === 'text/html' || typeof parameters.html === 'string';
			return isHtml || !(parameters.dynamicTemplate === true || parameters.contentType === 'text/plain');
		});
		expect(labelled(unsafe)).toEqual([]);
	});

	it('escape what they show of a person on a page', () => {
		const unsafe = nodes.filter(({ node }) =>
			textsOf(node.parameters).some(
				([way, text]) =>
					/(formDescription|completionMessage|completionTitle|html)$/.test(way) &&
					text.startsWith('=') &&
					/\.(name|email|phone|text)\b/.test(text) &&
					!text.includes("replaceAll('<', '&lt;')"),
			),
		);
		expect(labelled(unsafe)).toEqual([]);
	});

	it('take no text for code', () => {
		const unsafe = nodes.filter(({ node }) =>
			textsOf(node.parameters).some(([, text]) =>
				/\beval\s*\(|\bFunction\s*\(|\$evaluateExpression|\bimport\s*\(|child_process|\.constructor\b/.test(
					text,
				),
			),
		);
		expect(labelled(unsafe)).toEqual([]);
	});

	it('hand values to Postgres as parameters, never inside a query', () => {
		const unsafe = nodes.filter(
			({ node }) =>
				node.type === 'n8n-nodes-base.postgres' && /^=|\{\{/.test(String(node.parameters.query ?? '')),
		);
		expect(labelled(unsafe)).toEqual([]);
	});
});
