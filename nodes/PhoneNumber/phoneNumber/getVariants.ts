import { operation } from '../../../lib/operations';
import { lookupVariants } from '../../../lib/phone';
import { defaultCountry, options, phoneNumber } from '../fields';
import { readPhone, readPhoneOptions } from '../number';

/** Spellings to look a number up by, likeliest first: `{ variants, identityKey, valid, input, reason? }`. */
export const getVariants = operation<undefined>({
	name: 'Get Variants',
	value: 'getVariants',
	action: 'Get variants of phone number',
	description: 'List the spellings under which a CRM or messenger may hold a phone number, likeliest first',
	fields: [phoneNumber, defaultCountry, options],
	run: ({ input }) => {
		const { phone, identityKey, valid, input: text, reason } = readPhone(input, 'phoneNumber');
		const variants = phone && identityKey ? lookupVariants(phone.input, readPhoneOptions(input)) : [];
		return { variants, identityKey, valid, input: text, ...(reason && { reason }) };
	},
});
