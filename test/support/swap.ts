import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowFile } from '../../workflows/build/files';
import { theHouse } from './house';

const FOLDER = path.resolve(__dirname, '../../workflows/booking-system');

/** The versions of the flow "Ask the booking system", and the setting that holds each one's service. */
export const BOOKING_SYSTEMS: Record<string, { file: string; service: string }> = {
	booksy: { file: 'workflow.json', service: 'booksyService' },
	altegio: { file: 'altegio.json', service: 'altegioService' },
	calcom: { file: 'calcom.json', service: 'calcomService' },
	calendly: { file: 'calendly.json', service: 'calendlyService' },
};

/** Puts another booking system behind all flows, as an operator does: its version is imported into the same flow. */
export async function swapBookingSystem(provider: string): Promise<void> {
	const { editor } = theHouse();
	const file = BOOKING_SYSTEMS[provider]?.file ?? '';
	const flow = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowFile;
	for (const { credentials = {} } of flow.nodes) {
		for (const [type, credential] of Object.entries(credentials)) {
			credential.id = await editor.credentialId(credential.name, type);
		}
	}
	await editor.publish(await editor.saveWorkflow(flow));
}
