import type { BoardView } from '../../simulators/panel';
import { Empty, Scroll, useFresh } from './parts';

const HUES = 6;
/** The same label has the same colour; the label itself says what it is. */
const hueOf = (label: string) => [...label].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % HUES;

/** A table of items, the newest first. */
export function Board({ view }: { view: BoardView }) {
	const fresh = useFresh(view.rows.map(({ id, cells }) => id + cells.join()));
	if (view.rows.length === 0) return <Empty>No items on the board yet.</Empty>;
	return (
		<Scroll label={`Board ${view.title}`} class="table">
			<table>
				<caption class="hidden">{view.title}</caption>
				<thead>
					<tr>
						{view.columns.map((column) => (
							<th key={column} scope="col">
								{column}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{[...view.rows].reverse().map(({ id, cells }) => (
						<tr key={id + cells.join()} class={fresh(id + cells.join())}>
							{cells.map((cell, index) => (
								<td key={view.columns[index]}>
									{cell && view.labels.includes(view.columns[index] ?? '') ? (
										<span class={`label hue${hueOf(cell)}`}>{cell}</span>
									) : (
										cell
									)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</Scroll>
	);
}
