import type { Finding, Result, Series } from './define';
import { round } from './statistics';
import { scoreText } from './table';

const escaped = (text: string) =>
	text.replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one] ?? one);

const WIDTH = 900;
const STYLE = `<style>
	text { font: 13px system-ui, sans-serif; fill: #24292f; }
	.small { font-size: 11px; fill: #57606a; }
	.line { stroke: #d0d7de; stroke-width: 1; }
	.aim { stroke: #24292f; stroke-width: 2; }
	@media (prefers-color-scheme: dark) {
		text { fill: #e6edf3; } .small { fill: #8d96a0; } .line { stroke: #30363d; } .aim { stroke: #e6edf3; }
	}
</style>`;

const svg = (title: string, height: number, parts: string[]) =>
	[
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
		STYLE,
		...parts,
		'</svg>\n',
	].join('\n');

interface Bar {
	label: string;
	value: string;
	/** How far beyond the aim: 1 reaches it, 2 is twice as good. */
	share: number;
}

function barOf({ bench }: Result, finding: Finding): Bar[] {
	const { aim, score, what } = finding;
	if (!aim || score === undefined || !Number.isFinite(score) || score <= 0) return [];
	const share = aim.bound === 'atLeast' ? score / aim.value : aim.value / score;
	return [{ label: `${bench.title}: ${what}`, value: scoreText(finding), share }];
}

const ROW = 30;
const LEFT = 430;
const SHARES = [0.25, 0.5, 1, 2, 4, 8];

/** Every aim as a bar, on one logarithmic scale: the line in the middle is the aim, longer is better. */
export function aimsChart(results: Result[]): string {
	const bars = results.flatMap((result) => result.findings.flatMap((finding) => barOf(result, finding)));
	const height = 60 + bars.length * ROW;
	const [least = 0.25, most = 8] = [SHARES[0], SHARES.at(-1)];
	const x = (share: number) =>
		LEFT +
		(Math.log2(Math.min(most, Math.max(least, share)) / least) / Math.log2(most / least)) *
			(WIDTH - LEFT - 90);
	const grid = SHARES.map(
		(share) =>
			`<line class="${share === 1 ? 'aim' : 'line'}" x1="${x(share)}" x2="${x(share)}" y1="34" y2="${height - 16}"/><text class="small" x="${x(share)}" y="26" text-anchor="middle">${share === 1 ? 'aim' : `${share}×`}</text>`,
	);
	const rows = bars.flatMap(({ label, value, share }, index) => {
		const y = 40 + index * ROW;
		const [from, to] = [Math.min(x(share), x(1)), Math.max(x(share), x(1))];
		return [
			`<text x="${LEFT - 12}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
			`<rect x="${from.toFixed(1)}" y="${y + 2}" width="${Math.max(2, to - from).toFixed(1)}" height="18" rx="2" fill="${share >= 1 ? '#2da44e' : '#cf222e'}"/>`,
			`<text class="small" x="${(to + 6).toFixed(1)}" y="${y + 15}">${escaped(value)}</text>`,
		];
	});
	return svg('How far each aim is reached', height, [...grid, ...rows]);
}

const COLOURS = ['#0969da', '#bf8700', '#8250df', '#1a7f37', '#cf222e', '#57606a'];
const PANEL = { left: 60, width: 330, top: 40, height: 220 };

type Value = (point: Series['points'][number]) => number | undefined;

function panel(series: Series[], left: number, title: string, value: Value): string[] {
	const known = series
		.map((one) => ({
			name: one.name,
			points: one.points.flatMap((point) => {
				const y = value(point);
				return y === undefined ? [] : [{ items: point.items, y: Math.max(y, 0.001) }];
			}),
		}))
		.filter(({ points }) => points.length > 0);
	const items = known.flatMap(({ points }) => points.map((point) => point.items));
	const values = known.flatMap(({ points }) => points.map((point) => point.y));
	const scale = (list: number[]) => {
		const [low, high] = [Math.floor(Math.log10(Math.min(...list))), Math.ceil(Math.log10(Math.max(...list)))];
		return { low, high: Math.max(high, low + 1) };
	};
	const [across, up] = [scale(items), scale(values)];
	const x = (one: number) =>
		left + ((Math.log10(one) - across.low) / (across.high - across.low)) * PANEL.width;
	const y = (one: number) =>
		PANEL.top + PANEL.height - ((Math.log10(one) - up.low) / (up.high - up.low)) * PANEL.height;
	const decades = ({ low, high }: { low: number; high: number }) =>
		Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
	return [
		`<text x="${left}" y="22">${escaped(title)}</text>`,
		...decades(up).map(
			(one) =>
				`<line class="line" x1="${left}" x2="${left + PANEL.width}" y1="${y(one)}" y2="${y(one)}"/><text class="small" x="${left - 6}" y="${y(one) + 4}" text-anchor="end">${round(one)}</text>`,
		),
		...decades(across).map(
			(one) =>
				`<text class="small" x="${x(one)}" y="${PANEL.top + PANEL.height + 16}" text-anchor="middle">${round(one)} items</text>`,
		),
		...known.map(({ name, points }) => {
			const colour = COLOURS[series.findIndex((one) => one.name === name) % COLOURS.length];
			const path = points.map((point) => `${x(point.items).toFixed(1)},${y(point.y).toFixed(1)}`).join(' ');
			return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`;
		}),
	];
}

/** Time and memory an item, against the number of items: a line that does not rise is what is wanted. */
export function growthChart(results: Result[]): string {
	const series = results.flatMap((result) => result.series ?? []);
	if (series.length === 0) return svg('Growth', 20, []);
	const height = PANEL.top + PANEL.height + 50 + series.length * 20;
	const legend = series.map(
		({ name }, index) =>
			`<rect x="60" y="${PANEL.top + PANEL.height + 36 + index * 20}" width="12" height="12" fill="${COLOURS[index % COLOURS.length]}"/><text x="80" y="${PANEL.top + PANEL.height + 47 + index * 20}">${escaped(name)}</text>`,
	);
	return svg('Time and memory an item', height, [
		...panel(series, PANEL.left, 'Milliseconds an item', ({ millisecondsAnItem }) => millisecondsAnItem),
		...panel(
			series,
			PANEL.left + 450,
			'Kilobytes an item, at most',
			({ kilobytesAnItem }) => kilobytesAnItem,
		),
		...legend,
	]);
}
