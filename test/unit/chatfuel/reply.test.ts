import type { IDataObject } from 'n8n-workflow';
import { Chatfuel } from '../../../nodes/Chatfuel/Chatfuel.node';
import { faultsOf } from '../../../sandbox/simulators/chatfuelCaller';
import { runNode, type NodeRunOptions } from '../../support/n8n';
import { describeWithSpecs, jsonPayload } from '../../support/specs';

const run = (parameters: IDataObject, more: NodeRunOptions = {}) =>
	runNode(new Chatfuel(), {
		parameters: { resource: 'message', operation: 'reply', ...parameters },
		...more,
	});

const replyTo = async (parameters: IDataObject, more: NodeRunOptions = {}) => {
	const { responses, error } = await run(parameters, more);
	if (error) throw error;
	expect(responses).toHaveLength(1);
	const [response] = responses as unknown as Array<{ body: IDataObject }>;
	expect(faultsOf(response?.body)).toEqual([]);
	return response?.body;
};

const messages = (...message: IDataObject[]) => ({ messages: { message } });
const text = (words: string) => ({ type: 'text', text: words });
const showBlock = (title: string) => ({ type: 'show_block', title, blocks: ['Book'] });
const many = (count: number) => Array.from({ length: count }, (_, index) => `Choice ${index}`);

describe('Chatfuel reply', () => {
	it('is JSON with status 200', async () => {
		const { responses } = await run(messages(text('Hello')));
		expect(responses).toEqual([
			{
				body: { messages: [{ text: 'Hello' }] },
				headers: { 'content-type': 'application/json; charset=utf-8' },
				statusCode: 200,
			},
		]);
	});

	it('builds every kind of message, quick reply and button', async () => {
		const parameters = {
			...messages(
				text('Hello 🙂\n"quoted"'),
				{ type: 'image', url: 'https://example.com/a.png' },
				{
					type: 'gallery',
					imageShape: 'square',
					cards: {
						card: [
							{
								title: 'Cut',
								subtitle: '30 min',
								imageUrl: 'https://example.com/c.png',
								buttons: { button: [showBlock('Book')] },
							},
							{ title: 'Colour' },
						],
					},
				},
				{
					type: 'buttons',
					text: 'Manage your visit',
					buttons: {
						button: [
							{ type: 'web_url', title: 'Open', url: 'https://example.com/visit' },
							{ type: 'json_plugin_url', title: 'Cancel', url: 'https://example.com/cancel' },
							{ type: 'phone_number', title: 'Call', phone: '+12025550123' },
						],
					},
				},
			),
			quickReplies: {
				quickReply: [
					{
						title: '10:00',
						type: 'set_attributes',
						attributes: { attribute: [{ name: 'selected slot', value: '10:00' }] },
					},
					{ title: 'Other day', type: 'show_block', blocks: ['Choose day, please', 'Days'] },
					{ title: 'More', type: 'json_plugin_url', url: 'https://example.com/more' },
				],
			},
			attributes: {
				attribute: [
					{ name: 'lead status', value: 'NEW' },
					{ name: 'empty', value: '' },
				],
			},
			redirectToBlocks: ['Booking confirmed'],
		};
		expect(await replyTo(parameters)).toEqual({
			messages: [
				{ text: 'Hello 🙂\n"quoted"' },
				{ attachment: { type: 'image', payload: { url: 'https://example.com/a.png' } } },
				{
					attachment: {
						type: 'template',
						payload: {
							template_type: 'generic',
							image_aspect_ratio: 'square',
							elements: [
								{
									title: 'Cut',
									subtitle: '30 min',
									image_url: 'https://example.com/c.png',
									buttons: [{ type: 'show_block', title: 'Book', block_names: ['Book'] }],
								},
								{ title: 'Colour' },
							],
						},
					},
				},
				{
					attachment: {
						type: 'template',
						payload: {
							template_type: 'button',
							text: 'Manage your visit',
							buttons: [
								{ type: 'web_url', title: 'Open', url: 'https://example.com/visit' },
								{ type: 'json_plugin_url', title: 'Cancel', url: 'https://example.com/cancel' },
								{ type: 'phone_number', title: 'Call', phone_number: '+12025550123' },
							],
						},
					},
					quick_replies: [
						{ title: '10:00', set_attributes: { 'selected slot': '10:00' } },
						{ title: 'Other day', block_names: ['Choose day, please', 'Days'] },
						{ title: 'More', type: 'json_plugin_url', url: 'https://example.com/more' },
					],
				},
			],
			set_attributes: { 'lead status': 'NEW' },
			redirect_to_blocks: ['Booking confirmed'],
		});
	});

	it('may be empty: the bot shows nothing', async () => {
		expect(await replyTo({})).toEqual({});
	});

	it("takes JSON of one's own, as an object or as text", async () => {
		const own = { messages: [{ text: 'Hi' }], set_attributes: { a: 1 } };
		expect(await replyTo({ content: 'json', json: JSON.stringify(own) })).toEqual(own);
		expect(await replyTo({ content: 'json', json: '={{ $json }}' }, { items: [own] })).toEqual(own);
	});

	it('is one reply for several items, each linked to its own part', async () => {
		const parameters = {
			...messages({ type: 'text', text: '={{ $json.name }}' }),
			attributes: { attribute: [{ name: 'last', value: '={{ $json.name }}' }] },
		};
		const items = [{ name: 'Anna' }, { name: 'Ben' }];
		const { outputs, responses } = await run(parameters, { items });
		expect(responses).toMatchObject([
			{ body: { messages: [{ text: 'Anna' }, { text: 'Ben' }], set_attributes: { last: 'Ben' } } },
		]);
		expect(outputs[0]).toEqual(
			['Anna', 'Ben'].map((name, item) => ({
				json: { messages: [{ text: name }], set_attributes: { last: name } },
				pairedItem: { item },
			})),
		);
	});

	it("sends the other items' parts where one is refused and the node goes on", async () => {
		const items = [{ name: 'Anna' }, { name: '' }, { name: 'Cleo' }];
		const { outputs, responses } = await run(messages({ type: 'text', text: '={{ $json.name }}' }), {
			items,
			onError: 'continueRegularOutput',
		});
		expect(responses).toMatchObject([{ body: { messages: [{ text: 'Anna' }, { text: 'Cleo' }] } }]);
		expect(outputs[0]?.[1]).toMatchObject({
			json: { error: '"Text" is empty [Item 1]' },
			pairedItem: { item: 1 },
		});
	});

	it('sends nothing where one item is refused and the node stops', async () => {
		const { responses, error } = await run(messages({ type: 'text', text: '={{ $json.name }}' }), {
			items: [{ name: 'Anna' }, { name: '' }],
		});
		expect(responses).toEqual([]);
		expect(error?.context?.itemIndex).toBe(1);
	});
});

