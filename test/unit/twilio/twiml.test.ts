import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import MessagingResponse from 'twilio/lib/twiml/MessagingResponse';
import { TwilioMessage } from '../../../nodes/TwilioMessage/TwilioMessage.node';
import { connect } from '../../../nodes/TwilioMessage/connection';
import { twiml, type ReplyMessage } from '../../../nodes/TwilioMessage/twiml';
import { runNode } from '../../support/n8n';
import { describeWithSpecs, readPayload } from '../../support/specs';
import { EMPTY } from './calls';

/** The same by Twilio's own builder. */
function twilios(messages: ReplyMessage[]): string {
	const response = new MessagingResponse();
	for (const { body, mediaUrls } of messages) {
		const message = response.message('');
		if (body !== '') message.body(body);
		for (const url of mediaUrls) message.media(url);
	}
	return response.toString();
}

const reply = async (items: Array<Record<string, unknown>>, more = {}) =>
	await runNode(new TwilioMessage(), {
		parameters: {
			resource: 'message',
			operation: 'reply',
			replyWith: 'message',
			text: '={{ $json.text }}',
			mediaUrls: '={{ $json.media ?? [] }}',
			...more,
		},
		items: items as never,
	});

describe('TwiML', () => {
	it("is what Twilio's own builder writes, for any text", () => {
		const text = fc.oneof(
			fc.string({ minLength: 1, unit: 'grapheme' }),
			fc.constantFrom('<b>&amp;</b>', ']]>', '"\'', ' a\r\nb\tc ', '</Body></Message><Message>x', '😀'),
		);
		const message = fc.record({ body: text, mediaUrls: fc.array(fc.webUrl({ withQueryParameters: true })) });
		fc.assert(
			fc.property(fc.array(message, { maxLength: 3 }), (messages) => {
				expect(twiml(messages)).toBe(twilios(messages));
			}),
			{ numRuns: 200, seed: 20261122 },
		);
	});

	it('leaves out what XML cannot hold', () => {
		const body = 'a\u0000b\u0008c\u001Fd\uFFFEe\uD800f\uDC00g 😀';
		expect(twiml([{ body, mediaUrls: [] }])).toContain('<Body>abcdefg 😀</Body>');
	});

	it('says that there is no reply', () => {
		expect(twiml([])).toBe(EMPTY);
	});
});

describeWithSpecs('TwiML, as captured', () => {
	it('is written to the letter', () => {
		const expected = readPayload('twilio', 'twiml-reply.xml').trim();
		expect(twiml([{ body: 'foobar', mediaUrls: ['https://twilio.com'] }])).toBe(expected);
	});
});

describe('Message: Reply', () => {
	it('answers the waiting call once, with a message an item, and needs no credential', async () => {
		const { responses, outputs, error } = await reply([
			{ text: 'Hello <Ana> & "all"' },
			{ text: '', media: ['https://a.example/map.png?x=1&y=2'] },
		]);
		expect(error).toBeUndefined();
		expect(responses).toEqual([
			{
				statusCode: 200,
				headers: { 'content-type': 'text/xml; charset=utf-8' },
				body:
					'<?xml version="1.0" encoding="UTF-8"?><Response>' +
					'<Message><Body>Hello &lt;Ana&gt; &amp; "all"</Body></Message>' +
					'<Message><Media>https://a.example/map.png?x=1&amp;y=2</Media></Message></Response>',
			},
		]);
		expect(outputs[0]?.map(({ json }) => json)).toEqual([
			{ replied: true, body: 'Hello <Ana> & "all"', mediaUrls: [] },
			{ replied: true, body: '', mediaUrls: ['https://a.example/map.png?x=1&y=2'] },
		]);
	});

	it('ends the call without a message', async () => {
		const { responses, outputs } = await reply([{}], { replyWith: 'nothing' });
		expect(responses.map(({ body }) => body as string)).toEqual([EMPTY]);
		expect(outputs[0]?.[0]?.json).toEqual({ replied: false });
	});

	it.each([
		['an empty text', '', /"Text" is empty/, /Nothing/],
		['a text of 1601 characters', 'x'.repeat(1601), /"Text" has 1601 characters/, /1600/],
	])('refuses %s, and answers nothing', async (_, text, message, description) => {
		const { error, responses } = await reply([{ text }]);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(responses).toEqual([]);
	});
});

describe('Message: Reply behind a trigger', () => {
	const behind = async (...triggers: Array<{ responseMode?: string; disabled?: boolean }>) => {
		const sent: unknown[] = [];
		const context = {
			getNode: () => ({ name: 'Reply' }),
			getParentNodes: () =>
				triggers.map(({ disabled, ...parameters }) => ({
					type: 'n8n-nodes-frontdesk.twilioMessageTrigger',
					disabled,
					parameters,
				})),
			sendResponse: async (response: unknown) => sent.push(response),
		} as unknown as IExecuteFunctions;
		await connect(context).reply(EMPTY);
		return sent.length;
	};

	it('answers one that waits, also among others', async () => {
		expect(await behind({ responseMode: 'responseNode' })).toBe(1);
		expect(await behind({}, { responseMode: 'responseNode' })).toBe(1);
		expect(await behind({ disabled: true })).toBe(1);
	});

	it('says so where the call has been answered already', async () => {
		await expect(behind({})).rejects.toMatchObject({
			message: expect.stringMatching(/has been answered already/),
			description: expect.stringMatching(/Using Twilio Message Node/),
		});
	});
});
