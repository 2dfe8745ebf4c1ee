import { isMet, type Aim, type Finding, type Result } from './define';
import { milliseconds, round } from './statistics';

const withUnit = (value: number, unit: string) =>
	unit === 'ms' ? milliseconds(value) : `${round(value)}${unit.startsWith('×') ? '' : ' '}${unit}`;

/** Such as "at least 8× as fast". */
export const aimText = (aim: Aim | undefined): string =>
	aim ? `${aim.bound === 'atLeast' ? 'at least' : 'at most'} ${withUnit(aim.value, aim.unit)}` : '';

/** What was reached, in the aim's unit; a plain ratio where there is no aim. */
export const scoreText = ({ score, aim }: Pick<Finding, 'score' | 'aim'>): string =>
	score === undefined ? '' : withUnit(score, aim?.unit ?? '×');

const row = (cells: string[]) => `| ${cells.join(' | ')} |`;

function rowOf(result: Result, finding: Finding, position: number, before?: Finding): string[] {
	const met = isMet(finding);
	return [
		position === 0 ? result.bench.title : '',
		position === 0 ? result.bench.against : '',
		finding.what,
		finding.ours,
		finding.theirs ?? '',
		scoreText(finding),
		before ? scoreText(before) : '',
		aimText(finding.aim),
		met === undefined ? '' : met ? 'yes' : '**no**',
	];
}

/**
 * A table in Markdown.
 *
 * @param results of this run
 * @param before the results of the run before
 */
export function tableOf(results: Result[], before: Result[]): string {
	const head = ['what', 'against', 'figure', 'ours', 'theirs', 'reached', 'run before', 'aim', 'met'];
	const rows = results.flatMap((result) => {
		const earlier = before.find(({ bench }) => bench.name === result.bench.name)?.findings ?? [];
		return result.findings.map((finding, position) =>
			rowOf(
				result,
				finding,
				position,
				earlier.find(({ what }) => what === finding.what),
			),
		);
	});
	return [head, head.map(() => '---'), ...rows].map(row).join('\n');
}
