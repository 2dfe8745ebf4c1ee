/** A request's body as it may come, good or bad (reference page, "JSON post body"). */
export interface Ga4Payload {
	client_id?: unknown;
	user_id?: unknown;
	timestamp_micros?: unknown;
	validation_behavior?: unknown;
	user_properties?: Record<string, { value?: unknown }>;
	consent?: Record<string, unknown>;
	events?: RawEvent[];
}

export interface RawEvent {
	name?: unknown;
	params?: Record<string, unknown>;
	timestamp_micros?: unknown;
}

/** A validation message, and how much of the request it concerns: all, an event, or a parameter of one. */
export interface Ga4Fault {
	fieldPath: string;
	description: string;
	/** One of the codes of the validating-events page. */
	validationCode: string;
	event?: number;
	parameter?: string;
}

const OLDEST_MICROS = 72 * 60 * 60 * 1_000_000;

/** Reference page, "Reserved names": events that only Google's own libraries may send. */
const RESERVED_EVENT = new RegExp(
	`^(ad_(activeview|click|exposure|impression|query|reward)|adunit_exposure|app_(clear_data|exception|install|remove|update|upgrade)
	|app_store_refund|dynamic_link_(app_open|app_update|first_open)|error|firebase_campaign
	|firebase_in_app_message_(action|dismiss|impression)|first_(open|visit)|in_app_purchase
	|notification_(dismiss|foreground|open|receive|send)|os_update|screen_view|session_start|user_engagement)$`.replace(
		/\s/g,
		'',
	),
);
const RESERVED_PREFIX = /^(_|firebase_|ga_|google_|gtag\.)/;
const RESERVED_USER_PROPERTY =
	/^(first_open_time|first_visit_time|last_deep_link_referrer|user_id|first_open_after_install)$/;

type NameFault = { description: string; validationCode: string };

function nameFault(what: string, name: unknown, most: number, reserved: RegExp): NameFault | undefined {
	if (typeof name !== 'string' || name === '') {
		return { description: `${what} requires a name.`, validationCode: 'VALUE_REQUIRED' };
	}
	if (!/^[A-Za-z]/.test(name)) {
		return {
			description: `${what} has invalid name [${name}]. Names must start with an alphabetic character.`,
			validationCode: 'NAME_INVALID',
		};
	}
	if (reserved.test(name) || RESERVED_PREFIX.test(name)) {
		return { description: `${what} has name [${name}] which is reserved.`, validationCode: 'NAME_RESERVED' };
	}
	if (!/^\w+$/.test(name)) {
		return {
			description: `${what} has invalid name [${name}]. Only alphanumeric characters and underscores are allowed.`,
			validationCode: 'NAME_INVALID',
		};
	}
	return name.length > most
		? {
				description: `${what} has name [${name}] which is longer than ${most} characters.`,
				validationCode: 'NAME_INVALID',
			}
		: undefined;
}

function parameterFaults(params: Record<string, unknown>, event: number): Ga4Fault[] {
	const entries = Object.entries(params);
	const fieldPath = `events.params`;
	const excess = entries.slice(25).map(([parameter]) => ({
		fieldPath,
		description: `Event at index: [${event}] has ${entries.length} parameters. At most 25 are allowed.`,
		validationCode: 'EXCEEDED_MAX_ENTITIES',
		event,
		parameter,
	}));
	const faults = entries.slice(0, 25).flatMap(([parameter, value]): Ga4Fault[] => {
		const what = `Param in event at index: [${event}]`;
		const name = nameFault(what, parameter, 40, /^firebase_conversion$/);
		if (name) return [{ fieldPath, ...name, event, parameter }];
		const isScalar = ['string', 'number', 'boolean'].includes(typeof value);
		const validationCode = isScalar ? 'VALUE_OUT_OF_BOUNDS' : 'VALUE_INVALID';
		const most = { page_location: 1000, page_referrer: 420, page_title: 300 }[parameter] ?? 100;
		if (isScalar ? String(value).length <= most : parameter === 'items' && Array.isArray(value)) return [];
		return [
			{
				fieldPath,
				description: `${what} [${parameter}] has an invalid value.`,
				validationCode,
				event,
				parameter,
			},
		];
	});
	return [...faults, ...excess];
}

