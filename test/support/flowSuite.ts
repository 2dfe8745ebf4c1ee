import path from 'node:path';
import { closeHouse, openHouse, theHouse } from './house';
import { describeParts } from './parts';
import { dropPostgres } from './postgres';
import { dropRedis } from './redis';

/** Scheduled flows run when a test says so: n8n's clock would sweep the rows of whatever test is under way. */
async function stopSchedules(): Promise<void> {
	const { editor, flowIds } = theHouse();
	for (const id of flowIds.values()) {
		const { name, nodes, connections, settings } = await editor.workflow(id);
		const isSchedule = ({ type }: { type: string }) => type === 'n8n-nodes-base.scheduleTrigger';
		if (!nodes.some(isSchedule)) continue;
		const still = nodes.map((node) => (isSchedule(node) ? { ...node, disabled: true } : node));
		await editor.publish(await editor.saveWorkflow({ name, nodes: still, connections, settings }));
	}
}

/**
 * Describes the tests of the flows: all, or those named in FRONTDESK_FLOWS. One n8n serves them one after another.
 *
 * @param share which half of them, where two n8n share the work: `[1, 2]` or `[2, 2]`
 */
export function describeFlows(share: [number, number]): void {
	jest.setTimeout(120_000);
	beforeAll(async () => {
		await openHouse();
		await stopSchedules();
	}, 600_000);
	afterAll(async () => {
		await closeHouse();
		await dropPostgres();
		await dropRedis();
	}, 60_000);
	const only = process.env.FRONTDESK_FLOWS?.split(',');
	describeParts(path.resolve(__dirname, '../flows'), {
		ending: '.flow.ts',
		...(only ? { only } : { share }),
	});
}
