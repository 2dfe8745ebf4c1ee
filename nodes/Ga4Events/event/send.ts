import { batchOperation } from '../../../lib/operations';
import { validateEvent, type Ga4 } from '../api';
import { deliver } from '../delivery';
import { sendFields } from '../fields';
import { readMeasurement, type Measurement } from '../measurement';

interface Unit extends Measurement {
	validated: boolean;
}

/** Fails an event that Google's validation server finds fault with. @throws ProviderError in its words */
async function insistOnValid(api: Ga4, { envelope, event }: Measurement): Promise<void> {
	const messages = await validateEvent(api, envelope, event);
	if (messages.length === 0) return;
	throw api.http.error({
		message: `GA4 would not take the event "${event.name}"`,
		howToFix: 'Nothing was sent. Correct what it names and send again.',
		said: messages.map(({ fieldPath, description }) => `${fieldPath}: ${description}`).join(' '),
	});
}

/**
 * Sends events, those of one client together: `{ sent, eventName, clientId, events, validated }`, where `events` is
 * how many travelled in the same request. `sent` is all that can be known: GA4 never says what it accepted.
 */
export const send = batchOperation<Ga4, Unit>({
	name: 'Send',
	value: 'send',
	action: 'Send event',
	description: 'Send an event; Google Analytics does not tell whether it was accepted',
	fields: sendFields,
	// All at once: which events may travel together is known only when all are read.
	batchSize: () => Infinity,
	prepare: async ({ api, input }) => {
		const measurement = readMeasurement(input);
		const validated = input.boolean('validateFirst');
		if (validated) await insistOnValid(api, measurement);
		return { ...measurement, validated };
	},
	runBatch: async (api, units) => {
		const answers = await deliver(api, units);
		return units.map(({ envelope, event, validated }, position) => {
			const events = answers[position];
			if (events === undefined || events instanceof Error) return events;
			return { sent: true, eventName: event.name, clientId: envelope.client_id, events, validated };
		});
	},
});
