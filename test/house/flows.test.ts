import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { archive } from '../../workflows/build/archive';
import { mergeDefaults } from '../../workflows/build/defaults';
import type { FlowSettings, WorkflowFile } from '../../workflows/build/files';
import { allFlows, packageFiles, type Store } from '../../workflows/build/package';

const ROOT = path.resolve(__dirname, '../..');

const settings = (key: string, value: string): FlowSettings => ({
	settings: [{ key, value, description: `The ${key}` }],
	texts: {},
});
const texts = (template: string, text: string): FlowSettings => ({
	settings: [],
	texts: { [template]: { en: { text } } },
});

it("keeps the set-up flow as tables.json and the flows' settings.json say", async () => {
	const args = [require.resolve('tsx/cli'), 'workflows/build/run.ts', '--check'];
	const { stdout, message } = await promisify(execFile)(process.execPath, args, { cwd: ROOT }).then(
		({ stdout }) => ({ stdout, message: '' }),
		(error: { stdout: string; message: string }) => error,
	);
	expect([stdout, message]).toEqual(['', '']);
}, 60_000);

describe("all flows' defaults together", () => {
	it('has each key once, in alphabetical order', () => {
		const merged = mergeDefaults(
			new Map([
				['one', settings('timeZone', 'UTC')],
				['two', settings('language', 'en')],
				['three', settings('timeZone', 'UTC')],
				['four', texts('thanks', 'Thank you')],
			]),
		);
		expect(merged).toEqual({
			settings: [...settings('language', 'en').settings, ...settings('timeZone', 'UTC').settings],
			texts: texts('thanks', 'Thank you').texts,
		});
	});

	it.each([
		[settings('language', 'en'), settings('language', 'pl'), 'language'],
		[texts('thanks', 'Thank you'), texts('thanks', 'Thanks'), 'thanks'],
	])('names the flows that disagree', (one, other, key) => {
		const flows = new Map([
			['first', one],
			['second', other],
		]);
		expect(() => mergeDefaults(flows)).toThrow(
			`workflows/first and workflows/second have different defaults for "${key}"`,
		);
	});
});

describe('the package of all flows', () => {
	const flow = (name: string, calls?: string): WorkflowFile => ({
		name,
		nodes: [
			{
				id: 'a',
				name: 'Start',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				parameters: calls ? { workflowId: { value: '', cachedResultName: calls } } : {},
				credentials: { sendGridApi: { name: 'SendGrid' } },
			},
		],
		connections: {},
	});
	const flows = new Map([
		['call', flow('Call it', 'Save it')],
		['save', flow('Save it')],
		['save-postgres', flow('Save it in PostgreSQL')],
		['save-redis', flow('Save it in Redis')],
	]);
	const read = (...stores: Store[]) =>
		packageFiles(flows, { n8nVersion: '2.40.7', stores }).map(({ path, text }) => ({
			path,
			content: JSON.parse(text) as Manifest & WorkflowFile,
		}));

	interface Manifest {
		workflows: Array<{ id: string; name: string; target: string }>;
		requirements: { credentials: object[]; workflows: object[] };
	}

	it('lists the flows, what they call and what they need, each once', () => {
		const [manifest] = read();
		const [call, save] = manifest?.content.workflows ?? [];
		expect(manifest).toMatchObject({
			path: 'manifest.json',
			content: {
				workflows: [{ name: 'Call it' }, { name: 'Save it' }],
				requirements: {
					credentials: [{ name: 'SendGrid', type: 'sendGridApi', usedByWorkflows: [call?.id, save?.id] }],
					workflows: [{ id: save?.id, usedByWorkflows: [call?.id] }],
				},
			},
		});
	});

	it("puts a PostgreSQL variant in the other's place, under its id", () => {
		const [plain] = read();
		const [manifest, caller] = read('postgres');
		expect(manifest?.content.workflows.map(({ name }) => name)).toEqual(['Call it', 'Save it in PostgreSQL']);
		expect(manifest?.content.workflows.map(({ id }) => id)).toEqual(
			plain?.content.workflows.map(({ id }) => id),
		);
		expect(caller?.content.nodes[0]?.parameters.workflowId).toMatchObject({
			value: manifest?.content.workflows[1]?.id,
		});
	});

	it('takes the first store that a flow has a variant for', () => {
		const namesIn = (...stores: Store[]) => read(...stores)[0]?.content.workflows.map(({ name }) => name);
		expect(namesIn('redis')).toEqual(['Call it', 'Save it in Redis']);
		expect(namesIn('redis', 'postgres')).toEqual(['Call it', 'Save it in Redis']);
		expect(namesIn('postgres', 'redis')).toEqual(['Call it', 'Save it in PostgreSQL']);
	});

	it('has the same bytes whenever it is made', async () => {
		const files = packageFiles(allFlows(), { n8nVersion: '2.40.7' });
		expect((await archive(files)).equals(await archive(files))).toBe(true);
	});
});
