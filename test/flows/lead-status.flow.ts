import { callFlow } from '../support/callFlow';
import { STORES } from '../support/stores';

interface Lead {
	leadKey: string;
	tenant: string;
	status: string;
	statusAt: string | null;
	bookingId: string | null;
	bookingUrl: string | null;
	bookedAt: string | null;
	bookingProvider: string | null;
}

interface Moved {
	moved: boolean;
	from: string;
	to: string;
	refusal: string;
	lead: Lead | null;
}

interface Move {
	to: string;
	at?: string;
	[input: string]: string | undefined;
}

interface Noted {
	tenant: string;
	from: string;
	to: string;
	moved: boolean;
	reason: string;
	bookingId: string;
	at: string;
}

const KEY = 'phone:+48601234567';

/** A moment of the moved clock: so many minutes after its start. */
const at = (minutes: number) => new Date(Date.UTC(2027, 2, 1, 10, minutes)).toISOString();

const booked = (bookingId: string, more: object = {}) => ({
	to: 'BOOKED',
	bookingProvider: 'calcom',
	bookingId,
	bookingUrl: `https://cal.com/${bookingId}`,
	bookedAt: at(10_000),
	...more,
});

const cancelled = (bookingId: string) => ({ to: 'QUALIFIED', bookingProvider: 'calcom', bookingId });
const completed = (bookingId: string) => ({ to: 'COMPLETED', bookingProvider: 'calcom', bookingId });

/** The way to a status, by legal moves. */
const WAY: Record<string, Move[]> = {
	NEW: [],
	CONTACTED: [{ to: 'CONTACTED' }],
	QUALIFIED: [{ to: 'QUALIFIED' }],
	BOOKED: [booked('a')],
	COMPLETED: [booked('a'), completed('a')],
};

/** Every move there is: from, the move, and its refusal where it is refused. */
const TABLE: Array<[string, Move, string]> = [
	['NEW', { to: 'NEW' }, 'already'],
	['NEW', { to: 'CONTACTED' }, ''],
	['NEW', { to: 'QUALIFIED' }, ''],
	['NEW', booked('a'), ''],
	['NEW', { to: 'BOOKED' }, ''],
	['NEW', completed('a'), 'illegal'],
	['NEW', { to: 'SOLD' }, 'illegal'],
	['NEW', { to: '' }, 'illegal'],
	['CONTACTED', { to: 'NEW' }, 'illegal'],
	['CONTACTED', { to: 'CONTACTED' }, 'already'],
	['CONTACTED', { to: 'QUALIFIED' }, ''],
	['CONTACTED', booked('a'), ''],
	['CONTACTED', completed('a'), 'illegal'],
	['QUALIFIED', { to: 'NEW' }, 'illegal'],
	['QUALIFIED', { to: 'CONTACTED' }, 'illegal'],
	['QUALIFIED', { to: 'QUALIFIED' }, 'already'],
	['QUALIFIED', booked('a'), ''],
	['QUALIFIED', completed('a'), 'illegal'],
	['BOOKED', { to: 'NEW' }, 'illegal'],
	['BOOKED', { to: 'CONTACTED' }, 'illegal'],
	['BOOKED', cancelled('a'), ''],
	['BOOKED', cancelled('b'), 'other booking'],
	['BOOKED', { ...cancelled('a'), bookingProvider: 'altegio' }, 'other booking'],
	['BOOKED', { to: 'QUALIFIED', bookingId: 'a' }, ''],
	['BOOKED', { to: 'QUALIFIED' }, 'other booking'],
	['BOOKED', booked('a'), 'already'],
	['BOOKED', { to: 'BOOKED' }, 'already'],
	['BOOKED', booked('a', { bookedAt: at(20_000) }), ''],
	['BOOKED', booked('b', { previousId: 'a' }), ''],
	['BOOKED', booked('b'), ''],
	['BOOKED', completed('a'), ''],
	['BOOKED', completed('b'), 'other booking'],
	['COMPLETED', { to: 'NEW' }, 'illegal'],
	['COMPLETED', { to: 'CONTACTED' }, 'illegal'],
	['COMPLETED', cancelled('a'), 'illegal'],
	['COMPLETED', completed('a'), 'already'],
	['COMPLETED', booked('a'), 'illegal'],
	['COMPLETED', { to: 'BOOKED' }, 'illegal'],
	['COMPLETED', booked('b'), ''],
];

