import { describeWithSpecs, readPayload } from '../../support/specs';
import { ACCOUNT_ID, ANNA, call, deliver, signed, subscribed, told } from './bench';

const entryOf = (...messaging: object[]) => ({
	object: 'instagram',
	entry: [{ id: ACCOUNT_ID, time: 1772438400000, messaging }],
});

let ids = 0;
const from = (content: object, more: object = {}) => ({
	sender: { id: ANNA },
	recipient: { id: ACCOUNT_ID },
	timestamp: 1772438400000 + ids++,
	...content,
	...more,
});
const mid = () => `mid-${ids++}`;

const eventsOf = async (payload: unknown, parameters?: object) => {
	const { items = [] } = await deliver(signed(payload), parameters ? { parameters: { ...parameters } } : {});
	return items.map(({ json }) => json);
};

describe('Instagram Direct Trigger: events', () => {
	it('makes an item of a message, with times in the zone of the flow', async () => {
		const simulator = subscribed({ now: () => new Date('2026-03-02T08:00:00.250Z') });
		const delivery = told(simulator.write(ANNA, 'Dzień dobry 🙂'));
		const answer = await deliver(delivery);
		expect(answer).toMatchObject({ status: 200, responseMode: 'onReceived' });
		const id = simulator.state().messages.at(-1)?.mid;
		expect(answer.items).toEqual([
			{
				json: {
					event: 'message',
					message: {
						id,
						text: 'Dzień dobry 🙂',
						attachments: [],
						replyTo: null,
						quickReplyPayload: null,
						unsupported: false,
					},
					postback: null,
					reaction: null,
					referral: null,
					client: { igsid: ANNA, username: null },
					accountId: ACCOUNT_ID,
					at: '2026-03-02T09:00:00.250+01:00',
					eventKey: `instagram:${ACCOUNT_ID}:message:${id}`,
					meta: {
						provider: 'instagram',
						receivedAt: expect.stringMatching(/\+0[12]:00$/) as string,
						test: false,
						headers: expect.objectContaining({
							'user-agent': expect.stringContaining('Webhooks') as string,
						}) as object,
					},
				},
			},
		]);
		expect(JSON.stringify(answer.items)).not.toContain('sha256=');
	});

	it('tells media, story replies, answers to messages and ads apart', async () => {
		const message = {
			mid: mid(),
			attachments: [{ type: 'image', payload: { url: 'https://cdn.example.com/1.jpg' } }, { type: 'share' }],
			reply_to: { story: { id: 's1', url: 'https://cdn.example.com/s1' } },
			referral: { ref: 'spring', source: 'ADS' },
		};
		const unsupported = { mid: mid(), is_unsupported: true, reply_to: { mid: 'm0' } };
		const [media, other] = await eventsOf(entryOf(from({ message }), from({ message: unsupported })));
		expect(media).toMatchObject({
			message: {
				text: null,
				attachments: [
					{ type: 'image', url: 'https://cdn.example.com/1.jpg' },
					{ type: 'share', url: null },
				],
				replyTo: { messageId: null, storyId: 's1', storyUrl: 'https://cdn.example.com/s1' },
			},
			referral: { ref: 'spring', source: 'ADS' },
		});
		expect(other).toMatchObject({
			message: { unsupported: true, replyTo: { messageId: 'm0', storyId: null, storyUrl: null } },
		});
	});

	it('reads quick replies, postbacks and reactions', async () => {
		const simulator = subscribed();
		const [quick, postback, reaction] = await Promise.all([
			deliver(told(simulator.write(ANNA, 'Morning', { quick_reply: { payload: 'SLOT_MORNING' } }))),
			deliver(told(simulator.tapPostback(ANNA, 'Book a visit', 'BOOK'))),
			deliver(told(simulator.react(ANNA, 'mid-9'))),
		]);
		expect(quick?.items?.[0]?.json).toMatchObject({
			event: 'quickReply',
			message: { text: 'Morning', quickReplyPayload: 'SLOT_MORNING' },
		});
		expect(postback?.items?.[0]?.json).toMatchObject({
			event: 'postback',
			message: { text: 'Book a visit', quickReplyPayload: null },
			postback: { title: 'Book a visit', payload: 'BOOK' },
		});
		expect(reaction?.items?.[0]?.json).toMatchObject({
			event: 'reaction',
			message: null,
			reaction: { messageId: 'mid-9', action: 'react', reaction: 'love', emoji: '❤️' },
		});
	});

	it('starts with the chosen events alone', async () => {
		const batch = () =>
			entryOf(
				from({ message: { mid: mid(), text: 'a' } }),
				from({ message: { mid: mid(), text: 'b', quick_reply: { payload: 'B' } } }),
				from({ postback: { mid: mid(), title: 'c', payload: 'C' } }),
				from({ reaction: { mid: mid(), action: 'react' } }),
			);
		for (const event of ['message', 'quickReply', 'postback', 'reaction']) {
			expect((await eventsOf(batch(), { events: [event] })).map((one) => one.event)).toEqual([event]);
		}
	});

	it('splits a batch of several entries into items, in order', async () => {
		const simulator = subscribed();
		const delivery = simulator.webhooks.together(() => {
			for (const who of [ANNA, '17841400000000126', ANNA]) simulator.write(who, `from ${who}`);
		});
		const { items } = await deliver(told(delivery));
		expect(items?.map(({ json: { message } }) => (message as { text: string }).text)).toEqual(
			[ANNA, '17841400000000126', ANNA].map((who) => `from ${who}`),
		);
		const other = { id: '17841400000000002', messaging: [from({ message: { mid: mid(), text: 'two' } })] };
		const two = entryOf(from({ message: { mid: mid(), text: 'one' } }));
		const both = await eventsOf({ ...two, entry: [...two.entry, other] });
		expect(both.map(({ accountId }) => accountId)).toEqual([ACCOUNT_ID, '17841400000000002']);
		const again = { ...other, messaging: [from({ message: { mid: mid(), text: 'two' } })] };
		const only = { events: ['message'], additionalOptions: { accountIds: `1, ${other.id}` } };
		const one = entryOf(from({ message: { mid: mid(), text: 'one' } }));
		expect(await eventsOf({ ...one, entry: [...one.entry, again] }, only)).toHaveLength(1);
	});

	it.each([
		['an echo', { message: { mid: 'own-1', text: 'a', is_echo: true } }, {}],
		['an echo that names the client as sender', { message: { mid: 'own-2', text: 'a', is_echo: true } }, {}],
		['what the account wrote', { message: { mid: 'own-3', text: 'a' } }, { sender: { id: ACCOUNT_ID } }],
		['what the account wrote to itself', { message: { mid: 'own-4', text: 'a', is_self: true } }, {}],
		["the account's own reaction", { reaction: { mid: 'own-5' } }, { sender: { id: ACCOUNT_ID } }],
		['a message taken back', { message: { mid: 'own-6', is_deleted: true } }, {}],
		['a message read', { read: { mid: 'own-7' } }, {}],
		['an edit', { message_edit: { mid: 'own-8', text: 'a', num_edit: 1 } }, {}],
	])('answers 200 to %s, and starts nothing', async (_, content, more) => {
		const answer = await deliver(signed(entryOf(from(content, more))));
		expect([answer.status, answer.items]).toEqual([200, undefined]);
	});

	it('does not answer itself: 50 answers, no echo starts the flow', async () => {
		const simulator = subscribed();
		let executions = 0;
		for (let turn = 0; turn < 50; turn++) {
			const delivery = told(simulator.write(ANNA, `Question ${turn}`));
			if ((await deliver(delivery)).items) executions++;
			const echo = from(
				{ message: { mid: mid(), text: `Answer ${turn}`, is_echo: true } },
				{ sender: { id: ACCOUNT_ID }, recipient: { id: ANNA } },
			);
			if ((await deliver(signed(entryOf(echo)))).items) executions++;
		}
		expect(executions).toBe(50);
	});

	it('keeps ids whole that come as numbers, and digits in texts as they are', async () => {
		const text = '{\\"id\\": 17841400000000123}';
		const body = `{"object":"instagram","entry":[{"id":${ACCOUNT_ID},"messaging":[{"sender":{"id":${ANNA}},"recipient":{"id":${ACCOUNT_ID}},"timestamp":1772438400000,"message":{"mid":"${mid()}","text":"${text}"}}]}]}`;
		const [event] = await eventsOf(body);
		expect(event).toMatchObject({
			accountId: ACCOUNT_ID,
			client: { igsid: ANNA },
			message: { text: '{"id": 17841400000000123}' },
		});
	});

	it('adds the raw event on demand', async () => {
		const update = from({ message: { mid: mid(), text: 'a' } });
		const [event] = await eventsOf(entryOf(update), {
			events: ['message'],
			additionalOptions: { includeRaw: true },
		});
		expect(event?.raw).toEqual(update);
	});

	it.each(['', 'hello', '[1]', '"text"', '{"object":'])(
		'answers 400 to %j, and starts nothing',
		async (body) => {
			const answer = await deliver(signed(body));
			expect([answer.status, answer.items]).toEqual([400, undefined]);
		},
	);

	it.each([
		{},
		{ object: 'page', entry: [{ messaging: [from({})] }] },
		{ object: 'instagram' },
		{ entry: 7 },
	])('answers 200 to %j, and starts nothing', async (payload) => {
		const answer = await deliver(signed(payload));
		expect([answer.status, answer.items]).toEqual([200, undefined]);
	});
});

