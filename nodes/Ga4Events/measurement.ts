import type { FieldReader, ItemInput } from '../../lib/operations';
import { bodyOf, type Envelope, type Ga4Event, type ParameterValue } from './api';
import { clientIdFromCookie, clientIdFromLeadKey, sessionIdFrom } from './identity';
import * as limits from './limits';
import { personalDataIn, redact } from './personalData';

/** An event and what it shares with others of its request. */
export interface Measurement {
	envelope: Envelope;
	event: Ga4Event;
}

const HOUR = 60 * 60 * 1000;
/** Clocks differ by a little; beyond that an event lies in the future, which GA4 does not take. */
const TOLERANCE = 60 * 1000;
const DEFAULT_ENGAGEMENT = 100;

const POLICY =
	'Google forbids what could name a person. Leave it out, or switch Redact Personal Data on in the options.';

function clientIdFrom(input: ItemInput): string {
	const source = input.text('clientIdSource');
	if (source === 'given') {
		const given = input.id('clientId');
		refusePerson(input, 'clientId', given);
		return given;
	}
	const cookie = source === 'cookie' ? input.optionalText('gaCookie') : undefined;
	if (cookie === undefined) return clientIdFromLeadKey(input.id('leadKey'));
	return (
		clientIdFromCookie(cookie) ??
		input.refuse('gaCookie', 'holds no client ID', 'Use a form like GA1.1.1234567890.1700000000.')
	);
}

/** An ID that names a person cannot be redacted: everybody would become one. */
function refusePerson(reader: FieldReader, field: string, id: string): void {
	const found = personalDataIn(field, id);
	if (!found) return;
	reader.refuse(field, `holds ${found}`, 'Google forbids what could name a person: use an ID of your own.');
}

function userPropertiesFrom(options: FieldReader): Envelope['user_properties'] {
	const rows = options.rows('userProperties', 'property').filter(hasValue);
	if (rows.length > limits.MAX_USER_PROPERTIES) {
		options.refuse(
			'userProperties',
			`has ${rows.length} properties`,
			'GA4 takes 25 at most: leave some out.',
		);
	}
	const cleared = guard(options, 'userProperties', options.boolean('redactPersonalData'));
	const properties: NonNullable<Envelope['user_properties']> = {};
	for (const row of rows) {
		const name = row.text('name').trim();
		const value = cleared(name, row.text('value')) as string;
		const complaint = limits.aboutUserProperty(name, value);
		if (complaint) options.refuse('userProperties', complaint.what, complaint.howToFix);
		if (Object.hasOwn(properties, name)) refuseTwice(options, 'userProperties', name);
		properties[name] = { value };
	}
	return rows.length > 0 ? properties : undefined;
}

const refuseTwice = (reader: FieldReader, field: string, name: string): never =>
	reader.refuse(field, `has "${name}" twice`, 'Keep one of them.');

/** Takes personal data out of values: redacted where the operator asked for that, else refused. */
function guard(reader: FieldReader, field: string, redacts: boolean) {
	const cleared = (name: string, value: unknown): unknown => {
		if (Array.isArray(value)) return value.map((entry) => cleared(name, entry));
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleared(key, inner)]));
		}
		const found = personalDataIn(name, value);
		if (!found) return value;
		if (redacts) return redact(name, String(value));
		return reader.refuse(field, `has ${found} in "${name}"`, POLICY);
	};
	return cleared;
}

/** A lead need not have everything: what is mapped but empty is left out, not refused. */
const hasValue = (row: FieldReader) => row.optionalText('value') !== undefined;

/** Names and values as they were put in, from rows or from JSON. */
function parametersGiven(input: ItemInput): { field: string; entries: Array<[string, unknown]> } {
	if (input.text('specifyParameters') === 'json') {
		const entries = Object.entries(input.optionalJson('parametersJson') ?? {});
		return {
			field: 'parametersJson',
			entries: entries.filter(([, value]) => value !== null && value !== ''),
		};
	}
	const rows = input
		.rows('parameters', 'parameter')
		.filter(hasValue)
		.map((row): [string, unknown] => [
			row.text('name').trim(),
			row.optionalText('type') === 'number' ? row.number('value') : row.text('value'),
		]);
	return { field: 'parameters', entries: rows };
}

