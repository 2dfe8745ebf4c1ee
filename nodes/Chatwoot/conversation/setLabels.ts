import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { inTurn, replaceLabels, type Connection } from '../api';
import { account, conversation, labels, numericId } from '../fields';

const allLabels: INodeProperties = {
	...labels,
	required: undefined,
	description: 'Comma-separated; none takes all labels off',
};

/** Makes these the labels of a conversation: POST /conversations/{id}/labels. */
export const setLabels = operation<Connection>({
	name: 'Set Labels',
	value: 'setLabels',
	action: 'Set labels of conversation',
	description: 'Make these the labels and take all others off',
	fields: [account, conversation, allLabels],
	run: async ({ api, input }) => {
		const [accountId, id] = [numericId(input, 'account'), numericId(input, 'conversation')];
		const wanted = [...new Set(input.list('labels').map((label) => label.toLowerCase()))];
		const now = await inTurn(
			api,
			`${accountId} conversation ${id}`,
			async () => await replaceLabels(api.http, accountId, id, wanted),
		);
		return { id, labels: now };
	},
});
