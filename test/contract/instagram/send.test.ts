import { json } from '../../../sandbox/simulators/kit';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { ANNA, credential, DAY, sendMedia, sendReplies, sendText, studio, type Studio } from './bench';

let at: Studio;

beforeEach(() => {
	at = studio();
});
afterEach(() => at.stop());

describe('Message: Send Text', () => {
	it('posts JSON to the dated version, with the token as a header and nowhere else', async () => {
		const { outputs, error } = await at.run(sendText());
		expect(error).toBeUndefined();
		const [call] = at.calls();
		expect(call?.method).toBe('POST');
		expect(call?.url).toBe('https://graph.instagram.com/v26.0/me/messages');
		expect(call?.headers.authorization).toBe(`Bearer ${credential().data.accessToken}`);
		expect(call?.headers['content-type']).toMatch(/^application\/json/);
		expect(at.bodies()).toEqual([{ recipient: { id: ANNA }, message: { text: 'Hi Anna' } }]);
		const { mid } = at.simulator.state().messages[1] ?? {};
		expect(outputs[0]).toEqual([
			{ json: { igsid: ANNA, messageId: mid, messageIds: [mid] }, pairedItem: { item: 0 } },
		]);
	});

	it('uses another version where the credential names one, and refuses what is none', async () => {
		await at.run(sendText(), { credentials: [credential({ apiVersion: 'v25.0' })] });
		expect(at.calls()[0]?.url).toBe('https://graph.instagram.com/v25.0/me/messages');
		const { error } = await at.run(sendText(), { credentials: [credential({ apiVersion: '../v1' })] });
		expect(error?.message).toBe('"API Version" in the Instagram Direct credential is no version');
	});

	it('splits a long text between words and sends the parts in order', async () => {
		const text = Array.from({ length: 220 }, (_, index) => `запис${index}`).join(' ');
		const { outputs } = await at.run(sendText({ text }));
		const sent = at.simulator.state().messages.slice(1);
		expect(sent.length).toBe(3);
		expect(sent.map((one) => one.text).join(' ')).toBe(text);
		expect(outputs[0]?.[0]?.json.messageIds).toEqual(sent.map(({ mid }) => mid));
	});

	it('refuses a long text where it is told to, before any call', async () => {
		const { error } = await at.run(sendText({ text: 'я'.repeat(501), options: { tooLong: 'refuse' } }));
		expect(error?.message).toBe('"Text" has 1002 bytes, and Instagram takes 1000 [Item 0]');
		expect(at.calls()).toEqual([]);
		const fits = await at.run(sendText({ text: 'я'.repeat(500), options: { tooLong: 'refuse' } }));
		expect(fits.error).toBeUndefined();
	});

	it('says how many parts had been sent when one is refused', async () => {
		const refusal = json(400, { error: { message: 'Blocked', code: 100, error_subcode: 2534029 } });
		at.world.misbehave(
			'instagram',
			{ kind: 'latency', milliseconds: 0 },
			{ kind: 'answer', response: refusal },
		);
		const { error } = await at.run(sendText({ text: 'word '.repeat(500) }));
		expect(error?.message).toBe(
			'This person has blocked the account, or does not take messages from it; 1 of 3 messages had been sent',
		);
		expect(error?.description).toMatch(/^Do not send the whole text again\..*Instagram said: "Blocked"$/);
		expect(at.calls()).toHaveLength(2);
	});

	it.each(['timeout', 'timeoutAfter', 'reset', 'resetAfter'] as const)(
		'never repeats a sending that may have been done (%s), and says so',
		async (kind) => {
			at.world.misbehave('instagram', { kind });
			const { error } = await at.run(sendText());
			expect(at.calls()).toHaveLength(1);
			expect(error?.description).toContain('may have carried the request out');
		},
	);

	it.each([
		[1, 1357046, 'Instagram reported a fault, but the message may have been sent', 500],
		[1, undefined, 'Instagram is not able to answer right now', 500],
		[2, undefined, 'Instagram is not able to answer right now', 503],
	])('does not repeat a sending after code %p/%p', async (code, subcode, message, status) => {
		const body = { error: { message: 'An unknown error occurred', code, error_subcode: subcode } };
		at.world.misbehave('instagram', { kind: 'answer', response: json(status, body) });
		const { error } = await at.run(sendText());
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/[Ll]ook into the conversation/);
		expect(at.calls()).toHaveLength(1);
	});

	it('keeps the order of the items for one person, also past one that fails', async () => {
		const items = ['one', 'two', 'three', 'four'].map((text) => ({ text }));
		const refusal = json(400, { error: { message: 'No', code: 100 } });
		at.world.misbehave(
			'instagram',
			{ kind: 'latency', milliseconds: 60 },
			{ kind: 'answer', response: refusal },
		);
		await at.run(sendText({ text: '={{ $json.text }}' }), { items, onError: 'continueRegularOutput' });
		const sent = at.simulator.state().messages.slice(1);
		expect(sent.map(({ text }) => text)).toEqual(['one', 'three', 'four']);
	});

	it('waits out a plain rate refusal, since nothing was sent', async () => {
		at.world.misbehave('instagram', { kind: 'rateLimit', seconds: 0 });
		const { error } = await at.run(sendText());
		expect(error).toBeUndefined();
		expect(at.simulator.state().messages).toHaveLength(2);
	});
});

