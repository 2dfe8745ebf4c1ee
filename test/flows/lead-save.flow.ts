import { callFlow, callFlowOnce } from '../support/callFlow';
import { STORES } from '../support/stores';

interface Lead {
	id: number;
	tenant: string;
	leadKey: string;
	name: string | null;
	email: string | null;
	status: string;
}

interface Saved {
	lead: Lead;
	created: boolean;
}

const KEY = 'phone:+48601234567';

describe.each(STORES)('Save a lead in $name', (store) => {
	const rows = async () => await store.rows<Lead>('frontdesk_leads');
	const save = async (lead: object | null, more: object = {}) =>
		await callFlowOnce<Saved>(store.flow('lead-save'), { tenant: 'main', leadKey: KEY, lead, ...more });

	beforeEach(async () => await store.clear('frontdesk_leads'));

	it('makes a lead that starts at NEW, with no move behind it', async () => {
		const saved = await save({
			name: 'Anna',
			phone: '+48601234567',
			consentGdpr: true,
			consentMarketing: false,
		});
		expect(saved).toEqual({
			created: true,
			lead: expect.objectContaining({
				tenant: 'main',
				leadKey: KEY,
				name: 'Anna',
				phone: '+48601234567',
				status: 'NEW',
				statusAt: null,
				consentGdpr: true,
				consentMarketing: false,
			}) as Lead,
		});
		expect(await rows()).toEqual([
			expect.objectContaining({ id: saved.lead.id, name: 'Anna', status: 'NEW' }),
		]);
	});

	it('adds what is new and never overwrites what is known with nothing', async () => {
		const known = { name: 'Anna', email: 'anna@example.com', language: 'pl', consentGdpr: true };
		const { lead } = await save(known);
		for (const nothing of [
			{ name: '', email: null, language: '   ' },
			{},
			null,
			Object.fromEntries(Object.keys(known).map((key) => [key, undefined])),
		]) {
			const again = await save(nothing);
			expect(again).toEqual({
				created: false,
				lead: expect.objectContaining({ ...known, id: lead.id }) as Lead,
			});
		}
		const more = await save({ topic: 'Haircut', consentGdpr: false });
		expect(more.lead).toMatchObject({ ...known, topic: 'Haircut', consentGdpr: false });
		expect(await rows()).toHaveLength(1);
	});

	it('writes e-mail and Instagram names the way they are looked up', async () => {
		const { lead } = await save({ email: ' Anna@Example.COM ', instagram: '@Anna.Nails', name: '  Anna ' });
		expect(lead).toMatchObject({ email: 'anna@example.com', instagram: 'anna.nails', name: 'Anna' });
	});

	it.each(['CONTACTED', 'QUALIFIED', 'BOOKED', 'COMPLETED'])(
		'never moves a lead that is %s',
		async (status) => {
			await save({ name: 'Anna' });
			const booking = { bookingProvider: 'calcom', bookingId: 'abc', bookingUrl: 'https://cal.com/abc' };
			await store.update('frontdesk_leads', { status, ...booking });
			const wish = {
				status: 'NEW',
				statusAt: '2020-01-01T00:00:00Z',
				bookingId: 'x',
				bookingUrl: 'x',
				bookedAt: null,
			};
			const saved = await save({ ...wish, name: 'Anna K.' });
			expect(saved).toEqual({
				created: false,
				lead: expect.objectContaining({ status, ...booking, name: 'Anna K.' }) as Lead,
			});
		},
	);

	it('keeps what a person typed exactly, and leaves out columns that do not exist', async () => {
		const name = 'O"Brien \\ {{ $json.leadKey }} \'; DROP TABLE x; -- 😀\nsecond line';
		const { lead } = await save({ name, id: 77, tenant: 'other', nonsense: 'x', createdAt: '2020-01-01' });
		expect(lead).toMatchObject({ name, tenant: 'main' });
		expect(lead).not.toHaveProperty('nonsense');
		expect(await rows()).toEqual([expect.objectContaining({ name, tenant: 'main' })]);
	});

	it('makes one row when eight save the same lead at once', async () => {
		await save({ name: 'Warm' }, { leadKey: 'email:warm@example.com' });
		const saved = await Promise.all(
			Array.from({ length: 8 }, async (_, index) => await save({ name: `Anna ${index}` })),
		);
		expect(saved.filter(({ created }) => created)).toHaveLength(1);
		expect(new Set(saved.map(({ lead }) => lead.id)).size).toBe(1);
		expect((await rows()).filter(({ leadKey }) => leadKey === KEY)).toHaveLength(1);
	});

	it('saves several leads in one call, one of them twice', async () => {
		const keys = ['email:a@example.com', 'email:b@example.com', 'email:a@example.com'];
		const saved = await callFlow<Saved>(
			store.flow('lead-save'),
			keys.map((leadKey, index) => ({ tenant: 'main', leadKey, lead: { name: `Name ${index}` } })),
		);
		expect(saved.map(({ lead, created }) => [lead.leadKey, created])).toEqual([
			['email:a@example.com', true],
			['email:b@example.com', true],
			['email:a@example.com', false],
		]);
		expect((await rows()).map(({ name }) => name).sort()).toEqual(['Name 1', 'Name 2']);
	});

	it('keeps the same person apart in two tenants', async () => {
		await save({ name: 'Anna' });
		const other = await save({ topic: 'Nails' }, { tenant: 'branch' });
		expect(other).toMatchObject({ created: true, lead: { tenant: 'branch', name: null, topic: 'Nails' } });
		await save({ name: 'Ania' }, { tenant: 'branch' });
		expect((await rows()).map(({ tenant, name }) => [tenant, name])).toEqual([
			['main', 'Anna'],
			['branch', 'Ania'],
		]);
	});

	it('fails without a key', async () => {
		await expect(save({ name: 'Anna' }, { leadKey: '' })).rejects.toThrow('A lead without a key');
		expect(await rows()).toEqual([]);
	});
});
