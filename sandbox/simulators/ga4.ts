import { ga4Faults, type Ga4Fault, type Ga4Payload, type RawEvent } from './ga4-rules';
import { json, readJson, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { ga4Panel } from './ga4-panel';

/** The stream and the secret of it that the sandbox's Analytics knows. */
export const CREDENTIALS = { measurementId: 'G-FRONTDESK1', apiSecret: 'frontdesk-sandbox-ga4-secret' };

/** An event as it would stand in the property. */
export interface AcceptedEvent {
	name: string;
	clientId: string;
	userId?: string;
	params: Record<string, unknown>;
	userProperties?: Record<string, unknown>;
	consent?: Record<string, unknown>;
	/** ISO 8601: when it happened. */
	at: string;
	region: 'global' | 'eu';
}

/** What Analytics threw away without a word to the sender. */
export interface DroppedEvent {
	reason: string;
	event?: string;
	/** Where only this was thrown away and the event was kept. */
	parameter?: string;
}

export interface Ga4Settings {
	/** API secrets by measurement ID. */
	streams?: Record<string, string>;
	now?: () => number;
}

const OLDEST = 72 * 60 * 60 * 1000;
const MAX_BYTES = 130_000;

/**
 * Google Analytics' Measurement Protocol at its true hosts, from its reference, sending-events and
 * validating-events pages. `/mp/collect` answers 204 to everything and keeps what Analytics would keep;
 * `/debug/mp/collect` says what is wrong and keeps nothing, nor does it look at the ID or the secret.
 */
export class Ga4Simulator implements Simulator {
	readonly name = 'ga4';
	readonly hosts = ['www.google-analytics.com', 'region1.google-analytics.com'];
	private readonly accepted: AcceptedEvent[] = [];
	private readonly dropped: DroppedEvent[] = [];
	private readonly settings: Required<Ga4Settings>;

	constructor(settings: Ga4Settings = {}) {
		this.settings = {
			streams: { [CREDENTIALS.measurementId]: CREDENTIALS.apiSecret },
			now: Date.now,
			...settings,
		};
	}

	handle(request: SimRequest): SimResponse {
		if (request.method !== 'POST') return { status: 405 };
		switch (request.url.pathname) {
			case '/mp/collect':
				this.collect(request);
				return { status: 204 };
			case '/debug/mp/collect':
				return json(200, { validationMessages: this.messages(request) });
			default:
				return { status: 404 };
		}
	}

	/** No limit is documented; this is how Google's servers refuse in general. */
	rateLimited(seconds: number): SimResponse {
		return { status: 429, headers: { 'retry-after': String(seconds) } };
	}

	reset(): void {
		this.accepted.length = 0;
		this.dropped.length = 0;
	}

	/** What Analytics kept and what it threw away, newest last. */
	state(): { accepted: AcceptedEvent[]; dropped: DroppedEvent[] } {
		return { accepted: this.accepted, dropped: this.dropped };
	}

	private messages(request: SimRequest) {
		const faults = this.faultsOf(request);
		return faults.map(({ fieldPath, description, validationCode }) => ({
			fieldPath,
			description,
			validationCode,
		}));
	}

	private faultsOf(request: SimRequest): Ga4Fault[] {
		const payload = readJson(request);
		if (typeof payload !== 'object' || payload === null) {
			const description = 'The request body is not valid JSON.';
			return [{ fieldPath: '', description, validationCode: 'VALUE_INVALID' }];
		}
		return ga4Faults(payload as Ga4Payload, this.settings.now());
	}

	private collect(request: SimRequest): void {
		const refused = this.refusalOf(request);
		const payload = readJson(request) as Ga4Payload | undefined;
		const events = Array.isArray(payload?.events) ? payload.events : [];
		const faults = this.faultsOf(request);
		const whole = refused ?? faults.find(({ event }) => event === undefined)?.description;
		if (whole !== undefined || !payload) {
			const names = events.length > 0 ? events.map(({ name }) => String(name)) : [undefined];
			this.dropped.push(...names.map((event) => ({ reason: whole ?? 'No body', ...(event && { event }) })));
			return;
		}
		events.forEach((event, index) => {
			this.keep(
				payload,
				event,
				faults.filter((fault) => fault.event === index),
				request.url.hostname,
			);
		});
	}

	private refusalOf({ url, text }: SimRequest): string | undefined {
		const id = url.searchParams.get('measurement_id') ?? '';
		if (!Object.hasOwn(this.settings.streams, id)) return `Unknown measurement_id ${id || '(none)'}`;
		if (this.settings.streams[id] !== url.searchParams.get('api_secret')) return 'Wrong api_secret';
		return Buffer.byteLength(text) >= MAX_BYTES ? 'Body of 130 kB or more' : undefined;
	}

	/** A bad parameter is thrown away alone, a bad event whole ("Event collection limits"). */
	private keep(payload: Ga4Payload, event: RawEvent, faults: Ga4Fault[], host: string): void {
		const fatal = faults.find(({ parameter }) => parameter === undefined);
		if (fatal) {
			this.dropped.push({ reason: fatal.description, event: String(event.name) });
			return;
		}
		const lost = new Set(faults.map(({ parameter }) => parameter));
		for (const { parameter, description } of faults) {
			this.dropped.push({ reason: description, event: String(event.name), parameter });
		}
		const params = Object.entries(event.params ?? {}).filter(([name]) => !lost.has(name));
		this.accepted.push({
			name: String(event.name),
			clientId: String(payload.client_id),
			...(payload.user_id !== undefined && { userId: String(payload.user_id) }),
			params: Object.fromEntries(params),
			...(payload.user_properties && { userProperties: payload.user_properties }),
			...(payload.consent && { consent: payload.consent }),
			at: new Date(this.timeOf(payload, event)).toISOString(),
			region: host.startsWith('region1') ? 'eu' : 'global',
		});
	}

	/** The event's own time before the request's before the arrival's; older ones move up to 72 hours ago. */
	private timeOf(payload: Ga4Payload, event: RawEvent): number {
		const now = this.settings.now();
		const micros = Number(event.timestamp_micros ?? payload.timestamp_micros ?? now * 1000);
		return Math.max(micros / 1000, now - OLDEST);
	}
}

/** The sandbox's Analytics property: one web stream. */
export const sandbox: SandboxEntry = {
	create: () => new Ga4Simulator(),
	panel: ga4Panel,
	credentials: [{ name: 'GA4', type: 'ga4EventsApi', data: { ...CREDENTIALS, region: 'global' } }],
};
