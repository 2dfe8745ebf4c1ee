import type { IDataObject } from 'n8n-workflow';
import { path } from '../../lib/http';
import { ask, type AltegioApi } from './connection';

/** At most so many addresses a location, and at least one (altegio-integrations-hub-mcp, docs/webhooks.md). */
const MOST_URLS = 10;

/** What a location can tell of; names on the wire (the same page). */
const FLAGS = [
	'salon',
	'master',
	'good',
	'service',
	'service_category',
	'client',
	'record',
	'schedule',
	'loyalty_card',
	'goods_operations_sale',
	'goods_operations_receipt',
	'goods_operations_consumable',
	'goods_operations_stolen',
	'goods_operations_move',
	'finances_operation',
] as const;

type Flag = (typeof FLAGS)[number];
type Flags = Partial<Record<Flag | 'active' | 'self_sending', number | boolean>>;

interface HookSettings extends Flags {
	urls?: string[];
	/** Older back ends have one address. */
	url?: string;
	/** Newer back ends: the flags of each address; those above are the first one's. */
	url_settings?: Array<Flags & { url: string }>;
}

/** What a trigger wants of a location. */
export interface Subscription {
	company: string;
	/** Our address, with the secret. */
	url: string;
	flags: Array<'record' | 'client'>;
	/** Also what was changed through the API by the credential's own user. */
	ownChanges: boolean;
}

const isOn = (flag: number | boolean | undefined) => Number(flag ?? 0) === 1;
const urlsOf = ({ urls, url }: HookSettings) => (urls ?? [url ?? '']).filter((one) => one !== '');
const withoutQuery = (url: string) => url.split('?')[0];

async function read(api: AltegioApi, company: string): Promise<HookSettings> {
	return (await ask<HookSettings>(api, { method: 'GET', path: path`/hooks_settings/${company}` })).data;
}

/**
 * Flags for a write. A write puts one set of flags on all addresses, so what any of them had stays on: others go on
 * hearing all they heard. What an old back end does not tell: `schedule` is left out, as it may not know it; `good`
 * stays on if there are others, who may rely on it; `self_sending` stays off, since an app that hears its own
 * changes can run in circles.
 */
function mergedFlags(settings: HookSettings, wanted: Partial<Subscription>, others: boolean): IDataObject {
	const sources: Flags[] = [settings, ...(settings.url_settings ?? [])];
	const known = (flag: keyof Flags) => sources.some((source) => source[flag] !== undefined);
	const had = (flag: keyof Flags) => sources.some((source) => isOn(source[flag]));
	const flags = FLAGS.filter((flag) => flag !== 'schedule' || known(flag)).map((flag) => {
		const unknown = flag === 'good' && others && !known(flag);
		return [flag, Number(had(flag) || unknown || wanted.flags?.some((one) => one === flag) === true)];
	});
	return {
		...(Object.fromEntries(flags) as IDataObject),
		self_sending: Number(had('self_sending') || wanted.ownChanges === true),
	};
}

async function write(api: AltegioApi, company: string, body: IDataObject): Promise<void> {
	await ask(api, { method: 'POST', path: path`/hooks_settings/${company}`, body });
}

/** One change of a location's settings after another: read, merge and write must not cross with another flow's. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(company: string, change: () => Promise<T>): Promise<T> {
	const before = turns.get(company) ?? Promise.resolve();
	const turn = before.then(change, change);
	turns.set(company, turn);
	return await turn.finally(() => {
		if (turns.get(company) === turn) turns.delete(company);
	});
}

/** Whether a location tells our address what is wanted. */
export async function isSubscribed(api: AltegioApi, { company, url, flags, ownChanges }: Subscription) {
	const settings = await read(api, company);
	if (!urlsOf(settings).includes(url)) return false;
	const ours: Flags = settings.url_settings?.find((one) => one.url === url) ?? settings;
	const self = !ownChanges || ours.self_sending === undefined || isOn(ours.self_sending);
	return isOn(ours.active ?? settings.active) && self && flags.every((flag) => isOn(ours[flag]));
}

/**
 * Adds our address to a location's: GET, merge, POST /hooks_settings/{company}. A write replaces everything, other
 * apps' addresses too, so they are written back, and read again to prove it. Our own address with an older
 * secret is replaced.
 *
 * @throws ProviderError; also where all ten places are taken, or an address was lost
 */
export const subscribe = async (api: AltegioApi, subscription: Subscription): Promise<void> =>
	await inTurn(subscription.company, async () => {
		const { company, url } = subscription;
		const settings = await read(api, company);
		const others = urlsOf(settings).filter((one) => withoutQuery(one) !== withoutQuery(url));
		if (others.length >= MOST_URLS) {
			throw api.http.error({
				message: `Location ${company} has ${MOST_URLS} webhook addresses already, which is all Altegio allows`,
				howToFix:
					"Remove one that is no longer used in the location's settings, then activate the flow again.",
			});
		}
		const flags = mergedFlags(settings, subscription, others.length > 0);
		await write(api, company, { urls: [...others, url], active: 1, ...flags });
		const now = urlsOf(await read(api, company));
		const lost = [...others, url].filter((one) => !now.includes(one));
		if (lost.length === 0) return;
		throw api.http.error({
			message: `Altegio did not keep ${lost.map(withoutQuery).join(', ')} among the webhook addresses`,
			howToFix:
				"Look at the webhooks in the location's settings; something else may have changed them meanwhile.",
		});
	});

/**
 * Takes our address away and leaves the others', with their flags: GET, merge, POST /hooks_settings/{company}.
 * Altegio insists on one address, so where ours is the last it stays, switched off.
 */
export const unsubscribe = async (
	api: AltegioApi,
	{ company, url }: Pick<Subscription, 'company' | 'url'>,
): Promise<void> =>
	await inTurn(company, async () => {
		const settings = await read(api, company);
		const urls = urlsOf(settings);
		const others = urls.filter((one) => withoutQuery(one) !== withoutQuery(url));
		if (others.length === urls.length) return;
		const last = others.length === 0;
		await write(api, company, {
			urls: last ? [url] : others,
			active: last ? 0 : Number(isOn(settings.active)),
			...mergedFlags(settings, {}, !last),
		});
	});
