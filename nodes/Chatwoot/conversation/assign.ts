import { operation } from '../../../lib/operations';
import { assign, type Connection } from '../api';
import { account, agent, conversation, numericId, optionalNumericId, team } from '../fields';

/** Gives a conversation to an agent, to a team, or to both: POST /conversations/{id}/assignments, one call each. */
export const assignTo = operation<Connection>({
	name: 'Assign',
	value: 'assign',
	action: 'Assign conversation',
	description: 'Give a conversation to an agent, a team or both',
	fields: [account, conversation, agent, team],
	run: async ({ api, input }) => {
		const id = numericId(input, 'conversation');
		const accountId = numericId(input, 'account');
		const [agentId, teamId] = [optionalNumericId(input, 'agent'), optionalNumericId(input, 'team')];
		if (agentId === undefined && teamId === undefined) {
			input.refuse('agent', 'is empty, as is Team', 'Choose who takes the conversation.');
		}
		// The team first: taking one may let Chatwoot assign one of its agents, and the one chosen here shall stay.
		if (teamId !== undefined) await assign(api.http, accountId, id, { team_id: Number(teamId) });
		if (agentId !== undefined) await assign(api.http, accountId, id, { assignee_id: Number(agentId) });
		return { id, agentId: agentId ?? null, teamId: teamId ?? null };
	},
});