describeWithSpecs('Chatfuel reply: documented examples', () => {
	it.each(['json-api.response.messages.json', 'json-api.response.set-attributes.json'])(
		'takes %s',
		async (file) => {
			const example = jsonPayload<IDataObject>('chatfuel', file);
			expect(await replyTo({ content: 'json', json: JSON.stringify(example) })).toEqual(example);
		},
	);
});

describe('Chatfuel reply: limits', () => {
	const buttons = (count: number) => ({
		type: 'buttons',
		text: 'x',
		buttons: { button: many(count).map(showBlock) },
	});
	const quick = (count: number) => ({
		...messages(text('x')),
		quickReplies: { quickReply: many(count).map(showBlock) },
	});
	const gallery = (count: number) => ({
		type: 'gallery',
		cards: { card: many(count).map((title) => ({ title })) },
	});

	it('takes as much as is allowed', async () => {
		await replyTo(messages(buttons(3)));
		await replyTo(quick(11));
		await replyTo(messages(gallery(10)));
		await replyTo(messages({ ...buttons(0), buttons: { button: [showBlock('🙂'.repeat(20))] } }));
	});

	it.each<[string, IDataObject, RegExp]>([
		['4 buttons', messages(buttons(4)), /^"Messages" holds 4 buttons in message 1 \[Item 0\]$/],
		['12 quick replies', quick(12), /^"Messages" holds 12 quick replies in message 1/],
		['11 cards', messages(text('x'), gallery(11)), /^"Messages" holds 11 gallery cards in message 2/],
		[
			'a title of 21 characters',
			messages({ ...buttons(0), buttons: { button: [showBlock('x'.repeat(21))] } }),
			/title of 21 characters/,
		],
		[
			'quick replies without a message',
			{ quickReplies: quick(1).quickReplies },
			/^"Quick Replies" has no message/,
		],
		['buttons without buttons', messages({ type: 'buttons', text: 'x' }), /^"Buttons" is empty/],
		[
			'a block button without blocks',
			messages({ ...buttons(0), buttons: { button: [{ type: 'show_block', title: 'x', blocks: [] }] } }),
			/^"Blocks" is empty/,
		],
		['an image without an address', messages({ type: 'image' }), /^"URL" is empty/],
		[
			'a reserved attribute',
			{ attributes: { attribute: [{ name: 'Chatfuel_token', value: 'x' }] } },
			/^"Attributes" holds the reserved name/,
		],
		[
			'an unknown key',
			{ content: 'json', json: '{"message": "x"}' },
			/^"JSON" holds "message", which Chatfuel does not know/,
		],
		[
			'messages that are no list',
			{ content: 'json', json: '{"messages": "x"}' },
			/^"JSON" holds messages that are no list/,
		],
		[
			'an empty message',
			{ content: 'json', json: '{"messages": [{}]}' },
			/neither text nor attachment in message 1/,
		],
		[
			'attributes that are a list',
			{ content: 'json', json: '{"set_attributes": [1]}' },
			/set_attributes that are no object/,
		],
		[
			'redirects that are no list',
			{ content: 'json', json: '{"redirect_to_blocks": "x"}' },
			/no list of names/,
		],
		['JSON that is none', { content: 'json', json: '{' }, /^"JSON" is not valid JSON/],
	])('refuses %s before anything is sent', async (_, parameters, expected) => {
		const { responses, error } = await run(parameters);
		expect(responses).toEqual([]);
		expect(error?.message).toMatch(expected);
		expect(error?.description).toMatch(/\.$/);
	});
});