describe.each(STORES)("Move a lead's status in $name", (store) => {
	const flow = store.flow('lead-status');
	const save = async (...leadKeys: string[]) =>
		await callFlow(
			store.flow('lead-save'),
			leadKeys.map((leadKey) => ({ tenant: 'main', leadKey, lead: { name: 'Anna' } })),
		);
	const moves = async (...wished: Move[]) =>
		await callFlow<Moved>(
			flow,
			wished.map((move) => ({ tenant: 'main', leadKey: KEY, ...move })),
		);
	const move = async (wished: Move) => (await moves(wished))[0] as Moved;
	const history = async () => await store.rows<Noted>('frontdesk_lead_history');
	const leads = async () => await store.rows<Lead>('frontdesk_leads');

	beforeEach(async () => await store.clear('frontdesk_leads', 'frontdesk_lead_history'));

	it('takes every legal move, refuses every other, and notes all of them', async () => {
		await save(...TABLE.map((_, index) => `lead:${index}`));
		const way = TABLE.flatMap(([from], index) =>
			(WAY[from] ?? []).map((step, minute) => ({ leadKey: `lead:${index}`, at: at(minute), ...step })),
		);
		await moves(...way);
		const outcomes = await moves(
			...TABLE.map(([, step], index) => ({ leadKey: `lead:${index}`, at: at(10), reason: 'tried', ...step })),
		);
		expect(outcomes.map(({ from, moved, refusal }) => ({ from, moved, refusal }))).toEqual(
			TABLE.map(([from, , refusal]) => ({ from, moved: !refusal, refusal })),
		);
		expect((await leads()).map(({ status }) => status)).toEqual(
			TABLE.map(([from, { to }, refusal]) => (refusal ? from : to)),
		);
		expect((await history()).slice(way.length)).toEqual(
			TABLE.map(([from, { to, bookingId = '' }, refusal], index) =>
				expect.objectContaining({
					tenant: 'main',
					leadKey: `lead:${index}`,
					from,
					to,
					bookingId,
					moved: !refusal,
					reason: refusal ? `${refusal}: tried` : 'tried',
					at: at(10),
				}),
			),
		);
	}, 180_000);

	it('refuses what is older than the last move, and takes what is as old', async () => {
		await save(KEY);
		expect(await move({ to: 'CONTACTED', at: at(5) })).toMatchObject({
			moved: true,
			lead: { statusAt: at(5) },
		});
		expect(await move({ to: 'QUALIFIED', at: at(4) })).toMatchObject({ moved: false, refusal: 'late' });
		expect(await move({ to: 'QUALIFIED', at: at(5) })).toMatchObject({ moved: true });
		expect(await move({ ...booked('a'), at: at(4) })).toMatchObject({ moved: false, refusal: 'late' });
		expect(await leads()).toEqual([expect.objectContaining({ status: 'QUALIFIED', statusAt: at(5) })]);
	});

	it('takes a first move that happened before the lead was saved', async () => {
		await save(KEY);
		expect(await move({ ...booked('a'), at: '2020-01-01T10:00:00+01:00' })).toMatchObject({
			moved: true,
			lead: { statusAt: '2020-01-01T09:00:00.000Z' },
		});
	});

	it('takes now for a time that is missing or no time', async () => {
		await save(KEY);
		const before = Date.now();
		const { lead } = await move({ to: 'CONTACTED' });
		expect(Date.parse(String(lead?.statusAt))).toBeGreaterThanOrEqual(before - 1000);
		expect(await move({ to: 'QUALIFIED', at: 'yesterday' })).toMatchObject({ moved: true });
	});

	it('follows a booking over its reschedules, by new IDs and by the same', async () => {
		await save(KEY);
		await moves(
			{ ...booked('a'), at: at(1) },
			{ ...booked('b', { previousId: 'a', bookedAt: at(11_000) }), at: at(2) },
			{ ...booked('c', { previousId: 'b', bookedAt: at(12_000) }), at: at(3) },
			{ ...booked('c', { bookedAt: at(13_000), bookingUrl: '' }), at: at(4) },
		);
		expect(await leads()).toEqual([
			expect.objectContaining({
				status: 'BOOKED',
				statusAt: at(4),
				bookingProvider: 'calcom',
				bookingId: 'c',
				bookingUrl: 'https://cal.com/c',
				bookedAt: at(13_000),
			}),
		]);
		expect(await move({ ...cancelled('a'), at: at(5) })).toMatchObject({ refusal: 'other booking' });
		expect(await move({ ...cancelled('c'), at: at(6) })).toMatchObject({ moved: true });
	});

	it('keeps the booking of a cancellation, and forgets its time', async () => {
		await save(KEY);
		await move({ ...booked('a'), at: at(1) });
		const { lead } = await move({ ...cancelled('a'), at: at(2) });
		expect(lead).toMatchObject({
			status: 'QUALIFIED',
			bookingId: 'a',
			bookingProvider: 'calcom',
			bookedAt: null,
		});
		expect(await leads()).toEqual([expect.objectContaining({ bookingId: 'a', bookedAt: null })]);
	});

	it('forgets the former link when another booking comes without one', async () => {
		await save(KEY);
		await move({ ...booked('a'), at: at(1) });
		const { lead } = await move({ to: 'BOOKED', bookingProvider: 'altegio', bookingId: '77', at: at(2) });
		expect(lead).toMatchObject({
			bookingProvider: 'altegio',
			bookingId: '77',
			bookingUrl: null,
			bookedAt: null,
		});
	});

	it.each<[string, Move[], Move]>([
		[
			'a booking whose cancellation came first',
			[{ ...cancelled('a'), at: at(5) }],
			{ ...booked('a'), at: at(1) },
		],
		[
			'the old booking of a reschedule that came first',
			[{ ...booked('b', { previousId: 'a' }), at: at(5) }],
			{ ...booked('a'), at: at(1) },
		],
		[
			'a reschedule that a later one overtook',
			[
				{ ...booked('a'), at: at(1) },
				{ ...booked('c', { previousId: 'b' }), at: at(5) },
			],
			{ ...booked('b', { previousId: 'a' }), at: at(3) },
		],
		[
			'a repeated booking after its cancellation',
			[
				{ ...booked('a'), at: at(1) },
				{ ...cancelled('a'), at: at(2) },
			],
			{ ...booked('a'), at: at(1) },
		],
		[
			'a cancellation older than the rebooking',
			[
				{ ...booked('a'), at: at(1) },
				{ ...booked('a', { bookedAt: at(20_000) }), at: at(5) },
			],
			{ ...cancelled('a'), at: at(3) },
		],
	])('does not fall for %s', async (_, before, late) => {
		await save(KEY);
		await moves(...before);
		const [lead] = await leads();
		expect(await move(late)).toMatchObject({ moved: false, refusal: 'late', lead: { status: lead?.status } });
		expect((await leads())[0]).toMatchObject({ ...lead, updatedAt: expect.anything() as string });
	});

	it('books a booking again that was cancelled before', async () => {
		await save(KEY);
		await moves({ ...booked('a'), at: at(1) }, { ...cancelled('a'), at: at(2) });
		expect(await move({ ...booked('a'), at: at(3) })).toMatchObject({ moved: true, from: 'QUALIFIED' });
	});

	it('refuses an unknown lead, and notes that as well', async () => {
		expect(await move({ to: 'CONTACTED', at: at(1), reason: 'SMS sent' })).toEqual({
			moved: false,
			from: '',
			to: 'CONTACTED',
			refusal: 'unknown',
			lead: null,
		});
		expect(await history()).toEqual([
			expect.objectContaining({ leadKey: KEY, moved: false, reason: 'unknown: SMS sent' }),
		]);
	});

	it('lets one of two movers at once win, again and again', async () => {
		const keys = Array.from({ length: 6 }, (_, index) => `lead:${index}`);
		await save(...keys);
		await move({ to: 'CONTACTED' });
		for (const leadKey of keys) {
			const wished = [booked('a'), booked('b')].map((one) => ({ leadKey, ...one, at: at(1) }));
			const outcomes = await Promise.all(wished.map(move));
			expect(outcomes.map(({ refusal }) => refusal).sort()).toEqual(['', 'late']);
			const winner = outcomes[0]?.moved ? 'a' : 'b';
			expect((await leads()).find((lead) => lead.leadKey === leadKey)).toMatchObject({ bookingId: winner });
		}
	}, 180_000);

	it('loses no move of eight at once', async () => {
		await save(KEY);
		await move({ to: 'CONTACTED', at: at(0) });
		const outcomes = await Promise.all(
			Array.from(
				{ length: 8 },
				async (_, index) => await move({ ...booked(`b${index}`), at: at(index + 1) }),
			),
		);
		expect(outcomes[7]).toMatchObject({ moved: true });
		expect(await leads()).toEqual([expect.objectContaining({ bookingId: 'b7', statusAt: at(8) })]);
		expect(await history()).toHaveLength(9);
	});

	it('moves the lead of its own tenant alone', async () => {
		await save(KEY);
		const [other] = await callFlow<Moved>(flow, [{ tenant: 'branch', leadKey: KEY, to: 'CONTACTED' }]);
		expect(other).toMatchObject({ moved: false, refusal: 'unknown' });
		await callFlow(store.flow('lead-save'), [{ tenant: 'branch', leadKey: KEY, lead: {} }]);
		const both = await callFlow<Moved>(flow, [
			{ tenant: 'branch', leadKey: KEY, ...booked('a'), at: at(1) },
			{ tenant: 'main', leadKey: KEY, to: 'CONTACTED', at: at(1) },
			{ tenant: 'branch', leadKey: KEY, ...cancelled('a'), at: at(2) },
		]);
		expect(both.map(({ moved }) => moved)).toEqual([true, true, true]);
		expect((await leads()).map(({ tenant, status }) => [tenant, status])).toEqual([
			['main', 'CONTACTED'],
			['branch', 'QUALIFIED'],
		]);
		expect((await history()).map(({ tenant }) => tenant)).toEqual(['branch', 'branch', 'main', 'branch']);
	});
});
