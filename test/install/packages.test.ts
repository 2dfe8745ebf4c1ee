import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { House } from '../../sandbox/src/house';
import { execute, itemsOf } from '../../sandbox/src/setup';
import type { WorkflowFile } from '../../workflows/build/files';
import manifest from '../../package.json';
import { makePackages, packAll } from '../support/packages';

/** The class of a built file is its name; n8n's name of the node begins with a small letter. */
const nodeName = (file: string) =>
	path.basename(file, '.node.js').replace(/^./, (first) => first.toLowerCase());

/** A flow of one node behind its manual trigger. */
const flowWith = (type: string): WorkflowFile => ({
	name: `Try ${type}`,
	nodes: [
		{
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{
			id: 'node',
			name: 'Node',
			type,
			typeVersion: 1,
			position: [200, 0],
			parameters: { resource: 'phoneNumber', operation: 'getIdentityKey', phoneNumber: '+55 11 8765-4321' },
		},
	],
	connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

jest.setTimeout(180_000);

describe('the packages of single services in a fresh n8n', () => {
	let home: string;
	let house: House;

	beforeAll(async () => {
		home = mkdtempSync(path.join(tmpdir(), 'frontdesk-'));
		const made = await makePackages(path.join(home, 'made'));
		const packed = await packAll(made, path.join(home, 'packed'));
		const packages = packed.map(({ tarball }) => tarball);
		house = await House.open({ bare: true, packages });
	}, 600_000);

	afterAll(async () => {
		await house?.close();
		rmSync(home, { recursive: true, force: true });
	}, 60_000);

	it('are all loaded, each node under its own package', async () => {
		// Nodes that are tools too are listed a second time as such.
		const ours = (await house.editor.nodeTypes()).filter(
			(name) => name.startsWith('n8n-nodes-frontdesk') && !name.endsWith('Tool'),
		);
		const expected = manifest.n8n.nodes.map(nodeName).sort();
		expect(ours.map((name) => name.split('.')[1]).sort()).toEqual(expected);
		expect(ours).toContain('n8n-nodes-frontdesk-calcom.calCom');
		expect(ours.filter((name) => name.startsWith('n8n-nodes-frontdesk.'))).toEqual([]);
	});

	it('run, with what they inline', async () => {
		const { id } = await house.editor.saveWorkflow(flowWith('n8n-nodes-frontdesk-phonenumber.phoneNumber'));
		const run = await execute(house.editor, id, 'Start');
		expect(run.resultData.error).toBeUndefined();
		expect(itemsOf(run, 'Node')).toEqual([
			expect.objectContaining({ valid: true, identityKey: expect.stringMatching(/^\+55/) }),
		]);
	});
});
