import { parse } from 'flatted';
import type { IRunExecutionData } from 'n8n-workflow';
import type { DataTable } from '../../workflows/build/files';
import { assembleSetup, MISSING_COLUMNS, START } from '../../workflows/build/setup';
import type { EditorApi } from './editor-api';

type Column = DataTable['columns'][number];

interface MissingColumn {
	table: string;
	column: string;
	type: Column['type'];
}

/** A machine that does much else besides takes its time. */
const LONGEST_SECONDS = 240;
const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * Starts a flow as the button "Execute workflow" does, and waits for its end.
 *
 * @param trigger the node to start at
 * @param item what the trigger gives; an empty item unless said
 * @throws Error where it does not end within four minutes
 */
export async function execute(
	editor: EditorApi,
	workflowId: string,
	trigger: string,
	item?: object,
): Promise<IRunExecutionData> {
	const id = await editor.run(workflowId, trigger, item);
	const deadline = Date.now() + LONGEST_SECONDS * 1000;
	for (;;) {
		const { status, data } = await editor.execution(id);
		if (!UNFINISHED.includes(status)) return parse(data) as IRunExecutionData;
		if (Date.now() > deadline) throw new Error(`The flow started at "${trigger}" has not ended`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** The items that a node gave at its first output. */
export const itemsOf = ({ resultData }: IRunExecutionData, node: string): unknown[] =>
	(resultData.runData[node]?.[0]?.data?.main?.[0] ?? []).map(({ json }) => json);

/**
 * Runs the real set-up flow: tables, default settings, default texts. Where an older sandbox's tables lack columns, it
 * adds them as the flow asks the operator to, and runs the flow once more. The flow is assembled afresh, so that one
 * that is being written finds its settings before `npm run flows`.
 *
 * @throws Error with the flow's own message where it fails
 */
export async function setUp(editor: EditorApi): Promise<void> {
	const { id } = await editor.saveWorkflow(assembleSetup());
	const first = await execute(editor, id, START);
	if (!first.resultData.error) return;
	const [report] = itemsOf(first, MISSING_COLUMNS) as Array<{ missing: MissingColumn[] }>;
	for (const { table, column, type } of report?.missing ?? []) {
		await editor.addColumn(table, { name: column, type });
	}
	const { error } = (await execute(editor, id, START)).resultData;
	if (error) throw new Error(`The flow "setup" ended with: ${error.message}`);
}