describe('Message: Send Quick Replies', () => {
	it('gives a row without payload its title, and leaves rows without title out', async () => {
		const { error } = await at.run(sendReplies(['Morning', '', 'Evening']));
		expect(error).toBeUndefined();
		expect(at.bodies()).toEqual([
			{
				recipient: { id: ANNA },
				messaging_type: 'RESPONSE',
				message: {
					text: 'When?',
					quick_replies: [
						{ content_type: 'text', title: 'Morning', payload: 'Morning' },
						{ content_type: 'text', title: 'Evening', payload: 'Evening' },
					],
				},
			},
		]);
	});

	it.each([
		[[], /^"Quick Replies" is empty/],
		[Array.from({ length: 14 }, (_, index) => `${index}`), /^"Quick Replies" has 14 rows/],
		[['x'.repeat(21)], /^"Quick Replies" has the title "x{21}"/],
	])('refuses %j before any call', async (titles, message) => {
		expect((await at.run(sendReplies(titles))).error?.message).toMatch(message);
		expect(at.calls()).toEqual([]);
	});

	it('takes 13 of 20 characters, emoji counted as one', async () => {
		const titles = Array.from(
			{ length: 13 },
			(_, index) => `${String(index).padStart(2, '0')}${'💅'.repeat(18)}`,
		);
		expect((await at.run(sendReplies(titles))).error).toBeUndefined();
	});

	it('refuses a text over 1000 bytes', async () => {
		const { error } = await at.run(sendReplies(['a'], { text: 'x'.repeat(1001) }));
		expect(error?.message).toBe('"Text" has 1001 bytes, and Instagram takes 1000 [Item 0]');
	});

	it('says nothing of a response when it carries the tag', async () => {
		await at.run(sendReplies(['a'], { options: { humanAgent: true } }));
		expect(at.bodies()[0]).toMatchObject({ tag: 'HUMAN_AGENT' });
		expect(at.bodies()[0]).not.toHaveProperty('messaging_type');
	});
});

describe('Message: Send Media', () => {
	it.each(['audio', 'image', 'video'])('sends %s by its address', async (mediaType) => {
		await at.run(sendMedia({ mediaType, url: ' https://example.com/ä b.bin ' }));
		expect(at.bodies()).toEqual([
			{
				recipient: { id: ANNA },
				message: { attachment: { type: mediaType, payload: { url: 'https://example.com/ä b.bin' } } },
			},
		]);
	});

	it.each(['photo.jpg', 'file:///etc/passwd', 'data:image/png;base64,AA'])('refuses %p', async (url) => {
		expect((await at.run(sendMedia({ url }))).error?.message).toBe('"Media URL" is no web address [Item 0]');
		expect(at.calls()).toEqual([]);
	});
});

