import { byId, type Samples } from './kind';

const resource = 'phoneNumber';

/** Phone Number calls nobody: what goes in decides what comes out. */
export const samples = (): Samples => ({
	runs: [
		{
			...{ resource, operation: 'parse' },
			parameters: { phoneNumber: '601 234 567', defaultCountry: byId('PL') },
		},
		{ resource, operation: 'getIdentityKey', parameters: { phoneNumber: 'whatsapp:+5511987654321' } },
		{ resource, operation: 'getVariants', parameters: { phoneNumber: '+52 55 1234 5678' } },
		{
			...{ resource, operation: 'compare' },
			parameters: { phoneNumber: '551187654321', otherPhoneNumber: '+55 11 98765-4321' },
		},
	],
});
