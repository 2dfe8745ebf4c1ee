import { operation } from '../../../lib/operations';
import { validateEvent, type Ga4 } from '../api';
import { validateFields } from '../fields';
import { readMeasurement } from '../measurement';

/** Asks Google's validation server and sends nothing: `{ valid, eventName, clientId, messages }`. */
export const validate = operation<Ga4>({
	name: 'Validate',
	value: 'validate',
	action: 'Validate event',
	description: 'Check an event without recording it; the measurement ID and the API secret are not checked',
	fields: validateFields,
	run: async ({ api, input }) => {
		const { envelope, event } = readMeasurement(input);
		const messages = await validateEvent(api, envelope, event);
		return {
			valid: messages.length === 0,
			eventName: event.name,
			clientId: envelope.client_id,
			messages: messages.map(({ fieldPath, description, validationCode }) => ({
				field: fieldPath,
				code: validationCode,
				description,
			})),
		};
	},
});
