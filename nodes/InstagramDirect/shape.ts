import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { numberOf } from '../../lib/fit';
import { momentText, toIso } from '../../lib/time';
import type { Contact } from './directory';
import type { MessageDetails, Participant, Sent } from './types';

/**
 * A moment of Meta's as ISO 8601 with offset: Unix seconds or milliseconds (as number or text), or
 * 2022-07-12T19:11:07+0000.
 *
 * @returns null where it is none
 */
export function isoTime(value: unknown, zone: string): string | null {
	if (value === undefined || value === null || value === '') return null;
	const number = numberOf(value) ?? NaN;
	const moment = Number.isFinite(number)
		? DateTime.fromMillis(Math.abs(number) < 1e11 ? number * 1000 : number, { zone })
		: undefined;
	if (moment) return momentText(moment) ?? null;
	return (typeof value === 'string' && toIso(value, zone)) || null;
}

const toPerson = (person: Participant | undefined): IDataObject | null =>
	person ? { igsid: person.id, username: person.username ?? null } : null;

/** A conversation, and whom it is with where that was looked up. */
export const toConversation = ({ conversation, person }: Contact, zone: string): IDataObject => ({
	id: conversation.id,
	updatedAt: isoTime(conversation.updated_time, zone),
	client: toPerson(person),
});

/** A message of a conversation, seen from the account with the given id. */
export function toMessage(
	{ id, created_time: at, from, to, message }: MessageDetails,
	{ accountId, conversationId, zone }: { accountId: string; conversationId: string; zone: string },
): IDataObject {
	const outgoing = from?.id === accountId;
	return {
		id,
		conversationId,
		direction: outgoing ? 'outgoing' : 'incoming',
		text: message || null,
		at: isoTime(at, zone),
		client: toPerson(outgoing ? to?.data?.[0] : from),
	};
}

/** What was sent, as one or several messages. */
export const toSending = (igsid: string, sent: Sent[]): IDataObject => ({
	igsid: sent[0]?.recipient_id ?? igsid,
	messageId: sent[0]?.message_id ?? null,
	messageIds: sent.flatMap(({ message_id: id }) => id ?? []),
});

/** A profile; the picture's address expires after a few days. */
export const toProfile = (igsid: string, profile: IDataObject): IDataObject => ({
	igsid,
	name: profile.name ?? null,
	username: profile.username ?? null,
	profilePicture: profile.profile_pic ?? null,
	followerCount: profile.follower_count ?? null,
	followsBusiness: profile.is_user_follow_business ?? null,
	followedByBusiness: profile.is_business_follow_user ?? null,
	verified: profile.is_verified_user ?? null,
});
