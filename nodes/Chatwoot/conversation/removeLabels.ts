import { operation } from '../../../lib/operations';
import type { Connection } from '../api';
import { account, conversation, labels } from '../fields';
import { changeLabels, labelsFrom } from './labels';

/** Takes labels off a conversation and leaves the others. */
export const removeLabels = operation<Connection>({
	name: 'Remove Labels',
	value: 'removeLabels',
	action: 'Remove labels from conversation',
	description: 'Take labels off and keep the others',
	fields: [account, conversation, labels],
	run: async ({ api, input }) => {
		const removed = labelsFrom(input);
		return await changeLabels(api, input, (before) =>
			before.filter((label) => !removed.includes(label.toLowerCase())),
		);
	},
});
