import { facts, type Panel } from './panel';

interface State {
	charts: Array<{ type: string; data: { labels: string[]; datasets: Array<{ data: number[] }> } }>;
}

/** What was asked to be drawn. */
export const quickchartPanel: Panel = {
	title: 'QuickChart',
	views: ({ charts }: State) => [
		{
			kind: 'events',
			title: 'Charts',
			events: charts.map(({ type, data }, index) => ({
				id: String(index),
				name: `${type} chart`,
				details: facts(
					Object.fromEntries(data.labels.map((label, at) => [label, data.datasets[0]?.data[at]])),
				),
			})),
		},
	],
};
