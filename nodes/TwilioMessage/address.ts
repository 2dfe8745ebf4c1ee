import type { FieldReader } from '../../lib/operations';
import { isPhoneCountry, parsePhone, type PhoneNumberError } from '../../lib/phone';

/** How a message travels; what else Twilio knows (Messenger, RCS) only comes in. */
export type Channel = 'sms' | 'whatsapp';

const E164 = /^\+[1-9]\d{6,14}$/;
/** Short codes, and names of senders: up to 11 letters, digits and blanks (alphanumeric sender ID page). */
const SHORT_CODE_OR_NAME = /^(\d{3,8}|(?=.*[A-Za-z])[\w &+-]{1,11})$/;

/** Takes an address apart: `whatsapp:+48…` is of channel whatsapp; without a prefix it is sms. */
export function takeApart(address: string): { channel: string; rest: string } {
	const [, channel = 'sms', rest = ''] = /^(?:([a-z]+):)?(.*)$/is.exec(address.trim()) ?? [];
	return { channel: channel.toLowerCase(), rest };
}

/** The address without `whatsapp:`; null stays null. */
export const withoutPrefix = (address: string | null): string | null =>
	address === null ? null : takeApart(address).rest;

/** An address of a channel. */
const onChannel = (number: string, channel: Channel): string =>
	channel === 'whatsapp' ? `whatsapp:${number}` : number;

/** Reads *Default Country*. Undefined where empty. */
function countryFrom(input: FieldReader): string | undefined {
	const country = input.optionalText('defaultCountry')?.trim().toUpperCase();
	if (country !== undefined && !isPhoneCountry(country)) {
		return input.refuse('defaultCountry', 'is not the code of a country', 'Use two letters, such as PL.');
	}
	return country;
}

/**
 * Reads a person's number in any spelling. One that is in E.164 already stays as it is: a messenger's own spelling,
 * such as Mexico's +521, is the one it answers to.
 *
 * @param options where *Default Country* is
 * @returns the address Twilio wants
 */
export function personAddress(
	input: FieldReader,
	name: string,
	channel: Channel,
	options: FieldReader,
): string | undefined {
	const written = input.optionalText(name);
	if (written === undefined) return undefined;
	const { rest } = takeApart(written);
	if (E164.test(rest)) return onChannel(rest, channel);
	const defaultCountry = countryFrom(options);
	try {
		return onChannel(parsePhone(rest, { defaultCountry }).e164, channel);
	} catch (error) {
		const { what, howToFix } = error as PhoneNumberError;
		return input.refuse(name, what, howToFix);
	}
}

/** Reads one of the account's senders: a number in any spelling, and for SMS a short code or a name. */
export function senderAddress(
	input: FieldReader,
	name: string,
	channel: Channel,
	options: FieldReader,
): string | undefined {
	const written = input.optionalText(name)?.trim();
	if (written === undefined) return undefined;
	if (channel === 'sms' && SHORT_CODE_OR_NAME.test(written)) return written;
	return personAddress(input, name, channel, options);
}
