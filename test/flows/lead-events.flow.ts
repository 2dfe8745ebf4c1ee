import fc from 'fast-check';
import { callFlow } from '../support/callFlow';
import { STORES } from '../support/stores';

interface Lead {
	status: string;
	statusAt: string | null;
	bookingId: string | null;
}

interface Moved {
	moved: boolean;
	from: string;
	to: string;
	lead: Lead;
}

interface Event {
	to: string;
	at: string;
	bookingId: string;
	previousId: string;
}

const STATUSES = ['NEW', 'CONTACTED', 'QUALIFIED', 'BOOKED', 'COMPLETED'];

const event = fc.record<Event>({
	to: fc.constantFrom(...STATUSES, 'BOOKED', 'BOOKED'),
	at: fc
		.integer({ min: 0, max: 9 })
		.map((minute) => new Date(Date.UTC(2027, 2, 1, 10, minute)).toISOString()),
	bookingId: fc.constantFrom('', 'a', 'a', 'b'),
	previousId: fc.constantFrom('', 'a', 'b'),
});

/** Leads, each with the events that arrive for it: in any order, some of them twice. */
const arrivals = fc.array(
	fc
		.array(event, { minLength: 3, maxLength: 7 })
		.chain((events) => fc.shuffledSubarray([...events, ...events], { minLength: events.length })),
	{ minLength: 8, maxLength: 8 },
);

const isBackwards = ({ from, to }: Moved) => STATUSES.indexOf(to) < STATUSES.indexOf(from);

/** Holds one answer against the lead as it stood before. */
function holdsTo(before: Lead, sent: Event, answer: Moved): void {
	expect(answer.from).toBe(before.status);
	if (!answer.moved) {
		expect(answer.lead).toMatchObject(before);
		return;
	}
	expect(answer.lead).toMatchObject({ status: sent.to, statusAt: sent.at });
	expect(sent.at >= (before.statusAt ?? '')).toBe(true);
	if (!isBackwards(answer)) return;
	const ownBooking = sent.bookingId === (before.bookingId ?? '');
	expect([answer.from, answer.to, ownBooking]).toEqual(
		answer.from === 'BOOKED' ? ['BOOKED', 'QUALIFIED', true] : ['COMPLETED', 'BOOKED', false],
	);
}

describe.each(STORES)('Events in any order, in $name', (store) => {
	beforeEach(async () => await store.clear('frontdesk_leads', 'frontdesk_lead_history'));

	it('never move a status backwards when they are late', async () => {
		let run = 0;
		await fc.assert(
			fc.asyncProperty(arrivals, async (leads) => {
				run += 1;
				const keyOf = (lead: number) => `run:${run}:${lead}`;
				await callFlow(
					store.flow('lead-save'),
					leads.map((_, lead) => ({ tenant: 'main', leadKey: keyOf(lead), lead: {} })),
				);
				const sent = leads.flatMap((events, lead) => events.map((one) => ({ lead, one })));
				const answers = await callFlow<Moved>(
					store.flow('lead-status'),
					sent.map(({ lead, one }) => ({ tenant: 'main', leadKey: keyOf(lead), ...one })),
				);
				const known = leads.map((): Lead => ({ status: 'NEW', statusAt: null, bookingId: null }));
				for (const [index, answer] of answers.entries()) {
					const { lead, one } = sent[index] as (typeof sent)[number];
					holdsTo(known[lead] as Lead, one, answer);
					const { status, statusAt, bookingId } = answer.lead;
					known[lead] = { status, statusAt, bookingId };
				}
			}),
			{ numRuns: 3, endOnFailure: true },
		);
	}, 300_000);
});
