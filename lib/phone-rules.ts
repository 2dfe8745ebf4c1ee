/** A national (significant) number: digits after the country code, without a trunk prefix. */
type National = string;

/**
 * What is written by habit made what the country's numbering plan says today, by calling code. Each rule leaves
 * all other numbers alone.
 *
 * - 52, Mexico: mobiles had a 1 after the code from abroad and 01, 044 or 045 in front at home, until 2019-08-03
 *   (IFT, Plan Técnico Fundamental de Numeración); WhatsApp still writes 521. No area code begins with 0 or 1.
 * - 54, Argentina: 9 after the code for a mobile called from abroad, 15 after the area code for a mobile called
 *   at home. The library knows each, but not the two together, nor a 9 before the trunk zero.
 * - 55, Brazil: mobiles, the subscriber numbers that began with 6 to 9, carry a ninth digit, in all area codes
 *   since 2016-11-06 (Anatel, Resolução 553/2010); WhatsApp knows older accounts without it. Landlines begin
 *   with 2 to 5 and kept eight digits.
 * - 380, Ukraine: long distance was 8 0 until 2009-10-14 and is still printed so.
 */
const HABITS: Record<string, (national: National) => National> = {
	'52': (national) => national.replace(/^(?:0?1|04[45])(?=[2-9]\d{9}$)/, ''),
	'54': (national) => national.replace(/^90?(?=\d{12}$)/, '').replace(/^90(?=\d{10}$)/, '9'),
	'55': (national) => national.replace(/^[1-9]{2}(?=[6-9]\d{7}$)/, '$&9'),
	'380': (national) => national.replace(/^80(?=\d{9}$)/, ''),
};

/** The number as the plan has it today, to be checked against the plan: the same where no habit is known. */
export const withoutHabit = (callingCode: string, national: National): National =>
	HABITS[callingCode]?.(national) ?? national;

/**
 * The number without what does not tell one line from another: Argentina's mobile 9, which is a way of dialling
 * and which CRMs and messengers add or lose at will.
 */
export const identityOf = (callingCode: string, national: National): National =>
	callingCode === '54' ? national.replace(/^9(?=[1-3]\d{9}$)/, '') : national;

/**
 * The spellings of one line that are in use, by calling code, likeliest first.
 *
 * @param key the national part of the identity key
 * @param dialled the digits dialled inside the country for an E.164 number
 */
const SPELLINGS: Record<string, (key: National, dialled: (e164: string) => string) => National[]> = {
	'52': (key) => (/^[2-9]\d{9}$/.test(key) ? [key, `1${key}`] : [key]),
	'54': (key, dialled) =>
		/^[1-3]\d{9}$/.test(key) ? [`9${key}`, key, dialled(`+549${key}`).replace(/^0/, '')] : [key],
	'55': (key) => [key, key.replace(/^([1-9]{2})9(?=[6-9]\d{7}$)/, '$1')],
};

/** Every national part under which the line of an identity key may be held, likeliest first. */
export const spellingsOf = (
	callingCode: string,
	key: National,
	dialled: (e164: string) => string,
): National[] => SPELLINGS[callingCode]?.(key, dialled) ?? [key];
