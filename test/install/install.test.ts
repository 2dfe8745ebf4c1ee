import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import axios from 'axios';
import { House } from '../../sandbox/src/house';
import { providers } from '../../sandbox/src/providers';
import { execute, itemsOf } from '../../sandbox/src/setup';
import { dataTables, type WorkflowFile } from '../../workflows/build/files';
import { calledFlows, ERROR_FLOW, linkIn } from '../../workflows/build/links';
import { allFlows, isVariant } from '../../workflows/build/package';
import { SETUP_NAME, START } from '../../workflows/build/setup';

/** What n8n tells of an installed package. */
interface Installed {
	workflows: Array<{ localId: string; name: string; status: string; publishing: object }>;
	credentials: { stubbed: string[] };
}

const ROOT = path.resolve(__dirname, '../..');
const PACKAGE = path.join(ROOT, 'artifacts', 'frontdesk.n8np');
const flows = [...allFlows()].filter(([folder]) => !isVariant(folder)).map(([, flow]) => flow);
const names = flows.map(({ name }) => name).sort();

const idsByName = (known: Array<{ id: string; name: string }>) =>
	known.map(({ id, name }) => [name, id]).sort();

const isOn = (known: Array<{ id: string; active: boolean }>, wanted: string) =>
	known.some(({ id, active }) => id === wanted && active);

/** The ids of the flows that a flow calls, each once. */
const linksIn = ({ nodes }: WorkflowFile) => [
	...new Set(nodes.flatMap(({ parameters }) => linkIn(parameters)?.value ?? [])),
];

jest.setTimeout(180_000);

describe('frontdesk.n8np in a fresh n8n', () => {
	let house: House;
	let key: string;

	beforeAll(async () => {
		const args = [require.resolve('tsx/cli'), 'workflows/build/run.ts', '--package'];
		await promisify(execFile)(process.execPath, args, { cwd: ROOT });
		house = await House.open({ bare: true });
		key = await house.editor.apiKey(['workflow:import']);
	}, 600_000);

	afterAll(async () => await house?.close(), 60_000);

	async function install(policies: Record<string, string> = {}): Promise<Installed> {
		const form = new FormData();
		form.append('package', new Blob([readFileSync(PACKAGE)]), 'frontdesk.n8np');
		form.append('workflowConflictPolicy', 'new-version');
		for (const [policy, value] of Object.entries(policies)) form.append(policy, value);
		const answer = await axios.post<Installed>(`${house.n8n.url}/api/v1/n8n-packages/import`, form, {
			headers: { 'x-n8n-api-key': key },
			proxy: false,
			validateStatus: () => true,
		});
		expect([answer.status, answer.data]).toEqual([200, expect.anything()]);
		return answer.data;
	}

	it('creates every flow, linked to those it calls, and stubs of the credentials they name', async () => {
		const { workflows, credentials } = await install();
		expect(workflows.map(({ name, status }) => [name, status]).sort()).toEqual(
			names.map((name) => [name, 'created']),
		);
		expect(credentials.stubbed).toHaveLength(
			new Set(
				flows.flatMap(({ nodes }) =>
					nodes.flatMap((node) =>
						Object.entries(node.credentials ?? {}).map(([type, { name }]) => `${type}:${name}`),
					),
				),
			).size,
		);
		const ids = new Map(workflows.map(({ name, localId }) => [name, localId]));
		for (const [name, id] of ids) {
			const stored = await house.editor.workflow(id);
			expect(linksIn(stored)).toEqual(calledFlows(stored).map((called) => ids.get(called)));
			const errorFlow = name === ERROR_FLOW ? undefined : ids.get(ERROR_FLOW);
			expect(stored.settings?.errorWorkflow).toBe(errorFlow);
		}
	});

	it('has a set-up flow that makes the tables', async () => {
		const known = await house.editor.workflows();
		const setup = known.find(({ name }) => name === SETUP_NAME);
		const run = await execute(house.editor, String(setup?.id), START);
		expect(run.resultData.error).toBeUndefined();
		const tables = dataTables();
		expect(itemsOf(run, 'Tell what was done')).toEqual([
			expect.objectContaining({ tables: tables.length, tablesCreated: tables.length }),
		]);
		for (const { name } of tables) expect(await house.editor.rows(name)).toBeInstanceOf(Array);
	});

	it('updates in place: the same flows and credentials, and those that others call switched on', async () => {
		const before = await house.editor.workflows();
		for (const { name, type, data } of (await providers()).flatMap((entry) => entry.credentials ?? []))
			await house.editor.saveCredential(name, type, data);
		const { workflows, credentials } = await install({ workflowPublishingPolicy: 'match-source' });
		expect(workflows.map(({ name, status }) => [name, status]).sort()).toEqual(
			names.map((name) => [name, 'updated']),
		);
		expect(credentials.stubbed).toEqual([]);
		const after = await house.editor.workflows();
		expect(idsByName(after)).toEqual(idsByName(before));
		const called = new Set(flows.flatMap(calledFlows));
		const off = workflows.filter(({ localId, name }) => called.has(name) && !isOn(after, localId));
		expect(off.map(({ name, publishing }) => ({ name, publishing }))).toEqual([]);
	});
});
