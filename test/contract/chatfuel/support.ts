import type { ICredentialType, IDataObject } from 'n8n-workflow';
import { ChatfuelBroadcastApi } from '../../../credentials/ChatfuelBroadcastApi.credentials';
import { ChatfuelContactsApi } from '../../../credentials/ChatfuelContactsApi.credentials';
import { Chatfuel } from '../../../nodes/Chatfuel/Chatfuel.node';
import { CREDENTIALS } from '../../../sandbox/simulators/chatfuel';
import { json, type Fault } from '../../../sandbox/simulators/kit';
import { runNode, type NodeRunOptions } from '../../support/n8n';

const credential = (type: ICredentialType, data: Record<string, string>) => ({ type, data });

/** The credentials the simulator accepts, with changes. */
export const credentials = (more: Partial<typeof CREDENTIALS> = {}) => {
	const { botId, token, automationId, contactsToken } = { ...CREDENTIALS, ...more };
	return [
		credential(new ChatfuelBroadcastApi(), { botId, token }),
		credential(new ChatfuelContactsApi(), { automationId, token: contactsToken }),
	];
};

/** Runs an operation with what an operator would have typed. */
export const run = (parameters: IDataObject, options: NodeRunOptions = {}) =>
	runNode(new Chatfuel(), { credentials: credentials(), ...options, parameters });

/** The answers every HTTP operation has to live with, and what its message says then. */
export const REFUSALS = [
	[401, /^Chatfuel did not accept the credential \(HTTP 401\)$/],
	[404, /^Chatfuel could not find what was asked for \(HTTP 404\)$/],
	[422, /^Chatfuel did not accept the request \(HTTP 422\)$/],
	[500, /^Chatfuel is not able to answer right now \(HTTP 500\)$/],
] as const;

/** Queues one refusal; two for a 401, after which n8n's helper asks once more with renewed credentials. */
export const answersTo = (status: number, body: unknown): Fault[] =>
	Array.from({ length: status === 401 ? 2 : 1 }, () => ({ kind: 'answer', response: json(status, body) }));
