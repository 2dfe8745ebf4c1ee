import { operation } from '../../../lib/operations';
import type { Connection } from '../api';
import { account, conversation, labels } from '../fields';
import { changeLabels, labelsFrom } from './labels';

/** Adds labels to those a conversation has. */
export const addLabels = operation<Connection>({
	name: 'Add Labels',
	value: 'addLabels',
	action: 'Add labels to conversation',
	description: 'Add labels and keep those that are there',
	fields: [account, conversation, labels],
	run: async ({ api, input }) => {
		const added = labelsFrom(input);
		return await changeLabels(api, input, (before) => [...before, ...added]);
	},
});
