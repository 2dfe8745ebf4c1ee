import type { IDataObject } from 'n8n-workflow';
import { describeWithSpecs } from '../../support/specs';
import { byId, chatwootBench, credential, HOST, items, run, type Bench } from '../../unit/chatwoot/bench';
import { CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import { furnish } from './furnish';
import { swagger } from './swagger';

/** An operation, fields that make it work on the given contact and conversation, and what it asks of Chatwoot. */
type Case = [name: string, parameters: IDataObject, asked: string[], body?: unknown];

const contact = byId('55');
const conversation = byId('42');

const CASES: Case[] = [
	['contact.match', { email: 'jane@example.com' }, ['POST /contacts/filter?page=1']],
	[
		'contact.create',
		{
			contactName: 'Ann',
			phone: '+48 601 234 568',
			identifier: 'lead-2',
			inbox: byId('9'),
			additionalFields: {
				city: 'Kraków',
				company: 'Example',
				blocked: false,
				avatarUrl: 'https://example.com/a.png',
				customAttributes: { attribute: [{ key: 'source', value: 'web' }] },
				customAttributesJson: '{"visits": 3}',
			},
		},
		['POST /contacts'],
		{
			name: 'Ann',
			phone_number: '+48601234568',
			identifier: 'lead-2',
			avatar_url: 'https://example.com/a.png',
			blocked: false,
			additional_attributes: { city: 'Kraków', company_name: 'Example' },
			custom_attributes: { source: 'web', visits: 3 },
			inbox_id: 9,
		},
	],
	[
		'contact.upsert',
		{ contactName: 'Jane B.', email: 'JANE@example.com' },
		['POST /contacts/filter?page=1', 'PUT /contacts/55'],
		{ name: 'Jane B.', email: 'jane@example.com' },
	],
	['contact.get', { contact }, ['GET /contacts/55']],
	[
		'contact.getAll',
		{ limit: 5, sort: '-last_activity_at' },
		['GET /contacts?page=1&sort=-last_activity_at'],
	],
	['contact.search', { searchText: '+48601', limit: 5 }, ['GET /contacts/search?q=+48601&page=1']],
	['contact.update', { contact, contactName: 'J.' }, ['PUT /contacts/55'], { name: 'J.' }],
	[
		'contact.merge',
		{ contact, mergee: byId('56') },
		['POST /actions/contact_merge'],
		{ base_contact_id: 55, mergee_contact_id: 56 },
	],
	['contact.delete', { contact }, ['DELETE /contacts/55']],
	[
		'conversation.findOrCreate',
		{
			contact,
			inbox: byId('11'),
			newFields: { status: 'pending', customAttributes: { attribute: [{ key: 'a', value: 'b' }] } },
		},
		['GET /contacts/55/conversations', 'POST /conversations'],
		{ contact_id: 55, inbox_id: 11, status: 'pending', custom_attributes: { a: 'b' } },
	],
	['conversation.get', { conversation }, ['GET /conversations/42']],
	[
		'conversation.getAll',
		{
			limit: 5,
			inbox: byId('9'),
			filters: { status: 'open', assigneeType: 'all', labels: 'lead, new', searchText: 'book' },
		},
		['GET /conversations?status=open&assignee_type=all&inbox_id=9&labels[]=lead&labels[]=new&q=book&page=1'],
	],
	[
		'conversation.setStatus',
		{ conversation, status: 'snoozed', snoozedUntil: '2026-12-01T10:00:00+01:00' },
		['POST /conversations/42/toggle_status'],
		{ status: 'snoozed', snoozed_until: 1796115600 },
	],
	[
		'conversation.assign',
		{ conversation, agent: byId('3'), team: byId('2') },
		['POST /conversations/42/assignments', 'POST /conversations/42/assignments'],
		{ assignee_id: 3 },
	],
	[
		'conversation.addLabels',
		{ conversation, labels: 'Newcomer' },
		['GET /conversations/42/labels', 'POST /conversations/42/labels'],
		{ labels: ['lead', 'newcomer'] },
	],
	[
		'conversation.removeLabels',
		{ conversation, labels: 'lead' },
		['GET /conversations/42/labels', 'POST /conversations/42/labels'],
		{ labels: [] },
	],
	[
		'conversation.setLabels',
		{ conversation, labels: 'a,b,a' },
		['POST /conversations/42/labels'],
		{ labels: ['a', 'b'] },
	],
	[
		'conversation.setCustomAttributes',
		{ conversation, customAttributes: { attribute: [{ key: 'booking_id', value: '7' }] } },
		['GET /conversations/42', 'POST /conversations/42/custom_attributes'],
		{ custom_attributes: { package: 'basic', booking_id: '7' } },
	],
	[
		'message.send',
		{ conversation, text: 'Hello', private: true, options: { replyTo: '9001' } },
		['POST /conversations/42/messages'],
		{ content: 'Hello', message_type: 'outgoing', private: true, content_attributes: { in_reply_to: 9001 } },
	],
	[
		'message.sendTemplate',
		{
			conversation,
			templateName: 'appointment_reminder',
			language: 'pl',
			shownText: 'Dzień dobry',
			bodyValues: { value: [{ value: 'Jane' }, { value: 'at ten' }, { key: 'place', value: 'Kraków' }] },
			parts: {
				mediaUrl: 'https://example.com/a.pdf',
				mediaType: 'document',
				mediaName: 'a.pdf',
				buttons: {
					button: [
						{ type: 'url', parameter: 'b/7' },
						{ type: 'copy_code', parameter: 'X1' },
					],
				},
			},
		},
		['POST /conversations/42/messages'],
		{
			content: 'Dzień dobry',
			message_type: 'outgoing',
			template_params: {
				name: 'appointment_reminder',
				language: 'pl',
				category: 'UTILITY',
				processed_params: {
					body: { '1': 'Jane', '2': 'at ten', place: 'Kraków' },
					header: { media_url: 'https://example.com/a.pdf', media_type: 'document', media_name: 'a.pdf' },
					buttons: [
						{ type: 'url', parameter: 'b/7' },
						{ type: 'copy_code', parameter: 'X1' },
					],
				},
			},
		},
	],
	['message.getAll', { conversation, limit: 5 }, ['GET /conversations/42/messages']],
];

const named = CASES.map(([name, parameters, asked, body]) => ({ name, parameters, asked, body }));

describeWithSpecs('Chatwoot operations, against the swagger', () => {
	let bench: Bench;
	const { breaches } = swagger();
	beforeEach(() => {
		bench = chatwootBench();
		furnish(bench);
	});
	afterEach(() => bench.stop());

	it.each(named)('$name', async ({ name, parameters, asked, body }) => {
		const found = await items(name, parameters);
		expect(found).not.toHaveLength(0);
		expect(bench.asked()).toEqual(asked);
		if (body !== undefined) expect(bench.sent()).toEqual(body);
		expect(bench.calls().flatMap(breaches)).toEqual([]);
		for (const { request } of bench.calls()) {
			expect(request.url.startsWith(`${HOST}/api/v1/accounts/1/`)).toBe(true);
			expect(request.headers.api_access_token).toBe(CREDENTIALS.administrator);
			expect(request.url + request.body).not.toContain(CREDENTIALS.administrator);
		}
	});

	it.each(named)('$name keeps items linked, in success and in refusal', async ({ name, parameters }) => {
		const answers = (outputs: Array<Array<{ pairedItem?: unknown }>>) =>
			outputs.map((output) => output.map(({ pairedItem }) => (pairedItem as { item: number }).item));
		const wrong = { account: byId('={{ $json.account }}') };
		const { outputs } = await run(
			name,
			{ ...parameters, ...wrong },
			{
				items: [{ account: '404' }, { account: '1' }, { account: '404' }],
				onError: 'continueErrorOutput',
			},
		);
		const [good, bad] = answers(outputs);
		expect(new Set(good)).toEqual(new Set([1]));
		expect(bad).toEqual([0, 2]);
		expect(outputs[1]?.[0]?.json.error).toBe('Chatwoot could not find what was asked for (HTTP 404)');
		const { outputs: both } = await run(name, parameters, {
			items: [{}, {}],
			onError: 'continueRegularOutput',
		});
		expect(new Set(answers(both)[0])).toEqual(new Set([0, 1]));
	});

	it('covers every operation there is', () => {
		const names = CASES.map(([name]) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toHaveLength(9 + 9 + 3);
	});

	it("goes to the cloud with the documented header, whatever was typed for a host of one's own", async () => {
		await items(
			'contact.get',
			{ contact },
			{
				credentials: [
					credential(CREDENTIALS.agent, { installation: 'cloud', headerName: 'Api-Access-Token' }),
				],
			},
		);
		expect(bench.calls()[0]?.request.url).toBe('https://app.chatwoot.com/api/v1/accounts/1/contacts/55');
		expect(bench.calls()[0]?.request.headers.api_access_token).toBe(CREDENTIALS.agent);
	});
});
