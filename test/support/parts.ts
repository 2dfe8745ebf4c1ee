import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Describes all test files of a folder as one suite. Each file that jest runs by itself loads n8n-core anew,
 * which takes longer than most of the tests; together they load it once.
 *
 * @param folder absolute
 */
export function describeParts(folder: string): void {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.test.ts'),
	);
	for (const file of files.sort()) {
		describe(file.replace(/\.test\.ts$/, ''), () => {
			jest.requireActual(path.join(folder, file));
		});
	}
}
