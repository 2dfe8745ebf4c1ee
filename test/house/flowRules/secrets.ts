import type { FlowNode } from '../../../workflows/build/files';
import { parameterTexts, sampleTexts, type PlacedText, type Rule } from './book';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** What says nothing about the business that made the flow. */
const TOP_LEVEL = ['name', 'nodes', 'connections', 'settings', 'pinData'];
/** Ids that n8n makes for a row of a list; they mean nothing elsewhere. */
const ROW_ID = /(^|\.)(assignments|conditions|values|options)(\.\d+)?\.id$|\.conditions\.\d+\.id$/;

const PATTERNS: Array<[what: string, pattern: RegExp]> = [
	['an ID', UUID],
	['a long number', /(?<![\w.#-])(?!\d+0{5}\b)\d{9,}(?![\w-])/],
	['a phone number', /\+\d[\d ()-]{7,}\d/],
	['an e-mail address', /[\w.+-]+@(?!example\.(?:com|org|net)\b)[\w-]+\.[a-z]{2,}/i],
	[
		'a secret',
		/\b(sk-[\w-]{16,}|SG\.[\w-]{10,}|AC[0-9a-f]{32}|xox[abp]-|eyJ[\w-]{20,}|ghp_\w{20,}|Bearer\s+[\w.-]{12,})/,
	],
	['a secret', /(?<![\w/])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])[\w+/-]{40,}={0,2}(?![\w/])/i],
	[
		'a machine address',
		/\blocalhost\b|\b(?!0\.0\.0\.0\/)\d{1,3}(\.\d{1,3}){3}\b|[\w-]\.(local|internal|lan)(?=[:/"'\s]|$)/,
	],
	['a path of one machine', /(^|[\s"'`(])(\/(home|root|Users|tmp|var|work)\/\w|[A-Z]:\\)/m],
];

const SECRET_FIELD = /(password|token|secret|apiKey|accessKey|authorization)$/i;

/** Numbers that samples show: the examples' own, Ofcom's for plays, which never ring, and Twilio's for tests. */
const SAMPLE_NUMBER = /\+?(48 ?601 ?234 ?567|447700900\d{3}|15005550006)\b/g;

const foundIn = ({ node, at, text }: PlacedText): string[] => {
	if (ROW_ID.test(at)) return [];
	const checked = text.replace(SAMPLE_NUMBER, '');
	const found = PATTERNS.filter(([, pattern]) => pattern.test(checked)).map(([what]) => what);
	if (SECRET_FIELD.test(at) && text !== '' && !text.startsWith('=')) found.push('a secret');
	return found.map((what) => `${node}: ${at} holds ${what}`);
};

function privateFields(node: FlowNode): string[] {
	const webhookId = String(node.webhookId ?? '');
	return UUID.test(webhookId) ? [`${node.name}: webhookId: give it a path that people can read`] : [];
}

/** What belongs to one business or machine: ids, numbers, addresses, secrets, and what n8n adds on export. */
export const nothingPrivate: Rule = ({ flow, settings }) => [
	...Object.keys(flow)
		.filter((key) => !TOP_LEVEL.includes(key))
		.map((key) => `"${key}" belongs to the n8n it came from`),
	...(flow.settings?.errorWorkflow ? ['settings.errorWorkflow is filled in on installation'] : []),
	...flow.nodes.flatMap(privateFields),
	...[...parameterTexts(flow.nodes), ...sampleTexts(flow)].flatMap(foundIn),
	...settings.settings.flatMap(({ key, value }) => foundIn({ node: 'settings.json', at: key, text: value })),
];
