import { operation } from '../../../lib/operations';
import { defaultCountry, options, phoneNumber } from '../fields';
import { readPhone } from '../number';

const UNKNOWN = {
	e164: null,
	valid: false,
	possible: false,
	country: null,
	countryCallingCode: null,
	type: null,
	national: null,
	international: null,
	extension: null,
};

/** Tells what is known of a number: the shape of lib/phone's ParsedPhone, and `reason` where it is not valid. */
export const parse = operation<undefined>({
	name: 'Parse',
	value: 'parse',
	action: 'Parse phone number',
	description: 'Tell the E.164 form, validity, country and type of a phone number',
	fields: [phoneNumber, defaultCountry, options],
	run: ({ input }) => {
		const { input: text, phone, reason } = readPhone(input, 'phoneNumber');
		return { ...(phone ?? { input: text, ...UNKNOWN }), ...(reason && { reason }) };
	},
});
