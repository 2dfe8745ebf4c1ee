import type { House } from './house';
import { execute } from './setup';

/** The trigger by which a scheduled flow is tried at another time. */
export const MOMENT = 'When tried with a moment';

/**
 * Runs a flow to its end as the button "Execute workflow" does.
 *
 * @param folder the flow's folder under workflows/
 * @param trigger the node to start at
 * @param item what the trigger gives; an empty item unless said
 * @throws Error with the flow's own message where it fails
 */
export async function runByHand(house: House, folder: string, trigger: string, item?: object): Promise<void> {
	const run = await execute(house.editor, house.flowIds.get(folder) ?? '', trigger, item);
	const { error } = run.resultData;
	if (!error) return;
	throw new Error(
		`The flow "${folder}" failed: ${[error.message, error.description].filter(Boolean).join(' ')}`,
	);
}

/**
 * Runs a scheduled flow to its end as if it were a certain moment.
 *
 * @param folder the flow's folder under workflows/
 * @param now ISO 8601 with an offset
 * @throws Error with the flow's own message where it fails
 */
export async function runAt(house: House, folder: string, now: string): Promise<void> {
	await runByHand(house, folder, MOMENT, { now });
}
