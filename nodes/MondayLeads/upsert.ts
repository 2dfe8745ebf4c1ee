import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { ProviderError } from '../../lib/http';
import { changeItems, createItems, createItemsOnce, type Connection, type Item, type NewItem } from './api';
import type { Answer } from './connection';
import { byAge, findItems, keyOf, type Lookup } from './lookup';

/** What happens where several items match. */
export type Policy = 'newest' | 'oldest' | 'all' | 'refuse';

/** A lead to create or update. */
export interface Lead {
	board: string;
	group?: string;
	name: string;
	/** What to match on, first choice first. */
	matches: Lookup[];
	/** Values of the match columns by column ID. */
	matchColumns: IDataObject;
	columns: IDataObject;
	createLabels: boolean;
	/** Whether a found item gets the lead's name. */
	rename: boolean;
	policy: Policy;
}

/** What became of a lead: one item, or several under the policy `all`. */
export interface Upserted {
	created: boolean;
	items: Item[];
}

type Known = Array<{ id: string; created_at: string | null }>;
type Found = { items: Known; by: string } | undefined;
type Job = { lead: Lead; keys: string[]; index: number };
type Change = Job & { by: string; targets: Known };

const newItem = ({ lead: { matchColumns, columns, ...lead } }: Pick<Job, 'lead'>): NewItem => ({
	...lead,
	columns: { ...matchColumns, ...columns },
});

/**
 * The same leads under the same key, whoever sends them: two executions that race for a lead find nothing,
 * both create it, and monday.com answers the second with the first one's item (409 IDEMPOTENCY_CONFLICT and
 * Retry-After while that is under way, then its answer again, for 30 minutes; idempotency page, 2026-09-06).
 * The key says whom, not what: the second's own values are written as an update.
 *
 * It covers a request, so it is recognised where both requests bring the same leads, as flows that run for
 * each lead do.
 */
const creationKey = (jobs: Job[]): string =>
	createHash('sha256')
		.update(JSON.stringify(jobs.map(({ keys }) => keys)))
		.digest('hex');

function chosen(items: Known, policy: Policy): Known {
	switch (policy) {
		case 'oldest':
			return items.slice(0, 1);
		case 'newest':
			return items.slice(-1);
		default:
			return items;
	}
}

const severalMatches = (api: Connection, { matches }: Lead, items: Known) =>
	api.http.error({
		message: `${items.length} items of the board match ${matches.map(({ column }) => `"${column.title}"`).join(' or ')}`,
		howToFix: `Merge them in monday.com, or choose another way under If Several Items Match. Item IDs: ${items.map(({ id }) => id).join(', ')}.`,
	});

/** Leads that share a match with an earlier one of the batch wait until that one is written. */
function nextWave(jobs: Job[]): { now: Job[]; later: Job[] } {
	const taken = new Set<string>();
	const now: Job[] = [];
	const later: Job[] = [];
	for (const job of jobs) {
		(job.keys.some((key) => taken.has(key)) ? later : now).push(job);
		for (const key of job.keys) taken.add(key);
	}
	return { now, later };
}

class Batch {
	readonly results: Array<Upserted | Error> = [];

	constructor(
		private readonly api: Connection,
		private readonly found: Map<string, Item[] | Error>,
	) {}

	/** Writes leads no two of which are the same: what is not there in one request, what is there in another. */
	async write(jobs: Job[]): Promise<void> {
		const creations: Job[] = [];
		const changes: Change[] = [];
		for (const job of jobs) {
			const match = this.match(job);
			if (match instanceof Error) this.results[job.index] = match;
			else if (!match) creations.push(job);
			else if (job.lead.policy === 'refuse' && match.items.length > 1) {
				this.results[job.index] = severalMatches(this.api, job.lead, match.items);
			} else changes.push({ ...job, by: match.by, targets: chosen(match.items, job.lead.policy) });
		}
		// No two of them are the same lead, so neither has to wait for the other.
		await Promise.all([this.create(creations), this.change(changes)]);
	}

	/** What this run wrote itself comes first: monday.com's search may not show it yet. */
	private match({ keys }: Job): Found | Error {
		for (const key of keys) {
			const found = this.holding(key);
			if (found instanceof Error) return found;
			if (found.length > 0) return { items: found, by: key };
		}
		return undefined;
	}

