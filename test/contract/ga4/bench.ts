import type { IDataObject } from 'n8n-workflow';
import { Ga4EventsApi } from '../../../credentials/Ga4EventsApi.credentials';
import { Ga4Events } from '../../../nodes/Ga4Events/Ga4Events.node';
import { CREDENTIALS } from '../../../sandbox/simulators/ga4';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

export const credential = { ...CREDENTIALS, region: 'global' };

/** Parameters of a good event of one lead; what is given replaces them. */
export const parameters = (more: IDataObject = {}): IDataObject => ({
	resource: 'event',
	operation: 'send',
	eventName: { __rl: true, mode: 'id', value: 'generate_lead' },
	clientIdSource: 'given',
	clientId: '123.456',
	...more,
});

/** Runs the node over items with a good credential, unless told otherwise. */
export const run = async (
	more: IDataObject = {},
	{ data = credential, ...options }: NodeRunOptions & { data?: IDataObject } = {},
): Promise<NodeRun> =>
	await runNode(new Ga4Events(), {
		parameters: parameters(more),
		credentials: [{ type: new Ga4EventsApi(), data: data as Record<string, string> }],
		...options,
	});

/** Parameter rows as the editor stores them. */
export const rows = (...list: Array<[string, string | number, string?]>): IDataObject => ({
	parameters: { parameter: list.map(([name, value, type = 'text']) => ({ name, value, type })) },
});

export const outputOf = ({ outputs }: NodeRun, output = 0): IDataObject[] =>
	(outputs[output] ?? []).map(({ json }) => json);