function parametersFrom(input: ItemInput, options: FieldReader): Ga4Event['params'] {
	const { field, entries } = parametersGiven(input);
	const length = limits.parameterLength(options.boolean('is360'));
	const cleared = guard(input, field, options.boolean('redactPersonalData'));
	const params: Ga4Event['params'] = {};
	for (const [name, given] of entries) {
		const value = cleared(name, given) as ParameterValue;
		const complaint = limits.aboutParameter(name, value, length);
		if (complaint) input.refuse(field, complaint.what, complaint.howToFix);
		if (Object.hasOwn(params, name)) refuseTwice(input, field, name);
		params[name] = value;
	}
	const session = options.optionalText('sessionId');
	if (session !== undefined) {
		params.session_id =
			sessionIdFrom(session) ??
			options.refuse('sessionId', 'is no session ID', 'Use digits, or the whole _ga_… cookie of the site.');
	}
	params.engagement_time_msec ??=
		options.optionalNumber('engagementTime', { min: 1, integer: true }) ?? DEFAULT_ENGAGEMENT;
	const count = Object.keys(params).length;
	if (count > limits.MAX_PARAMETERS) {
		input.refuse(
			field,
			`makes ${count} parameters, with the session ID and the engagement time`,
			`GA4 takes ${limits.MAX_PARAMETERS} at most: leave some out.`,
		);
	}
	return params;
}

/** ISO 8601 to microseconds; GA4 takes events of the last 72 hours and would silently move older ones. */
function timestampFrom(options: FieldReader): number | undefined {
	const time = options.optionalDateTime('eventTime');
	if (time === undefined) return undefined;
	const at = Date.parse(time);
	const now = Date.now();
	if (at < now - limits.MAX_BACKDATE_HOURS * HOUR) {
		options.refuse(
			'eventTime',
			'is more than 72 hours ago',
			'GA4 takes no older events: leave this one out.',
		);
	}
	if (at > now + TOLERANCE) {
		options.refuse('eventTime', 'lies in the future', 'Send the event when it has happened.');
	}
	return at * 1000;
}

function envelopeFrom(input: ItemInput, options: FieldReader): Envelope {
	const consent = {
		ad_user_data: options.optionalText('adUserData'),
		ad_personalization: options.optionalText('adPersonalization'),
	};
	const userId = options.optionalId('userId');
	if (userId !== undefined) refusePerson(options, 'userId', userId);
	const userProperties = userPropertiesFrom(options);
	return {
		client_id: clientIdFrom(input),
		...(userId !== undefined && { user_id: userId }),
		...(userProperties && { user_properties: userProperties }),
		...((consent.ad_user_data ?? consent.ad_personalization) && { consent: withoutEmpty(consent) }),
		...(options.boolean('nonPersonalizedAds') && { non_personalized_ads: true }),
	};
}

const withoutEmpty = <T extends object>(object: T): T =>
	Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;

/**
 * Reads an item's event and checks all that GA4 would silently drop: names, lengths, counts, times, personal data.
 *
 * @throws NodeOperationError that names the field
 */
export function readMeasurement(input: ItemInput): Measurement {
	const options = input.collection('options');
	const name = input.id('eventName');
	const complaint = limits.aboutEventName(name);
	if (complaint) input.refuse('eventName', complaint.what, complaint.howToFix);
	const timestamp = timestampFrom(options);
	const measurement = {
		envelope: envelopeFrom(input, options),
		event: {
			name,
			params: parametersFrom(input, options),
			...(timestamp !== undefined && { timestamp_micros: timestamp }),
		},
	};
	const bytes = Buffer.byteLength(JSON.stringify(bodyOf(measurement.envelope, [measurement.event])));
	if (bytes >= limits.MAX_BODY_BYTES) {
		input.refuse(
			'parametersJson',
			`makes an event of ${bytes} bytes`,
			'GA4 takes less than 130 kB: shorten the items.',
		);
	}
	return measurement;
}
