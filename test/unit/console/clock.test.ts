import { dayOf } from '../../../sandbox/console/clock';
import { flowNames, readFlow, type FlowNode, type WorkflowFile } from '../../../workflows/build/files';

const node = (name: string, type: string, parameters: object = {}): FlowNode => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion: 1,
	position: [0, 0],
	parameters: { ...parameters },
});
const flow = (...nodes: FlowNode[]): WorkflowFile => ({ name: 'Flow', nodes, connections: {} });
const MOMENT = node('When tried with a moment', 'executeWorkflowTrigger');
const every = (interval: object) => node('Often', 'scheduleTrigger', { rule: { interval: [interval] } });

describe('the moved clock', () => {
	it('tries flows that run all day in the morning and in the evening, daily ones at their own time', () => {
		const flows = new Map([
			['hourly', flow(every({ field: 'hours' }), MOMENT)],
			['daily', flow(every({ field: 'cronExpression', expression: '5 20 * * *' }), MOMENT)],
		]);
		expect(dayOf(flows, '2026-11-24')).toEqual([
			{ folder: 'hourly', at: '2026-11-24T10:00:00+01:00' },
			{ folder: 'hourly', at: '2026-11-24T19:30:00+01:00' },
			{ folder: 'daily', at: '2026-11-24T20:05:00+01:00' },
		]);
	});

	it('leaves out what no schedule starts, and what cannot be tried at another moment', () => {
		const flows = new Map([
			['called', flow(MOMENT)],
			['plain', flow(every({ field: 'hours' }))],
		]);
		expect(dayOf(flows, '2026-11-24')).toEqual([]);
	});

	it('knows summer time', () => {
		const flows = new Map([['hourly', flow(every({ field: 'hours' }), MOMENT)]]);
		expect(dayOf(flows, '2027-06-01')[0]?.at).toBe('2027-06-01T10:00:00+02:00');
	});

	it('finds every scheduled flow that is shipped', () => {
		const flows = new Map(flowNames().map((name) => [name, readFlow(name)]));
		const scheduled = [...flows].filter(([, { nodes }]) =>
			nodes.some(({ type }) => type === 'n8n-nodes-base.scheduleTrigger'),
		);
		const planned = new Set(dayOf(flows, '2026-11-24').map(({ folder }) => folder));
		expect([...planned].sort()).toEqual(scheduled.map(([folder]) => folder).sort());
	});
});
