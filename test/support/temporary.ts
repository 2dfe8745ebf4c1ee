import { publishChain as publishIn, type ChainNode } from '../../sandbox/src/chain';
import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { theHouse } from './house';

export type { ChainNode as TestNode } from '../../sandbox/src/chain';

/** Imports and switches on a flow in the open sandbox; see the sandbox's `publishChain`. */
export const publishChain = async (name: string, chain: ChainNode[]): Promise<StoredWorkflow> =>
	await publishIn(theHouse().editor, name, chain);

/** Lets only one kind of a trigger's events pass. @param event its name, as the trigger gives it */
export const onlyEvent = (name: string, event: string): ChainNode => ({
	name,
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'event',
					leftValue: '={{ $json.event }}',
					rightValue: event,
					operator: { type: 'string', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
	},
});

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
