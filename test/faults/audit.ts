import { clientIdFromLeadKey } from '../../nodes/Ga4Events/identity';
import type { AcceptedEvent } from '../../sandbox/simulators/ga4';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import { stateOf } from '../support/chat';
import { theHouse } from '../support/house';
import { leadKeyOf, type Lead, type Plan } from './plan';
import type { Outcome } from './sender';

/** A row of `frontdesk_deliveries`, as far as the audit reads it. */
export interface Delivery {
	leadKey: string;
	channel: string;
	status: string;
	lastError: string | null;
	nextAttemptAt: string | null;
}

export const CHANNELS = ['email', 'sms', 'ga4', 'monday'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Where a repeat can be told: monday.com finds the item, Twilio lists what it sent. */
export const RECOGNISABLE: Channel[] = ['sms', 'monday'];

export interface Finding {
	lead: Lead;
	channel: Channel;
	/** How often the provider has it. */
	arrived: number;
	/** The state of its row; undefined where there is none. */
	status?: string;
	lastError: string;
}

export interface Audit {
	findings: Finding[];
	lost: Finding[];
	doubled: Finding[];
	/** Nobody knows whether it arrived, and the row says so to people. */
	uncertain: Finding[];
	delivered: number;
	forgedAccepted: string[];
	/** Leads without exactly one row in `frontdesk_leads`. */
	withoutLeadRow: string[];
}

const ON_RECORD = ['uncertain', 'parked'];

/** How often each provider has something of a lead, by the six digits that tell leads apart. */
function arrivals(leads: Lead[]): Record<Channel, Map<string, number>> {
	const tally = (all: Array<string | undefined>) => {
		const counts = new Map<string, number>();
		for (const one of all) if (one) counts.set(one, (counts.get(one) ?? 0) + 1);
		return counts;
	};
	const byClient = new Map(leads.map((lead) => [clientIdFromLeadKey(leadKeyOf(lead)), lead.digits]));
	const { outbox } = stateOf<{ outbox: SentMail[] }>('sendgrid');
	const { messages } = stateOf<{ messages: Array<{ to: string }> }>('twilio');
	const { accepted } = stateOf<{ accepted: AcceptedEvent[] }>('ga4');
	const boards = stateOf<Array<{ items: Array<{ name: string }> }>>('monday');
	return {
		email: tally(outbox.map(({ to }) => /lead\.(\d{6})/.exec(to[0]?.email ?? '')?.[1])),
		sms: tally(messages.map(({ to }) => /^\+48601(\d{6})$/.exec(to)?.[1])),
		ga4: tally(accepted.map(({ clientId }) => byClient.get(clientId))),
		monday: tally(boards.flatMap(({ items }) => items).map(({ name }) => /^Lead (\d{6})$/.exec(name)?.[1])),
	};
}

/** Forgeries that were not refused, or that left a trace. */
async function forgeriesAccepted(outcomes: Outcome[]): Promise<string[]> {
	const answered = outcomes.filter(({ sending, status }) => sending.kind === 'forgery' && status !== 401);
	const leads = await theHouse().editor.rows<{ name: string | null }>('frontdesk_leads');
	const traces = leads.filter(({ name }) => name?.startsWith('Forged'));
	const asked = theHouse().world.exchanges.filter(({ request }) =>
		/forged\.\d+@|Forged \d/.test(request.body),
	);
	return [
		...answered.map(({ status }) => `answered with ${status}`),
		...traces.map(({ name }) => `a lead ${name}`),
		...asked.map(({ provider }) => `told to ${provider}`),
	];
}

/** Compares what the providers have, and what the tables say, with what was sent. */
export async function audit({ leads }: Plan, outcomes: Outcome[]): Promise<Audit> {
	const { editor } = theHouse();
	const counts = arrivals(leads);
	const rows = await editor.rows<Delivery>('frontdesk_deliveries');
	const byEffect = new Map(rows.map((row) => [`${row.leadKey} ${row.channel}`, row]));
	const findings = leads.flatMap((lead) =>
		CHANNELS.map((channel): Finding => {
			const row = byEffect.get(`${leadKeyOf(lead)} ${channel}`);
			const arrived = counts[channel].get(lead.digits) ?? 0;
			return { lead, channel, arrived, status: row?.status, lastError: row?.lastError ?? '' };
		}),
	);
	const isOnRecord = ({ status }: Finding) => ON_RECORD.includes(status ?? '');
	const kept = await editor.rows<{ leadKey: string }>('frontdesk_leads');
	const leadRows = (lead: Lead) => kept.filter(({ leadKey }) => leadKey === leadKeyOf(lead)).length;
	return {
		findings,
		lost: findings.filter((one) => one.arrived === 0 && !isOnRecord(one)),
		doubled: findings.filter(({ arrived }) => arrived > 1),
		uncertain: findings.filter(isOnRecord),
		delivered: findings.filter(({ arrived }) => arrived > 0).length,
		forgedAccepted: await forgeriesAccepted(outcomes),
		withoutLeadRow: leads.filter((lead) => leadRows(lead) !== 1).map(({ digits }) => digits),
	};
}
