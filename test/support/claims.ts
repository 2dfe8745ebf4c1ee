import { inRedis } from './redis';
import { STORES, type Store } from './stores';

/** What of a claim every store keeps. */
interface Claim {
	tenant: string;
	eventKey: string;
}

/** Where claims of keys are kept. */
export interface ClaimStore {
	name: string;
	/** The folder of the flow that claims there. */
	flow: string;
	clear: () => Promise<void>;
	/** Every claim that was the first. */
	claims: () => Promise<Claim[]>;
	/** Makes every claim of so many minutes look as if it were so much older. */
	age: (minutes: number, withinMinutes: number) => Promise<void>;
}

const TABLE = 'frontdesk_events';
const CLAIM = 'frontdesk:claim:';

const inTable = (store: Store): ClaimStore => ({
	name: store.name,
	flow: store.flow('claim-once'),
	clear: async () => await store.clear(TABLE),
	claims: async () => await store.rows<Claim>(TABLE),
	age: async (minutes) =>
		await store.update(TABLE, { receivedAt: new Date(Date.now() - minutes * 60_000).toISOString() }),
});

const claimsInRedis = async () =>
	(await inRedis('KEYS', `${CLAIM}*`)).split('\n').filter((name) => name.startsWith(CLAIM));

const redis: ClaimStore = {
	name: 'Redis',
	flow: 'claim-once-redis',
	clear: async () => {
		for (const name of await claimsInRedis()) await inRedis('DEL', name);
	},
	claims: async () =>
		(await claimsInRedis()).map((name) => {
			const [tenant = '', ...key] = name.slice(CLAIM.length).split(':');
			return { tenant: decodeURIComponent(tenant), eventKey: key.join(':') };
		}),
	// Redis keeps no age, only what is left; a key whose time is over goes at once.
	age: async (minutes, withinMinutes) => {
		for (const name of await claimsInRedis())
			await inRedis('EXPIRE', name, String((withinMinutes - minutes) * 60));
	},
};

export const CLAIM_STORES = [...STORES.map(inTable), redis];
