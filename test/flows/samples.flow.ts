import { flowNames, readFlow } from '../../workflows/build/files';
import { runOf, startAfresh } from '../support/executions';
import { eventually, theHouse } from '../support/house';
import { BOOKING_TABLES } from '../support/salon';

const SAMPLES = flowNames().flatMap((folder) =>
	Object.entries(readFlow(folder).pinData ?? {}).map(([trigger, items]) => ({ folder, trigger, items })),
);
const PATIENCE_SECONDS = 40;

describe('Flows tried with the samples that their triggers hold', () => {
	beforeEach(async () => await startAfresh(...BOOKING_TABLES));

	it.each(SAMPLES)('$folder runs with the sample of $trigger', async ({ folder, trigger, items }) => {
		const { editor, flowIds } = theHouse();
		const id = await editor.run(flowIds.get(folder) ?? '', trigger);
		await eventually(
			async () => expect((await editor.execution(id)).status).toMatch(/success|error/),
			PATIENCE_SECONDS,
		);
		const { error, runData } = (await runOf(id)).resultData;
		expect(error?.message).toBeUndefined();
		expect(runData[trigger]?.[0]?.data?.main?.[0]?.map(({ json }) => json)).toEqual(
			items.map(({ json }) => json),
		);
		expect(Object.keys(runData).length).toBeGreaterThan(3);
	});
});
