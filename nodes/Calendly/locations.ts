import type { EventType, NewInvitee } from './types';

/** Kinds of location that carry a text: an address, a place, or the number to call. */
export const KINDS_WITH_TEXT = ['ask_invitee', 'custom', 'outbound_call', 'physical'];

/**
 * The location to book with. Calendly wants one of those that the event type is set up with, so where none is
 * wanted, or the event type has it no more, its first one is taken.
 *
 * @param wanted the kind, the place where the kind has one, and the client's number for calls
 * @returns undefined where the event type has no location
 */
export function locationFor(
	{ locations }: EventType,
	wanted: { kind?: string; place?: string; phone?: string },
): NewInvitee['location'] {
	const configured = locations ?? [];
	const chosen = configured.find(({ kind }) => kind === wanted.kind) ?? configured[0];
	if (!chosen) return undefined;
	const { kind } = chosen;
	if (!KINDS_WITH_TEXT.includes(kind)) return { kind };
	const own = kind === wanted.kind ? wanted.place : undefined;
	const text = own ?? (kind === 'outbound_call' ? wanted.phone : (chosen.location ?? undefined));
	return { kind, ...(text && { location: text }) };
}
