import { publishChain as publishIn, type ChainNode } from '../../sandbox/src/chain';
import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { theHouse } from './house';

export type { ChainNode as TestNode } from '../../sandbox/src/chain';

/** Imports and switches on a flow in the open sandbox; see the sandbox's `publishChain`. */
export const publishChain = async (name: string, chain: ChainNode[]): Promise<StoredWorkflow> =>
	await publishIn(theHouse().editor, name, chain);

/** Switches a flow off, which takes its webhooks away at the provider, and deletes it. */
export async function discard({ id }: StoredWorkflow): Promise<void> {
	const { editor } = theHouse();
	await editor.unpublish({ id });
	await editor.deleteWorkflow(id);
}

/** Switches a flow off and on again, so that its trigger registers anew at a provider that was reset. */
export async function republish(folder: string, reset: () => void): Promise<void> {
	const { editor, flowIds } = theHouse();
	const id = flowIds.get(folder) ?? '';
	await editor.unpublish({ id });
	reset();
	await editor.publish(await editor.workflow(id));
}
