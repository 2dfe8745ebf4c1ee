import type { Tracking } from './types';

const NONE: Tracking = {
	utm_campaign: null,
	utm_source: null,
	utm_medium: null,
	utm_content: null,
	utm_term: null,
	salesforce_uuid: null,
};

const PREVIOUS = 'previous:';

/**
 * Tracking as Calendly takes it: all six keys, or none (Create Event Invitee page). It is the only place where a
 * booking can carry values of ours, so the lead key travels as `utm_content`.
 *
 * @returns undefined where nothing is set
 */
export function trackingOf(values: Partial<Tracking>): Tracking | undefined {
	const set = Object.entries(values).filter(([, value]) => typeof value === 'string' && value !== '');
	return set.length > 0 ? { ...NONE, ...(Object.fromEntries(set) as Partial<Tracking>) } : undefined;
}

/** The tracking of an event that replaces another: the old one's, and which event it was, as `utm_term`. */
export const trackingOfMoved = (old: Partial<Tracking> | null | undefined, uuid: string): Tracking => {
	const free = !old?.utm_term || old.utm_term.startsWith(PREVIOUS);
	return { ...NONE, ...old, ...(free && { utm_term: `${PREVIOUS}${uuid}` }) };
};

/** The event that this one replaced, where Reschedule made it; null otherwise. */
export const previousIn = (tracking: Partial<Tracking> | null | undefined): string | null =>
	tracking?.utm_term?.startsWith(PREVIOUS) ? tracking.utm_term.slice(PREVIOUS.length) : null;