function eventFaults(raw: RawEvent, event: number, strict: boolean, now: number): Ga4Fault[] {
	const name = nameFault(`Event at index: [${event}]`, raw.name, 40, RESERVED_EVENT);
	const faults = parameterFaults(raw.params ?? {}, event);
	if (name) faults.push({ fieldPath: 'events', ...name, event });
	const { timestamp_micros: time } = raw;
	if (time !== undefined && !Number.isSafeInteger(Number(time))) {
		const description = `Event at index: [${event}] has an invalid timestamp_micros.`;
		faults.push({
			fieldPath: 'events.timestamp_micros',
			description,
			validationCode: 'VALUE_INVALID',
			event,
		});
	} else if (strict && time !== undefined && Number(time) < now * 1000 - OLDEST_MICROS) {
		const description = `Event at index: [${event}] has a timestamp_micros more than 72 hours in the past.`;
		faults.push({
			fieldPath: 'events.timestamp_micros',
			description,
			validationCode: 'VALUE_OUT_OF_BOUNDS',
			event,
		});
	}
	return faults;
}

function userPropertyFaults(properties: Record<string, { value?: unknown }>): Ga4Fault[] {
	const entries = Object.entries(properties);
	const fieldPath = 'user_properties';
	const faults = entries.flatMap(([name, property]): Ga4Fault[] => {
		const fault = nameFault('User property', name, 24, RESERVED_USER_PROPERTY);
		if (fault) return [{ fieldPath, ...fault }];
		const description = `User property [${name}] has a value longer than 36 characters.`;
		return String(property?.value ?? '').length > 36
			? [{ fieldPath, description, validationCode: 'VALUE_OUT_OF_BOUNDS' }]
			: [];
	});
	if (entries.length > 25) {
		const description = 'At most 25 user properties are allowed.';
		faults.push({ fieldPath, description, validationCode: 'EXCEEDED_MAX_ENTITIES' });
	}
	return faults;
}

/** Everything the documentation finds wrong with a request; `now` in milliseconds since 1970. */
export function ga4Faults(payload: Ga4Payload, now: number): Ga4Fault[] {
	const faults: Ga4Fault[] = [];
	const { client_id: client, events, user_properties: properties } = payload;
	if (client === undefined || client === '') {
		const description = 'Measurement requires a client_id.';
		faults.push({ fieldPath: 'client_id', description, validationCode: 'VALUE_REQUIRED' });
	} else if (typeof client !== 'string') {
		const description = 'The client_id must be a string.';
		faults.push({ fieldPath: 'client_id', description, validationCode: 'VALUE_INVALID' });
	}
	if (!Array.isArray(events) || events.length === 0) {
		const description = 'Measurement requires at least one event.';
		return [...faults, { fieldPath: 'events', description, validationCode: 'VALUE_REQUIRED' }];
	}
	if (events.length > 25) {
		const description = `Measurement has ${events.length} events. At most 25 are allowed.`;
		faults.push({ fieldPath: 'events', description, validationCode: 'EXCEEDED_MAX_ENTITIES' });
	}
	for (const [name, value] of Object.entries(payload.consent ?? {})) {
		if (
			['ad_user_data', 'ad_personalization'].includes(name) &&
			['GRANTED', 'DENIED'].includes(String(value))
		)
			continue;
		const description = `Consent [${name}] has an invalid value.`;
		faults.push({ fieldPath: 'consent', description, validationCode: 'VALUE_INVALID' });
	}
	const strict = payload.validation_behavior === 'ENFORCE_RECOMMENDATIONS';
	return [
		...faults,
		...userPropertyFaults(properties ?? {}),
		...events.flatMap((event, index) => eventFaults(event, index, strict, now)),
	];
}
