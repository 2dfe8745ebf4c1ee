import type { WorkflowFile } from '../../workflows/build/files';
import { assembleSetup, MISSING_COLUMNS, START } from '../../workflows/build/setup';
import { execute, itemsOf, setUp } from '../../sandbox/src/setup';
import { theHouse } from '../support/house';

interface Setting {
	tenant: string;
	key: string;
	value: string;
}

const SETTINGS = 'frontdesk_settings';
const DEFAULTS = {
	settings: [
		{ key: 'setupTestHours', value: '24', description: 'Hours after the visit' },
		{ key: 'setupTestAccount', value: '', description: 'The account' },
	],
	texts: {
		setupTest: {
			en: { subject: 'Hello', text: 'Hello {name} "}}" {{ 1 + 1 }}' },
			uk: { subject: 'Вітаємо', text: 'Вітаємо, {name}' },
		},
	},
};

/** The flow with the defaults above beside its own, for the given tenant. */
function setupFor(tenant: string): WorkflowFile {
	const flow = assembleSetup();
	const parameters = (name: string) => flow.nodes.find((node) => node.name === name)?.parameters ?? {};
	parameters('Settings').assignments = {
		assignments: [{ id: 'tenant', name: 'tenant', value: tenant, type: 'string' }],
	};
	parameters('Default settings').jsonOutput = JSON.stringify({ settings: DEFAULTS.settings });
	parameters('Default texts').jsonOutput = JSON.stringify({ texts: DEFAULTS.texts });
	return { ...flow, name: `Set up ${tenant}` };
}

const settingsOf = async (tenant: string) =>
	(await theHouse().editor.rows<Setting>(SETTINGS)).filter((row) => row.tenant === tenant);

async function run(flow: WorkflowFile): Promise<unknown> {
	const { editor } = theHouse();
	const { id } = await editor.saveWorkflow(flow);
	const run = await execute(editor, id, START);
	if (run.resultData.error) throw new Error(run.resultData.error.message);
	return itemsOf(run, 'Tell what was done')[0];
}

describe('Set up Frontdesk', () => {
	it('writes settings and texts where the business has none, exactly as they are, and once', async () => {
		const flow = setupFor('setup-first');
		expect(await run(flow)).toMatchObject({ tenant: 'setup-first', settingsAdded: 6, settingsKept: 0 });
		const rows = await settingsOf('setup-first');
		expect(Object.fromEntries(rows.map(({ key, value }) => [key, value]))).toEqual({
			setupTestHours: '24',
			setupTestAccount: '',
			'subject.setupTest.en': 'Hello',
			'text.setupTest.en': 'Hello {name} "}}" {{ 1 + 1 }}',
			'subject.setupTest.uk': 'Вітаємо',
			'text.setupTest.uk': 'Вітаємо, {name}',
		});
		expect(await run(flow)).toMatchObject({ tablesCreated: 0, settingsAdded: 0, settingsKept: 6 });
		expect(await settingsOf('setup-first')).toEqual(rows);
	});

	it("keeps an operator's values and other tenants' rows", async () => {
		const { editor } = theHouse();
		const others = await settingsOf('main');
		await run(setupFor('setup-second'));
		await editor.fillSettings({ setupTestHours: '48' }, 'setup-second');
		await editor.fillSettings({ setupTestAccount: 'typed' }, 'setup-second');
		await run(setupFor('setup-second'));
		expect(await settingsOf('setup-second')).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ key: 'setupTestHours', value: '24' }),
				expect.objectContaining({ key: 'setupTestAccount', value: 'typed' }),
			]),
		);
		expect(await settingsOf('main')).toEqual(others);
	});

	it('creates what is not there, and says which column an older table lacks', async () => {
		const { editor } = theHouse();
		await editor.deleteTable('frontdesk_health');
		await editor.deleteColumn('frontdesk_errors', 'provider');
		await expect(run(setupFor('setup-third'))).rejects.toThrow(
			/frontdesk_errors › provider \(string\)\. In n8n:/,
		);
		expect(await editor.rows('frontdesk_health')).toEqual([]);
		expect(await settingsOf('setup-third')).toEqual([]);

		await setUp(editor);
		const { id } = await editor.saveWorkflow(assembleSetup());
		const again = await execute(editor, id, START);
		expect(itemsOf(again, MISSING_COLUMNS)).toEqual([{ missing: [] }]);
		expect(itemsOf(again, 'Tell what was done')).toEqual([
			expect.objectContaining({ tablesCreated: 0, settingsAdded: 0 }),
		]);
	});
});
