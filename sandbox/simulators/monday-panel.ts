import type { Panel } from './panel';

interface Board {
	id: string;
	name: string;
	items: Array<{ id: string; name: string; columns: Record<string, string>; updates: string[] }>;
}

const LABELS = ['Źródło', 'Pakiet', 'Status', 'Stage', 'Services'];
const FIRST_BOARD = 'Leads';

/** The board of leads, and any other that has items. */
export const mondayPanel: Panel = {
	title: 'monday.com',
	views: (state: Board[]) =>
		state
			.filter(({ name, items }) => name === FIRST_BOARD || items.length > 0)
			.map(({ name, items }) => {
				const columns = Object.keys(items[0]?.columns ?? {});
				return {
					kind: 'board',
					title: name,
					columns: ['Item', ...columns],
					labels: columns.filter((column) => LABELS.includes(column)),
					rows: items.map((item) => ({
						id: item.id,
						cells: [item.name, ...columns.map((column) => item.columns[column] ?? '')],
						notes: item.updates,
					})),
				};
			}),
};
