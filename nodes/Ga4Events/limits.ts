import type { IDataObject } from 'n8n-workflow';
import type { ParameterValue } from './api';

/** What is wrong with a value: goes on after the field's label, and how to put it right. */
export interface Complaint {
	what: string;
	howToFix: string;
}

/** Limits of a request (sending-events page, "Limitations"; bodies must be smaller than 130 kB). */
export const MAX_EVENTS = 25;
export const MAX_BODY_BYTES = 130_000;
export const MAX_PARAMETERS = 25;
export const MAX_USER_PROPERTIES = 25;
export const MAX_BACKDATE_HOURS = 72;

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const PREFIXES = ['firebase_', 'ga_', 'google_', 'gtag.', '_'];
const NAME_LENGTH = 40;
const USER_PROPERTY_NAME_LENGTH = 24;
const USER_PROPERTY_VALUE_LENGTH = 36;
const VALUE_LENGTH = 100;
const VALUE_LENGTH_360 = 500;
const MAX_ITEMS = 200;
const MAX_CUSTOM_ITEM_PARAMETERS = 10;

/** Parameters that may be longer (Analytics Help, "Event collection limits"). */
const LONGER_VALUES: Record<string, number> = { page_location: 1000, page_referrer: 420, page_title: 300 };

/** Reference page, "Reserved names", with the three that only app streams take. */
const RESERVED_EVENTS = new Set(
	`ad_activeview ad_click ad_exposure ad_impression ad_query ad_reward adunit_exposure app_clear_data app_exception
	app_install app_remove app_store_refund app_update app_upgrade dynamic_link_app_open dynamic_link_app_update
	dynamic_link_first_open error firebase_campaign firebase_in_app_message_action firebase_in_app_message_dismiss
	firebase_in_app_message_impression first_open first_visit in_app_purchase notification_dismiss
	notification_foreground notification_open notification_receive notification_send os_update screen_view
	session_start user_engagement`.split(/\s+/),
);
const RESERVED_PARAMETERS = new Set(['firebase_conversion']);

/** User properties page, "Reserved names". */
const RESERVED_USER_PROPERTIES = new Set([
	'first_open_after_install',
	'first_open_time',
	'first_visit_time',
	'last_deep_link_referrer',
	'user_id',
]);

/** Items parameters of the recommended e-commerce events; any other counts as custom. */
const ITEM_PARAMETERS = new Set(
	`affiliation coupon creative_name creative_slot currency discount index item_brand item_category item_category2
	item_category3 item_category4 item_category5 item_id item_list_id item_list_name item_name item_variant
	location_id price promotion_id promotion_name quantity`.split(/\s+/),
);

const lengthOf = (text: string) => [...text].length;

function aboutName(kind: string, name: string, reserved: Set<string>, length: number): Complaint | undefined {
	if (reserved.has(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) {
		return {
			what: `has the ${kind} "${name}", which GA4 keeps for itself`,
			howToFix: 'Choose another name.',
		};
	}
	if (!NAME.test(name)) {
		return {
			what: `has the ${kind} "${name}", which GA4 does not take for a name`,
			howToFix: 'Begin with a letter and use only A to Z, digits and underscores.',
		};
	}
	if (lengthOf(name) > length) {
		return {
			what: `has the ${kind} "${name}" of ${lengthOf(name)} characters`,
			howToFix: `GA4 takes ${length} at most: shorten it.`,
		};
	}
	return undefined;
}

/** Checks an event's name: form, 40 characters, reserved names and prefixes. */
export const aboutEventName = (name: string): Complaint | undefined =>
	aboutName('event name', name, RESERVED_EVENTS, NAME_LENGTH);

function aboutText(kind: string, name: string, value: unknown, length: number): Complaint | undefined {
	const found = lengthOf(String(value));
	return typeof value === 'string' && found > length
		? {
				what: `has a value of ${found} characters for the ${kind} "${name}"`,
				howToFix: `GA4 takes ${length} at most: shorten it.`,
			}
		: undefined;
}

const isScalar = (value: unknown) =>
	typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

function aboutItems(items: IDataObject[], length: number): Complaint | undefined {
	if (items.length > MAX_ITEMS) {
		return { what: `has ${items.length} items`, howToFix: `GA4 takes ${MAX_ITEMS} at most: split them up.` };
	}
	for (const item of items) {
		const custom = Object.keys(item).filter((name) => !ITEM_PARAMETERS.has(name));
		if (custom.length > MAX_CUSTOM_ITEM_PARAMETERS) {
			return {
				what: `has an item with ${custom.length} parameters of its own`,
				howToFix: `GA4 takes ${MAX_CUSTOM_ITEM_PARAMETERS} at most: leave some out.`,
			};
		}
		for (const [name, value] of Object.entries(item)) {
			const complaint = aboutParameter(name, value as ParameterValue, length);
			if (complaint) return complaint;
		}
	}
	return undefined;
}

/**
 * Checks a parameter of an event: its name as an event's, its value text of 100 characters (page_location and two
 * others more, all 500 in Analytics 360), a number, true or false; `items` a list of flat objects.
 */
export function aboutParameter(name: string, value: ParameterValue, length: number): Complaint | undefined {
	if (name === 'items' && Array.isArray(value)) return aboutItems(value, length);
	if (!isScalar(value)) {
		return {
			what: `has a list, an object or nothing for the parameter "${name}"`,
			howToFix: 'GA4 takes text and numbers, and a list only for "items".',
		};
	}
	return (
		aboutName('parameter', name, RESERVED_PARAMETERS, NAME_LENGTH) ??
		aboutText('parameter', name, value, Math.max(length, LONGER_VALUES[name] ?? 0))
	);
}

/** How long a parameter's text may be. */
export const parameterLength = (is360: boolean): number => (is360 ? VALUE_LENGTH_360 : VALUE_LENGTH);

/** Checks a user property: name of 24 characters, not reserved; value of 36. */
export const aboutUserProperty = (name: string, value: string | number): Complaint | undefined =>
	aboutName('user property', name, RESERVED_USER_PROPERTIES, USER_PROPERTY_NAME_LENGTH) ??
	aboutText('user property', name, value, USER_PROPERTY_VALUE_LENGTH);
