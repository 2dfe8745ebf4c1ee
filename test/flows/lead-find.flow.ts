import { callFlow, callFlowOnce } from '../support/callFlow';
import { STORES } from '../support/stores';

interface Found {
	found: boolean;
	foundBy: string;
	lead: { leadKey: string; tenant: string } | null;
}

const ANNA = {
	leadKey: 'phone:+48601234567',
	phone: '+48601234567',
	email: 'anna@example.com',
	instagram: 'anna_nails',
	instagramId: '17841400000000001',
	chatwootContactId: '41',
	chatfuelUserId: 'cf-1',
};
const EWA = { leadKey: 'email:ewa@example.com', email: 'ewa@example.com', instagram: 'annaxnails' };

const NOBODY = { found: false, foundBy: '', lead: null };

describe.each(STORES)('Find a lead in $name', (store) => {
	const find = async (ways: object, tenant = 'main') =>
		await callFlowOnce<Found>(store.flow('lead-find'), { tenant, ...ways });

	const save = async (...leads: Array<{ tenant?: string; leadKey: string }>) =>
		await callFlow(
			store.flow('lead-save'),
			leads.map(({ tenant = 'main', leadKey, ...lead }) => ({ tenant, leadKey, lead })),
		);

	beforeEach(async () => {
		await store.clear('frontdesk_leads', 'frontdesk_lead_history');
		await save(EWA, ANNA);
	});

	it.each(Object.entries(ANNA))('finds by %s', async (column, value) => {
		expect(await find({ [column]: value })).toEqual({
			found: true,
			foundBy: column,
			lead: expect.objectContaining({ ...ANNA, status: 'NEW' }) as object,
		});
	});

	it('finds by the booking', async () => {
		const move = { tenant: 'main', leadKey: EWA.leadKey, to: 'BOOKED', bookingId: 'b1' };
		await callFlowOnce(store.flow('lead-status'), move);
		expect(await find({ bookingId: 'b1' })).toMatchObject({ foundBy: 'bookingId', lead: EWA });
	});

	it('reads e-mail and Instagram names however they are written', async () => {
		expect(await find({ email: ' Anna@EXAMPLE.com ' })).toMatchObject({ foundBy: 'email', lead: ANNA });
		expect(await find({ instagram: '@Anna_Nails' })).toMatchObject({ foundBy: 'instagram', lead: ANNA });
	});

	it('lets the more trusted way decide, and goes on to the next where it finds nobody', async () => {
		expect(await find({ email: EWA.email, phone: ANNA.phone })).toMatchObject({
			foundBy: 'phone',
			lead: ANNA,
		});
		expect(await find({ phone: '+48999999999', leadKey: 'none', email: EWA.email })).toMatchObject({
			foundBy: 'email',
			lead: EWA,
		});
	});

	it('finds nobody by what is empty, unknown or left out', async () => {
		expect(await find({})).toEqual(NOBODY);
		expect(await find(Object.fromEntries(Object.keys(ANNA).map((key) => [key, ''])))).toEqual(NOBODY);
		expect(await find({ phone: null, email: '  ', instagram: '@' })).toEqual(NOBODY);
		expect(await find({ email: 'an%@example.com' })).toEqual(NOBODY);
	});

	it('takes the oldest of several', async () => {
		await save({ leadKey: 'phone:+48111111111', ...{ email: ANNA.email } });
		expect(await find({ email: ANNA.email })).toMatchObject({ lead: ANNA });
		const asked = [{ leadKey: 'phone:+48111111111' }, { chatfuelUserId: 'nobody', email: ANNA.email }];
		const both = await callFlow<Found>(
			store.flow('lead-find'),
			asked.map((way) => ({ tenant: 'main', ...way })),
		);
		expect(both.map(({ lead }) => lead?.leadKey)).toEqual(['phone:+48111111111', ANNA.leadKey]);
	});

	it('answers each of several items in order', async () => {
		const ways = [{ phone: ANNA.phone }, {}, { email: EWA.email }, { email: 'nobody@example.com' }, ANNA];
		const found = await callFlow<Found>(
			store.flow('lead-find'),
			ways.map((way) => ({ tenant: 'main', ...way })),
		);
		expect(found.map(({ lead, foundBy }) => [foundBy, lead?.leadKey])).toEqual([
			['phone', ANNA.leadKey],
			['', undefined],
			['email', EWA.leadKey],
			['', undefined],
			['leadKey', ANNA.leadKey],
		]);
	});

	it('never finds the lead of another tenant', async () => {
		for (const [column, value] of Object.entries(ANNA)) {
			expect(await find({ [column]: value }, 'branch')).toEqual(NOBODY);
		}
		await save({ tenant: 'branch', leadKey: ANNA.leadKey });
		const both = await callFlow<Found>(store.flow('lead-find'), [
			{ tenant: 'main', leadKey: ANNA.leadKey },
			{ tenant: 'branch', leadKey: ANNA.leadKey },
		]);
		expect(both.map(({ lead }) => lead?.tenant)).toEqual(['main', 'branch']);
	});
});
