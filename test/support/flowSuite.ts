import path from 'node:path';
import { closeHouse, openHouse } from './house';
import { describeParts } from './parts';
import { dropPostgres } from './postgres';
import { dropRedis } from './redis';

/**
 * Describes the tests of the flows: all, or those named in FRONTDESK_FLOWS. One n8n serves them one after another.
 *
 * @param share which half of them, where two n8n share the work: `[1, 2]` or `[2, 2]`
 */
export function describeFlows(share: [number, number]): void {
	jest.setTimeout(120_000);
	beforeAll(openHouse, 600_000);
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