describe('Instagram Direct Trigger: test events of the App Dashboard', () => {
	it('understands them, as often as the button is pressed', async () => {
		const simulator = subscribed();
		for (let press = 0; press < 2; press++) {
			const { items } = await deliver(simulator.webhooks.testEvent());
			expect(items?.[0]?.json).toMatchObject({
				event: 'message',
				message: { id: 'random_mid', text: 'random_text' },
				client: { igsid: '12334' },
				accountId: '23245',
				at: '2018-05-28T00:23:44+02:00',
				meta: { test: true },
			});
		}
	});

	it('understands them inside an entry too', async () => {
		const value = from({ message: { mid: 'random_mid', text: 'random_text' } });
		const payload = { object: 'instagram', entry: [{ id: '0', changes: [{ field: 'messages', value }] }] };
		expect(await eventsOf(payload)).toEqual([expect.objectContaining({ event: 'message', accountId: '0' })]);
	});
});

describe('Instagram Direct Trigger: repeats', () => {
	it('takes a delivery once, however often it comes', async () => {
		const simulator = subscribed();
		const delivery = told(simulator.write(ANNA, 'Once'));
		expect((await deliver(delivery)).items).toHaveLength(1);
		const again = await deliver(simulator.webhooks.again(delivery));
		expect([again.status, again.items]).toEqual([200, undefined]);
	});

	it('takes out of a batch what came before, and keeps the rest', async () => {
		const known = from({ message: { mid: mid(), text: 'known' } });
		await eventsOf(entryOf(known));
		const fresh = from({ message: { mid: mid(), text: 'fresh' } });
		const events = await eventsOf(entryOf(known, fresh, fresh));
		expect(events.map(({ message }) => (message as { text: string }).text)).toEqual(['fresh']);
	});

	it('takes a second reaction to one message for another event', async () => {
		const reaction = { mid: 'loved', action: 'react', reaction: 'love' };
		const events = await eventsOf(
			entryOf(from({ reaction }), from({ reaction: { ...reaction, action: 'unreact' } })),
		);
		expect(events).toHaveLength(2);
	});
});

describeWithSpecs("Instagram Direct Trigger: Meta's own samples", () => {
	it.each([
		['webhook-message-text.json', 'message'],
		['webhook-message-quick-reply.json', 'quickReply'],
		['webhook-reaction.json', 'reaction'],
	])('reads %s as it stands', async (file, event) => {
		const [item, ...others] = await eventsOf(readPayload('instagram', file));
		expect(item).toMatchObject({ event, client: { igsid: '1234567890123456' }, accountId: ACCOUNT_ID });
		expect(others).toEqual([]);
	});

	it('drops the sample of an echo', async () => {
		expect(await eventsOf(readPayload('instagram', 'webhook-message-echo.json'))).toEqual([]);
	});

	it('answers a body of over 5 MiB with 413', async () => {
		expect((await call({ rawBody: Buffer.alloc(5 * 1024 * 1024 + 1), headers: {} })).status).toBe(413);
	});
});