describe('the receiver', () => {
	it.each([
		['@anna', /"Recipient IGSID" is no Instagram-scoped ID/],
		['={{ 17841400000000123 }}', /"Recipient IGSID" is a number too long/],
	])('is refused before any call: %p', async (igsid, message) => {
		expect((await at.run(sendText({ igsid }))).error?.message).toMatch(message);
		expect(at.calls()).toEqual([]);
	});

	it('keeps all its digits, and every item its place', async () => {
		const items = ['17841400000000123', '17841400000000999', '17841400000000123'].map((id) => ({ id }));
		const { outputs } = await at.run(sendText({ igsid: '={{ $json.id }}' }), {
			items,
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]?.map(({ json: { igsid }, pairedItem }) => [igsid, pairedItem])).toEqual([
			[ANNA, { item: 0 }],
			[ANNA, { item: 2 }],
		]);
		expect(outputs[1]?.map(({ json: { error }, pairedItem }) => [error, pairedItem])).toEqual([
			['Instagram knows nobody by this IGSID', { item: 1 }],
		]);
	});
});

describe('the window', () => {
	it('closes after 24 hours, and is open for 7 days with the tag', async () => {
		at.clock.advance(DAY + 1000);
		const late = await at.run(sendText());
		expect(late.error?.message).toBe('More than 24 hours have passed since this person last wrote');
		expect(late.error?.description).toContain('switch on Human Agent Tag');
		const tagged = await at.run(sendText({ options: { humanAgent: true } }));
		expect(tagged.error).toBeUndefined();
		at.clock.advance(6 * DAY);
		expect((await at.run(sendText({ options: { humanAgent: true } }))).error?.message).toMatch(
			/^More than 24/,
		);
	});

	it.each([
		['blocked', 'This person has blocked the account, or does not take messages from it'],
		['unavailable', 'This person takes no messages at the moment'],
	] as const)('says when a person is %s', async (state, message) => {
		at.simulator.person(ANNA)[state] = true;
		expect((await at.run(sendText())).error?.message).toBe(message);
		expect(at.calls()).toHaveLength(1);
	});

	it('says when the account lets no app near its messages', async () => {
		at.stop();
		at = studio({ messageAccess: false });
		const { error } = await at.run(sendText());
		expect(error?.message).toBe('This account does not let apps use its messages');
		expect(error?.description).toContain('Allow Access to Messages');
	});
});

describeWithSpecs("Meta's own samples", () => {
	it('has the same request for quick replies', async () => {
		const sample = jsonPayload<{ recipient: { id: string } }>('instagram', 'send-quick-replies-request.json');
		const rows = [1, 2].map((n) => ({ title: `<TITLE_${n}>`, payload: `<POSTBACK_PAYLOAD_${n}>` }));
		const { id } = sample.recipient;
		await at.run(sendReplies([], { igsid: id, text: '<SOME_TEXT>', quickReplies: { reply: rows } }));
		expect(at.bodies()).toEqual([sample]);
	});

	it('has the same request for the human agent', async () => {
		const sample = jsonPayload<{ recipient: { id: string } }>('instagram', 'send-human-agent-request.json');
		const text = 'Your doctor visit is scheduled';
		await at.run(sendText({ igsid: sample.recipient.id, text, options: { humanAgent: true } }));
		expect(at.bodies()).toEqual([sample]);
	});

	it('is simulated with the same answers', async () => {
		await at.run(sendText());
		const sent = at.world.callsTo('instagram')[0]?.response?.body;
		const sample = jsonPayload<object>('instagram', 'send-response.json');
		expect(Object.keys(sent as object)).toEqual(Object.keys(sample));
		at.clock.advance(2 * DAY);
		await at.run(sendText());
		expect(at.world.callsTo('instagram')[1]?.response?.body).toEqual(
			jsonPayload('instagram', 'error-outside-window.json'),
		);
	});
});
