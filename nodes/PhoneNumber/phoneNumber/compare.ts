import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { defaultCountry, options, phoneNumber } from '../fields';
import { readPhone } from '../number';

const otherPhoneNumber: INodeProperties = {
	displayName: 'Other Phone Number',
	name: 'otherPhoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 48601234567',
	description: 'The number to compare with',
};

/** Whether two numbers are one line: `{ same, identityKey, otherIdentityKey, valid, reason? }`. */
export const compare = operation<undefined>({
	name: 'Compare',
	value: 'compare',
	action: 'Compare phone numbers',
	description: 'Tell whether two phone numbers are the same line, however they are written',
	fields: [phoneNumber, otherPhoneNumber, defaultCountry, options],
	run: ({ input }) => {
		const one = readPhone(input, 'phoneNumber');
		const other = readPhone(input, 'otherPhoneNumber');
		const reason = one.reason ?? other.reason;
		return {
			same: one.identityKey !== null && one.identityKey === other.identityKey,
			identityKey: one.identityKey,
			otherIdentityKey: other.identityKey,
			valid: one.valid && other.valid,
			...(reason && { reason }),
		};
	},
});
