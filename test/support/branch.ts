import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { theHouse } from './house';
import { setSettings } from './settings';

/** The tenant of a second business in the same n8n, as tests open it. */
export const BRANCH = 'branch';

/** Gives a second tenant all settings of the first, some of them its own; `restoreSettings` takes them away. */
export async function openBranch(own: Record<string, string>): Promise<void> {
	const rows = await theHouse().editor.rows<{ tenant: string; key: string; value: string | null }>(
		'frontdesk_settings',
	);
	const main = rows.filter(({ tenant }) => tenant === 'main').map(({ key, value }) => [key, value ?? '']);
	await setSettings({ ...(Object.fromEntries(main) as Record<string, string>), ...own }, BRANCH);
}

type Parameters = StoredWorkflow['nodes'][number]['parameters'];

const ownPath = <Holder extends object>(holder: Holder): Holder =>
	'path' in holder ? { ...holder, path: `${String(holder.path)}-${BRANCH}` } : holder;

/** A trigger's own address; a form's stands among its options. */
const withOwnPath = (parameters: Parameters): Parameters => ({
	...ownPath(parameters),
	...(parameters.options ? { options: ownPath(parameters.options) } : {}),
});

/** The Settings node with another tenant in it. */
const withOwnTenant = (parameters: Parameters): Parameters => {
	const { assignments } = parameters.assignments as { assignments: Array<{ name: string }> };
	const changed = assignments.map((one) => (one.name === 'tenant' ? { ...one, value: BRANCH } : one));
	return { ...parameters, assignments: { assignments: changed } };
};

/**
 * Imports a flow once more for the second tenant, as its README says: the tenant in Settings, its own path. The path
 * is the first one's with `-branch` after the flow's part.
 *
 * @returns the copy; `discard` takes it away
 */
export async function publishForBranch(folder: string): Promise<StoredWorkflow> {
	const { editor, flowIds } = theHouse();
	const { name, nodes, connections, settings } = await editor.workflow(String(flowIds.get(folder)));
	const copied = nodes.map((node) => ({
		...node,
		...(typeof node.webhookId === 'string' ? { webhookId: `${node.webhookId}-${BRANCH}` } : {}),
		parameters: node.name === 'Settings' ? withOwnTenant(node.parameters) : withOwnPath(node.parameters),
	}));
	const flow = await editor.saveWorkflow({
		name: `${name} (${BRANCH})`,
		nodes: copied,
		connections,
		settings,
	});
	await editor.publish(flow);
	return flow;
}
