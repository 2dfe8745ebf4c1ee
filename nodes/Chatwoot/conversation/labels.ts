import type { IDataObject } from 'n8n-workflow';
import type { ItemInput } from '../../../lib/operations';
import { inTurn, labelsOf, replaceLabels, type Connection } from '../api';
import { numericId } from '../fields';

/** The labels an item names, in lower case as Chatwoot keeps them. @returns at least one */
export function labelsFrom(input: ItemInput): string[] {
	const named = [...new Set(input.list('labels').map((label) => label.toLowerCase()))];
	if (named.length === 0) input.refuse('labels', 'is empty', 'Name at least one label.');
	return named;
}

/**
 * Changes the labels of a conversation. Chatwoot replaces the whole list, so it is read and written back; two items
 * of a run on one conversation do so one after another. What is right already is not written.
 *
 * @param change gives the new list, from the list as it is
 */
export async function changeLabels(
	api: Connection,
	input: ItemInput,
	change: (labels: string[]) => string[],
): Promise<IDataObject> {
	const accountId = numericId(input, 'account');
	const id = numericId(input, 'conversation');
	const labels = await inTurn(api, `${accountId} conversation ${id}`, async () => {
		const before = await labelsOf(api.http, accountId, id);
		const after = [...new Set(change(before))];
		const same = after.length === before.length && after.every((label) => before.includes(label));
		return same ? before : await replaceLabels(api.http, accountId, id, after);
	});
	return { id, labels };
}
