import { Refusal } from './altegio-state';
import { plainAnswer, type SendWebhook } from './kit';

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
];
const ALL = ['active', 'self_sending', ...FLAGS];
const HIDDEN_IN_OLD = ['good', 'self_sending', 'schedule'];
const MOST_URLS = 10;
const TRIES = 3;
/** The token is one and the same for all receivers, so it proves nothing. */
const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer altegio-webhooks' };

/** One address and its flags. */
export type Hook = { url: string } & Record<string, number | string>;

export interface HookOptions {
	send?: SendWebhook;
	/** An older back end: GET leaves fields out and knows no flags of single addresses. */
	oldBackEnd?: boolean;
	/** Whether a delivery comes as an object, as a list of one, or in turn. */
	deliverAs?: 'object' | 'list' | 'mixed';
	/** Between tries; 1.5 s at Altegio. */
	retryMilliseconds?: number;
}

/** Something that happened; `byApi` by the user of the API, whom it is not echoed to unless `self_sending`. */
export interface Happening {
	resource: 'record' | 'client';
	resourceId: number;
	status: 'create' | 'update' | 'delete';
	data: object;
	byApi: boolean;
}

/** A location's webhook settings, and their deliveries: unsigned, two more tries after a 429 or 5xx. */
export class AltegioHooks {
	hooks: Hook[] = [];
	readonly sent: Array<{ url: string; body: string }> = [];
	private underWay: Array<Promise<unknown>> = [];
	private deliveries = 0;

	constructor(
		private readonly company: number,
		private readonly options: HookOptions,
	) {}

	/** GET: the flags shown are the first address's. */
	view() {
		const [first] = this.hooks;
		const shown = ALL.filter((flag) => !(this.options.oldBackEnd && HIDDEN_IN_OLD.includes(flag)));
		return {
			urls: this.hooks.map(({ url }) => url),
			...Object.fromEntries(shown.map((flag) => [flag, first?.[flag] ?? 0])),
			...(!this.options.oldBackEnd && { url_settings: this.hooks.map((hook) => ({ ...hook })) }),
		};
	}

	/** POST: all addresses get the same flags; an address or flag that is not sent is gone. */
	replace(body: Record<string, unknown>) {
		const { urls } = body;
		if (!Array.isArray(urls) || urls.length === 0 || urls.length > MOST_URLS) {
			throw new Refusal(422, 'Validation failed', { urls: [`must hold 1 to ${MOST_URLS} addresses`] });
		}
		const flags = Object.fromEntries(ALL.map((flag) => [flag, Number(body[flag] ?? 0)]));
		this.hooks = [...new Set(urls.map(String))].map((url) => ({ url, ...flags }));
		return this.view();
	}

	/** Tells every address that wants to know. */
	tell({ resource, resourceId, status, data, byApi }: Happening): void {
		const event = { company_id: this.company, resource, resource_id: resourceId, status, data };
		for (const hook of this.hooks) {
			const wanted = hook.active === 1 && hook[resource] === 1 && (!byApi || hook.self_sending === 1);
			if (wanted) this.underWay.push(this.deliver(hook.url, event));
		}
	}

	/** Resolves once all deliveries are through. */
	async settled(): Promise<void> {
		await Promise.allSettled(this.underWay);
		this.underWay = [];
	}

	private async deliver(url: string, event: object): Promise<void> {
		const { send, deliverAs = 'mixed', retryMilliseconds = 1500 } = this.options;
		const asList = deliverAs === 'list' || (deliverAs === 'mixed' && this.deliveries++ % 2 === 1);
		const body = JSON.stringify(asList ? [event] : event);
		for (let attempt = 1; attempt <= TRIES; attempt++) {
			this.sent.push({ url, body });
			const { status } = (await send?.(url, { headers: HEADERS, body })) ?? plainAnswer(200);
			if ((status !== 429 && status < 500) || attempt === TRIES) return;
			await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
		}
	}
}
