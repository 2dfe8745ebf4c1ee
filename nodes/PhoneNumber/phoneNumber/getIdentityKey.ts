import { operation } from '../../../lib/operations';
import { defaultCountry, options, phoneNumber } from '../fields';
import { readPhone } from '../number';

/** One text for one line, however it is written: `{ identityKey, e164, country, valid, input, reason? }`. */
export const getIdentityKey = operation<undefined>({
	name: 'Get Identity Key',
	value: 'getIdentityKey',
	action: 'Get identity key of phone number',
	description: 'Give one text for one phone line, however messengers write its number, to find duplicates by',
	fields: [phoneNumber, defaultCountry, options],
	run: ({ input }) => {
		const { phone, reason, ...field } = readPhone(input, 'phoneNumber');
		return {
			identityKey: field.identityKey,
			e164: phone?.e164 ?? null,
			country: phone?.country ?? null,
			valid: field.valid,
			input: field.input,
			...(reason && { reason }),
		};
	},
});
