import type { INodeTypeDescription } from 'n8n-workflow';
import { providers } from '../../../sandbox/src/providers';
import type { EditorApi } from '../../../sandbox/src/editor-api';
import type { FlowNode, WorkflowFile } from '../../../workflows/build/files';
import { loadNodes } from '../sources';
import { openEditor, type OpenCamera } from './camera';

const WIDTH = 1440;
const HEIGHT = 1000;
const GAP = 200;

type Credentials = FlowNode['credentials'];

/** The sandbox's own credential for what a node asks for first. */
async function credentialsFor(
	{ credentials = [] }: INodeTypeDescription,
	editor: EditorApi,
): Promise<Credentials> {
	const known = (await providers()).flatMap((entry) => entry.credentials ?? []);
	for (const { name: type } of credentials) {
		const name = known.find((one) => one.type === type)?.name;
		if (name) return { [type]: { id: await editor.credentialId(name, type), name } };
	}
	return undefined;
}

/** A flow with every node of the package on its own, as it is when somebody puts it there. */
async function flowOfAll(editor: EditorApi): Promise<WorkflowFile> {
	const descriptions = (await loadNodes()).map(({ node }) => node.description);
	const nodes = await Promise.all(
		descriptions.map(async (description, index) => ({
			id: description.name,
			name: description.displayName,
			type: `n8n-nodes-frontdesk.${description.name}`,
			typeVersion: [description.version].flat().at(-1) ?? 1,
			position: [0, index * GAP] as [number, number],
			parameters: {},
			credentials: await credentialsFor(description, editor),
		})),
	);
	return { name: 'All nodes', nodes, connections: {}, settings: { executionOrder: 'v1' } };
}

/** Takes a node's panel as it is when the node is new. */
export const openNodeCamera: OpenCamera = async (house, browser) => {
	const page = await openEditor(house, browser, WIDTH, HEIGHT);
	const { id } = await house.editor.saveWorkflow(await flowOfAll(house.editor));
	return {
		async take(name, file) {
			await page.goto(`${house.n8n.url}/workflow/${id}/${name}`);
			const panel = page.locator('[data-test-id="node-parameters"]');
			await panel.waitFor();
			await page.screenshot({ path: file });
		},
		close: async () => await page.close(),
	};
};
