import { CREDENTIALS } from '../../../sandbox/simulators/chatwoot';
import { chatwootBench, credential, items, run, type Bench } from './bench';

describe('Chatwoot: Match', () => {
	let bench: Bench;
	beforeEach(() => (bench = chatwootBench()));
	afterEach(() => bench.stop());

	const match = async (parameters: Record<string, unknown>) =>
		(await items('contact.match', parameters as never))[0] as Record<string, unknown> & {
			contact: { id: string } | null;
			candidates: Array<{ by: string; contact: { id: string } }>;
		};

	it('finds by phone, e-mail and identifier with one call that asks for all of them', async () => {
		const { id } = bench.simulator.given({ name: 'Jane', phone_number: '+48601234567' });
		const found = await match({
			phone: '601 234 567',
			email: ' Jane@Example.com',
			identifier: 'x-1',
			defaultCountry: 'pl',
		});
		expect(found).toMatchObject({ matched: true, by: 'phone', confidence: 'exact', created: false });
		expect(found.contact).toMatchObject({ id: String(id), phone: '+48601234567', phoneKey: '+48601234567' });
		expect(bench.asked()).toEqual(['POST /contacts/filter?page=1']);
		expect(bench.sent()).toEqual({
			payload: [
				// Without plus: older installations put one before whatever comes.
				['phone_number', '48601234567', 'OR'],
				['email', 'jane@example.com', 'OR'],
				['identifier', 'x-1', null],
			].map(([attribute_key, value, query_operator]) => ({
				attribute_key,
				filter_operator: 'equal_to',
				values: [value],
				query_operator,
			})),
		});
	});

	it('never takes a longer number for a shorter one', async () => {
		bench.simulator.given({ phone_number: '+12025550123' });
		expect(await match({ phone: '+1 202 555 0124' })).toEqual({
			matched: false,
			by: null,
			confidence: 'none',
			created: false,
			contact: null,
			candidates: [],
		});
	});

	it.each([
		['Brazil', '+5511987654321', '+551187654321'],
		['Mexico', '+525512345678', '+5215512345678'],
		['Argentina', '+5491123456789', '+541123456789'],
	])('matches both spellings of %s, both ways', async (_, one, other) => {
		for (const [stored, given] of [
			[one, other],
			[other, one],
		]) {
			bench.simulator.reset();
			const { id } = bench.simulator.given({ phone_number: stored });
			const found = await match({ phone: given });
			expect(found).toMatchObject({ matched: true, by: 'phone', contact: { id: String(id) } });
			expect(['exact', 'variant']).toContain(found.confidence);
			// As it is stored, and as it would be dialled today.
			expect(found.confidence === 'exact').toBe(stored === (one === '+5491123456789' ? given : one));
		}
	});

	it('finds on installations that put a plus before the number', async () => {
		bench.stop();
		bench = chatwootBench({ stripsPlus: false });
		const { id } = bench.simulator.given({ phone_number: '+48601234567' });
		expect((await match({ phone: '+48 601 234 567' })).contact?.id).toBe(String(id));
	});

	it('goes from phone to e-mail to identifier, and says when it is not sure', async () => {
		const byPhone = bench.simulator.given({ phone_number: '+48601234567' });
		const byEmail = bench.simulator.given({ email: 'jane@example.com' });
		const byIdentifier = bench.simulator.given({ identifier: 'lead-1' });
		const all = { phone: '+48601234567', email: 'JANE@example.com', identifier: 'lead-1' };
		const found = await match(all);
		expect(found).toMatchObject({
			by: 'phone',
			confidence: 'ambiguous',
			contact: { id: String(byPhone.id) },
		});
		expect(found.candidates.map(({ by, contact }) => [by, contact.id])).toEqual([
			['email', String(byEmail.id)],
			['identifier', String(byIdentifier.id)],
		]);
		bench.simulator.account().contacts.delete(byPhone.id);
		expect(await match(all)).toMatchObject({ by: 'email', contact: { id: String(byEmail.id) } });
		bench.simulator.account().contacts.delete(byEmail.id);
		expect(await match(all)).toMatchObject({ by: 'identifier', confidence: 'exact' });
	});

	it('is not sure of an e-mail whose contact has another phone', async () => {
		bench.simulator.given({ email: 'family@example.com', phone_number: '+48600000001' });
		const found = await match({ phone: '+48601234567', email: 'family@example.com' });
		expect(found).toMatchObject({ matched: true, by: 'email', confidence: 'ambiguous' });
	});

	it('is sure of a number that is stored as it came, though nobody dials it so any more', async () => {
		bench.simulator.given({ phone_number: '+551187654321' });
		expect(await match({ phone: '+55 11 8765-4321' })).toMatchObject({ confidence: 'exact' });
		expect(await match({ phone: '+55 11 98765-4321' })).toMatchObject({ confidence: 'variant' });
	});

	it('takes the same spelling of two contacts with one line, else the one active last', async () => {
		const old = bench.simulator.given({ phone_number: '+551187654321', last_activity_at: 200 });
		const today = bench.simulator.given({ phone_number: '+5511987654321', last_activity_at: 100 });
		const found = await match({ phone: '55 11 8765-4321' });
		expect(found).toMatchObject({ confidence: 'ambiguous', contact: { id: String(today.id) } });
		expect(found.candidates.map(({ contact }) => contact.id)).toEqual([String(old.id)]);
	});

	it('does not believe a filter that finds too much', async () => {
		const near = bench.simulator.given({ identifier: 'LEAD-1' });
		expect(await match({ identifier: 'lead-1' })).toMatchObject({ matched: false });
		expect(near.identifier).toBe('LEAD-1');
	});

	it('creates nobody unless told to', async () => {
		await match({ phone: '+48601234567' });
		expect(bench.simulator.account().contacts.size).toBe(0);
	});

	it('creates with a second call when told to, and only then', async () => {
		const parameters = {
			phone: '601234567',
			defaultCountry: 'PL',
			createIfNotFound: true,
			contactName: 'Jane',
		};
		expect(await match(parameters)).toMatchObject({
			matched: false,
			created: true,
			by: null,
			confidence: 'none',
			contact: { name: 'Jane', phone: '+48601234567' },
		});
		expect(bench.asked()).toEqual(['POST /contacts/filter?page=1', 'POST /contacts']);
		expect(await match(parameters)).toMatchObject({ matched: true, created: false, confidence: 'exact' });
		expect(bench.calls()).toHaveLength(3);
	});

	it('creates one contact for two items of a run that are one person', async () => {
		const found = await items(
			'contact.match',
			{ phone: '={{ $json.phone }}', createIfNotFound: true },
			{ items: [{ phone: '+5491123456789' }, { phone: '+541123456789' }] },
		);
		expect(found.map(({ created }) => created)).toEqual([true, false]);
		expect(bench.simulator.account().contacts.size).toBe(1);
	});

	it('gives the contact that somebody else created meanwhile', async () => {
		bench.simulator.given({ phone_number: '+48601234567' });
		bench.world.misbehave('chatwoot', {
			kind: 'answer',
			response: { status: 200, headers: { 'content-type': 'application/json' }, body: { payload: [] } },
		});
		expect(await match({ phone: '+48601234567', createIfNotFound: true })).toMatchObject({
			matched: true,
			created: false,
			by: 'phone',
		});
	});

	it.each([
		[{}, '"Phone" is empty, as are Email and Identifier [Item 0]'],
		[{ phone: 'call me' }, '"Phone"'],
		[{ phone: '601 234 567' }, '"Phone" has no country code (601***67) [Item 0]'],
		[
			{ phone: '601 234 567', defaultCountry: 'XX' },
			'"Default Country" is not the code of a country [Item 0]',
		],
		[
			{ email: 'a@b.c', account: { __rl: true, mode: 'id', value: '={{ "one" }}' } },
			'"Account" is not a Chatwoot ID [Item 0]',
		],
	])('refuses %j', async (parameters, message) => {
		const { error } = await run('contact.match', parameters as never);
		expect(error?.message).toContain(message);
		expect(bench.calls()).toHaveLength(0);
	});

	it('works with the token of an agent', async () => {
		bench.simulator.given({ email: 'jane@example.com' });
		const { outputs } = await run(
			'contact.match',
			{ email: 'jane@example.com' },
			{ credentials: [credential(CREDENTIALS.agent)] },
		);
		expect(outputs[0]?.[0]?.json.matched).toBe(true);
	});
});
