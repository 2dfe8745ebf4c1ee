import { readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../package.json';
import { run } from '../sandbox/src/shell';

const ROOT = path.resolve(__dirname, '..');

/** What users get: a change here is one they may notice. */
const PRODUCT = ['nodes', 'credentials', 'lib', 'workflows/*/*.json', 'workflows/*.json', 'workflows/*.sql'];
/** A commit that users do not notice says so in its message. */
const UNNOTICED = /^changelog: none$/im;

const git = async (...args: string[]) => (await run('git', args, ROOT)).trim();

/** The heading of a version: its date, or "Unreleased"; undefined where the changelog does not have it. */
export const headingOf = (changelog: string, wanted: string): string | undefined =>
	changelog
		.split('\n')
		.map((line) => /^## \[([^\]]+)\] - (.+)$/.exec(line))
		.find((match) => match?.[1] === wanted)?.[2];

/** Commits to the product that came after the last change of CHANGELOG.md, as `hash subject`. */
async function untoldCommits(): Promise<string[]> {
	const told = await git('log', '-1', '--format=%H', '--', 'CHANGELOG.md');
	const log = await git('log', '--format=%h%x1f%s%x1f%B%x1e', `${told}..HEAD`, '--', ...PRODUCT);
	return log
		.split('\x1e')
		.map((entry) => entry.trim().split('\x1f'))
		.filter(([hash, , body = '']) => hash && !UNNOTICED.test(body))
		.map(([hash, subject]) => `${hash} ${subject}`);
}

/**
 * Holds CHANGELOG.md against package.json and git: there is an entry of this version, it has a date once the commit
 * is tagged, and no commit to the product came after the last change of the changelog. Whether the words are right
 * only a reader can tell.
 *
 * @returns what was found
 * @throws Error that says what is missing
 */
export async function checkChangelog(): Promise<string> {
	const heading = headingOf(readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8'), version);
	if (!heading) throw new Error(`CHANGELOG.md has no entry "## [${version}] - <date>"`);
	const tags = (await git('tag', '--points-at', 'HEAD')).split('\n');
	if (tags.includes(`v${version}`) && !/^\d{4}-\d{2}-\d{2}$/.test(heading))
		throw new Error(`This commit is tagged v${version}, and CHANGELOG.md calls it "${heading}"`);
	const untold = await untoldCommits();
	if (untold.length > 0)
		throw new Error(
			['Commits since CHANGELOG.md was changed; tell of them, or end their message "Changelog: none":']
				.concat(untold)
				.join('\n'),
		);
	return `${version}, ${heading}; no commit to the product since`;
}