	private holding(key: string): Known | Error {
		return this.api.known.get(key) ?? this.found.get(key) ?? [];
	}

	private async create(jobs: Job[]): Promise<void> {
		const answers = await createItemsOnce(this.api, jobs.map(newItem), creationKey(jobs));
		const replayed: Array<Job & { item: Item }> = [];
		jobs.forEach((job, position) => {
			const answer = answers[position] as Answer<Item> | Error;
			if (!(answer instanceof Error) && answer.replayed) replayed.push({ ...job, item: answer.value });
			else this.finish(job, answer instanceof Error ? answer : { created: true, items: [answer.value] });
		});
		await this.catchUp(replayed);
	}

	/** Another execution created these, with values of its own; what has been deleted since is created anew. */
	private async catchUp(jobs: Array<Job & { item: Item }>): Promise<void> {
		const answers = await changeItems(
			this.api,
			jobs.map(({ lead, item: { id } }) => ({ ...newItem({ lead }), id })),
		);
		const isGone = (answer: unknown) => answer instanceof ProviderError && answer.reason.status === 404;
		const gone = jobs.filter((_, position) => isGone(answers[position]));
		const anew = await createItems(this.api, gone.map(newItem));
		jobs.forEach((job, position) => {
			const answer = anew[gone.indexOf(job)] ?? (answers[position] as Item | Error);
			this.finish(job, answer instanceof Error ? answer : { created: true, items: [answer] });
		});
	}

	private async change(jobs: Change[]): Promise<void> {
		const changes = jobs.flatMap(({ lead, keys, by, targets }) => {
			const { board, createLabels, rename, name } = lead;
			// What was matched on is there already, perhaps in a form people prefer; the other matches may be news.
			const matched = lead.matches[keys.indexOf(by)]?.column.id;
			const others = Object.entries(lead.matchColumns).filter(([id]) => id !== matched);
			const columns = { ...Object.fromEntries(others), ...lead.columns, ...(rename && { name }) };
			return targets.map(({ id }) => ({ board, id, columns, createLabels }));
		});
		const answers = await changeItems(this.api, changes);
		for (const job of jobs) {
			const own = answers.splice(0, job.targets.length);
			const failed = own.find((answer) => answer instanceof Error);
			const items = own.filter((answer) => !(answer instanceof Error));
			this.finish(job, failed instanceof Error ? failed : { created: false, items: items as Item[] });
		}
	}

	private finish({ index, keys }: Job, result: Upserted | Error): void {
		this.results[index] = result;
		if (result instanceof Error) return;
		for (const key of keys) {
			const before = this.holding(key);
			const others = before instanceof Error ? [] : before;
			const all = new Map([...others, ...result.items].map((item) => [item.id, item]));
			this.api.known.set(key, [...all.values()].sort(byAge));
		}
	}
}

async function upsert(api: Connection, leads: Lead[]): Promise<Array<Upserted | Error>> {
	const jobs = leads.map((lead, index) => ({ lead, index, keys: lead.matches.map(keyOf) }));
	const unknown = new Map(
		leads
			.flatMap(({ matches }) => matches)
			.map((lookup): [string, Lookup] => [keyOf(lookup), lookup])
			.filter(([key]) => !api.known.has(key)),
	);
	const answers = await findItems(api, [...unknown.values()]);
	const batch = new Batch(api, new Map([...unknown.keys()].map((key, index) => [key, answers[index] ?? []])));
	for (let wave = nextWave(jobs); wave.now.length > 0; wave = nextWave(wave.later)) {
		await batch.write(wave.now);
	}
	return batch.results;
}

/**
 * Creates the leads that the board does not have and updates those it has: one request of lookups for all,
 * then one of creations and one of updates.
 *
 * The same lead twice in a run becomes one item: the later one updates what the earlier one wrote. For that
 * a batch waits for the earlier ones that bring a lead of its own; all others are written side by side.
 *
 * @returns for each lead what became of it, in order
 */
export async function createOrUpdateItems(api: Connection, leads: Lead[]): Promise<Array<Upserted | Error>> {
	const keys = leads.flatMap(({ matches }) => matches.map(keyOf));
	const earlier = keys.map((key) => api.turns.get(key));
	const mine = Promise.all(earlier).then(async () => await upsert(api, leads));
	const over = mine.catch(() => undefined);
	for (const key of keys) api.turns.set(key, over);
	return await mine;
}
