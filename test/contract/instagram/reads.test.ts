import { ACCOUNT, PEOPLE } from '../../../sandbox/simulators/instagram';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import {
	ANNA,
	DAY,
	find,
	getConversations,
	getMessages,
	getProfile,
	sendText,
	studio,
	type Studio,
} from './bench';

let at: Studio;

beforeEach(() => {
	at = studio();
});
afterEach(() => at.stop());

const igsid = (number: number) => String(17841400000001000n + BigInt(number));
const crowd = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ igsid: igsid(number), username: `client.${number}` }));

/** An account to which so many have written, client.0 first. */
function crowded(count: number): Studio {
	at.stop();
	at = studio({ people: [...PEOPLE, ...crowd(count)] });
	for (let number = 0; number < count; number++) {
		at.clock.advance(1000);
		at.simulator.write(`client.${number}`, 'Hello');
	}
	return at;
}

const address = (url = '') => {
	const { pathname, searchParams } = new URL(url);
	return `${pathname}?${searchParams}`;
};

describe('Profile: Get', () => {
	it('asks for the documented fields and names them plainly', async () => {
		const { outputs, error } = await at.run(getProfile());
		expect(error).toBeUndefined();
		const url = new URL(at.calls()[0]?.url ?? '');
		expect(url.pathname).toBe(`/v26.0/${ANNA}`);
		expect(url.searchParams.get('fields')?.split(',')).toEqual([
			'name',
			'username',
			'profile_pic',
			'follower_count',
			'is_user_follow_business',
			'is_business_follow_user',
			'is_verified_user',
		]);
		expect(outputs[0]?.[0]?.json).toEqual({
			igsid: ANNA,
			name: 'Anna Kowalska',
			username: 'anna.kowalska',
			profilePicture: 'https://scontent.cdninstagram.com/anna.kowalska.jpg',
			followerCount: 120,
			followsBusiness: true,
			followedByBusiness: false,
			verified: false,
		});
	});

	it('explains a missing consent, beside the item that came through', async () => {
		const items = [ANNA, '17841400000000124'].map((id) => ({ id }));
		const { outputs } = await at.run(getProfile({ igsid: '={{ $json.id }}' }), {
			items,
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(outputs[0]?.[1]?.json).toEqual({
			error: 'This person has not agreed that the account sees the profile',
			message: expect.stringContaining('after the person has written') as string,
		});
	});
});

describe('Conversation: Find by Username', () => {
	it('reads the newest message of each conversation and stops at the person', async () => {
		at.clock.advance(1000);
		at.simulator.write('anna_kowalska', 'Hi');
		const { outputs, error } = await at.run(find('@Anna.Kowalska '));
		expect(error).toBeUndefined();
		const [, conversation] = at.calls().filter(({ url }) => url.includes('fields=messages'));
		const conversationId = decodeURIComponent(
			new URL(conversation?.url ?? '').pathname.slice('/v26.0/'.length),
		);
		expect(outputs[0]).toEqual([
			{
				json: {
					found: true,
					igsid: ANNA,
					username: 'anna.kowalska',
					conversationId,
					checked: 2,
					complete: false,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(address(at.calls()[0]?.url)).toBe('/v26.0/me/conversations?platform=instagram&limit=25');
		expect(at.calls()).toHaveLength(6);
	});

	it.each([
		'anna.kowalska',
		'ANNA.KOWALSKA',
		'@anna.kowalska',
		'https://www.instagram.com/Anna.Kowalska/?hl=pl',
	])('takes %p for the same person, and nobody like her', async (username) => {
		for (const other of ['anna_kowalska', 'anna.kowalska2', '_oksana_', '380501234567']) {
			at.clock.advance(1000);
			at.simulator.write(other, 'Hello');
		}
		const { outputs } = await at.run(find(username));
		expect(outputs[0]?.[0]?.json).toMatchObject({ found: true, igsid: ANNA, checked: 5 });
	});

	it('finds a person whom the account wrote to last, and one whose newest message is unsent', async () => {
		await at.run(sendText());
		expect((await at.run(find('anna.kowalska'))).outputs[0]?.[0]?.json.igsid).toBe(ANNA);
		at.clock.advance(1000);
		at.simulator.write(ANNA, 'Oops');
		at.simulator.unsend(at.simulator.state().messages.at(-1)?.mid ?? '');
		expect((await at.run(find('anna.kowalska'))).outputs[0]?.[0]?.json.igsid).toBe(ANNA);
	});

	it('never takes the account itself for a client', async () => {
		await at.run(sendText());
		const { outputs } = await at.run(find(ACCOUNT.username));
		expect(outputs[0]?.[0]?.json).toMatchObject({ found: false, igsid: null, checked: 1, complete: true });
	});

	it('pages on, at no more than 2 calls a second, and says when it looked at all of them', async () => {
		crowded(27);
		const { outputs, error } = await at.run(find('anna.kowalska'));
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ found: true, igsid: ANNA, checked: 28 });
		expect(at.calls().filter(({ url }) => url.includes('/conversations'))).toHaveLength(2);
		expect(at.clock.waited).toBeGreaterThan(26_000);
		const missing = await at.run(find('nobody.here', { maxConversations: 3 }));
		expect(missing.outputs[0]?.[0]?.json).toMatchObject({ found: false, checked: 3, complete: false });
	});

	it('reads a conversation once for several searches of a run', async () => {
		crowded(4);
		const items = ['client.1', 'client.3', 'CLIENT.0', 'nobody'].map((username) => ({ username }));
		const { outputs } = await at.run(find('={{ $json.username }}'), { items });
		expect(outputs[0]?.map(({ json: { igsid: id }, pairedItem }) => [id, pairedItem])).toEqual([
			[igsid(1), { item: 0 }],
			[igsid(3), { item: 1 }],
			[igsid(0), { item: 2 }],
			[null, { item: 3 }],
		]);
		expect(outputs[0]?.[3]?.json).toMatchObject({ checked: 5, complete: true });
		expect(at.calls()).toHaveLength(1 + 1 + 5 * 2);
	});

	it('asks for nothing more once the execution is cancelled', async () => {
		crowded(20);
		const controller = new AbortController();
		const running = at.run(find('nobody'), { signal: controller.signal });
		while (at.calls().length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
		controller.abort();
		await running;
		// What was on its way when it was cancelled still arrives.
		await new Promise((resolve) => setTimeout(resolve, 200));
		const asked = at.calls().length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(asked).toBeLessThan(10);
		expect(at.calls()).toHaveLength(asked);
	});

	it('does not take a search that broke off for the end', async () => {
		crowded(2);
		const items = [{ username: 'anna.kowalska' }, { username: 'anna.kowalska' }];
		const quiet = { kind: 'latency', milliseconds: 0 } as const;
		at.world.misbehave('instagram', quiet, quiet, quiet, { kind: 'timeout' });
		const { outputs } = await at.run(find('={{ $json.username }}', { requestOptions: { maxRetryWait: 0 } }), {
			items,
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]?.[0]?.json.error).toBe('Instagram did not answer within 30 s');
		expect(outputs[0]?.[1]?.json).toMatchObject({ found: true, igsid: ANNA, checked: 3 });
	});

	it.each(['anna kowalska', 'Анна', 'a'.repeat(31), '@'])('refuses %p before any call', async (username) => {
		const { error } = await at.run(find(username));
		expect(error?.message).toBe('"Username" is no Instagram username [Item 0]');
		expect(at.calls()).toEqual([]);
	});
});

describe('Conversation: Get Many', () => {
	it('lists the latest first, across pages, up to the limit', async () => {
		crowded(30);
		const all = await at.run(getConversations({ returnAll: true }));
		expect(all.outputs[0]).toHaveLength(31);
		expect(all.outputs[0]?.[0]?.json).toEqual({
			id: expect.any(String) as string,
			updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\+0[12]:00$/) as string,
			client: null,
		});
		expect(address(at.calls()[1]?.url)).toMatch(
			/^\/v26\.0\/me\/conversations\?platform=instagram&limit=25&after=\w+/,
		);
		const some = await at.run(getConversations({ limit: 3 }));
		expect(some.outputs[0]).toEqual(all.outputs[0]?.slice(0, 3));
	});

	it('looks up whom each is with, or takes one person alone', async () => {
		crowded(2);
		const { outputs } = await at.run(getConversations({ options: { includeClient: true } }));
		expect(outputs[0]?.map(({ json: { client } }) => client)).toEqual([
			{ igsid: igsid(1), username: 'client.1' },
			{ igsid: igsid(0), username: 'client.0' },
			{ igsid: ANNA, username: 'anna.kowalska' },
		]);
		const one = await at.run(getConversations({ options: { igsid: igsid(0) } }));
		expect(one.outputs[0]).toHaveLength(1);
	});

	it('does not get requests that were idle for 30 days', async () => {
		at.clock.advance(31 * DAY);
		expect((await at.run(getConversations())).outputs[0]).toEqual([]);
	});
});

describe('Message: Get Many', () => {
	it('gives the newest first, from both sides, and skips what was unsent', async () => {
		at.clock.advance(1000);
		await at.run(sendText());
		at.clock.advance(1000);
		at.simulator.write(ANNA, 'Never mind');
		at.simulator.unsend(at.simulator.state().messages.at(-1)?.mid ?? '');
		const { outputs, error } = await at.run(getMessages());
		expect(error).toBeUndefined();
		const client = { igsid: ANNA, username: 'anna.kowalska' };
		expect(
			outputs[0]?.map(({ json: { direction, text, client: person } }) => ({ direction, text, person })),
		).toEqual([
			{ direction: 'outgoing', text: 'Hi Anna', person: client },
			{ direction: 'incoming', text: 'Hello', person: client },
		]);
		expect(outputs[0]?.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		const details = at.calls().at(-1)?.url ?? '';
		expect(new URL(details).searchParams.get('fields')).toBe('id,created_time,from,to,message');
	});

	it('gives no more than 20, which is all Instagram tells', async () => {
		for (let number = 0; number < 25; number++) at.simulator.write(ANNA, `${number}`);
		const all = await at.run(getMessages({ returnAll: true }));
		expect(all.outputs[0]?.map(({ json: { text } }) => text)).toEqual(
			Array.from({ length: 20 }, (_, number) => `${24 - number}`),
		);
		expect((await at.run(getMessages({ limit: 2 }))).outputs[0]).toHaveLength(2);
	});

	it('gives nothing of somebody who never wrote', async () => {
		const { outputs, error } = await at.run(getMessages({ igsid: '17841400000000124' }));
		expect([outputs[0], error]).toEqual([[], undefined]);
	});
});

describeWithSpecs("Meta's sample of a message", () => {
	it('has the same fields as the simulated one', async () => {
		const sample = jsonPayload<object>('instagram', 'message-details.json');
		await at.run(getMessages());
		const body = at.world.callsTo('instagram').at(-1)?.response?.body as object;
		expect(Object.keys(body).sort()).toEqual(Object.keys(sample).sort());
		expect(body).toMatchObject({ created_time: expect.stringMatching(/T\d\d:\d\d:\d\d\+0000$/) as string });
	});
});
