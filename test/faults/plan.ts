import { sampleLead } from '../../sandbox/src/sample';
import { pick, randomOf, shuffled } from './random';

/** A visitor of the bot; six digits tell them apart wherever they arrive. */
export interface Lead {
	digits: string;
	attributes: Record<string, string>;
}

export type Sending =
	| { kind: 'lead' | 'duplicate'; lead: Lead }
	/** A request that Chatfuel never sent: its name must arrive nowhere. */
	| { kind: 'forgery'; name: string; headers: Record<string, string>; attributes: Record<string, string> };

export interface Size {
	leads: number;
	/** Of requests to providers that meet a fault. */
	faults: number;
	/** Of leads that are sent twice: at the same moment, soon after, or at the end. */
	duplicates: number;
	/** Forged requests, by the number of leads. */
	forgeries: number;
	/** Processes to end in the middle, one after another. */
	kills: string[];
}

export interface Plan {
	leads: Lead[];
	sendings: Sending[];
	/** Which process is ended before which sending. */
	kills: Map<number, string>;
}

/** The key under which the flows keep a lead. */
export const leadKeyOf = ({ digits }: Lead): string => `phone:+48601${digits}`;

const WRONG: Array<Record<string, string>> = [
	{},
	{ 'x-frontdesk-secret': '' },
	{ 'x-frontdesk-secret': 'wrong' },
	{ 'x-frontdesk-secret': 'undefined' },
	{ 'x-frontdesk-signature': 'sha256=0', authorization: 'Bearer wrong' },
];

/** All that is sent in a run, in an order that its seed decides. */
export function planOf(seed: number, size: Size): Plan {
	const random = randomOf(seed, 'plan');
	const leads = Array.from({ length: size.leads }, (_, number) => {
		const digits = String(100_000 + number * 7 + (seed % 7));
		const name = `Lead ${digits}`;
		return {
			digits,
			attributes: { ...sampleLead(Number(digits)), name, email: `lead.${digits}@example.com` },
		};
	});
	const forgeries = Array.from({ length: Math.round(size.leads * size.forgeries) }, (_, number): Sending => {
		const name = `Forged ${number}`;
		const attributes = { ...sampleLead(900_000 + number), name, email: `forged.${number}@example.com` };
		return { kind: 'forgery', name, headers: pick(random, WRONG), attributes };
	});
	const first = leads.map((lead): Sending => ({ kind: 'lead', lead }));
	const sendings = shuffled(random, [...first, ...forgeries]);
	const twice = shuffled(random, leads).slice(0, Math.round(size.leads * size.duplicates));
	for (const lead of twice) {
		const at = sendings.findIndex((one) => one.kind === 'lead' && one.lead === lead);
		const later = pick(random, [at, at + 1, at + 1 + Math.floor(random() * 20), sendings.length]);
		sendings.splice(later, 0, { kind: 'duplicate', lead });
	}
	const part = 0.8 / Math.max(1, size.kills.length);
	const moments = size.kills.map((name, index): [number, string] => [
		Math.floor(sendings.length * (0.1 + part * (index + random()))),
		name,
	]);
	return { leads, sendings, kills: new Map(moments) };
}
