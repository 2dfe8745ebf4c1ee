import { readdirSync } from 'node:fs';
import path from 'node:path';

interface Parts {
	/** How the names of the files end. */
	ending?: string;
	/** Names without the ending; all unless given. */
	only?: string[];
	/** `[2, 3]`: every third file, from the second on. */
	share?: [number, number];
}

/**
 * Describes all test files of a folder as one suite. Each file that jest runs by itself loads n8n-core anew,
 * which takes longer than most of the tests; together they load it once.
 *
 * @param folder absolute
 */
export function describeParts(
	folder: string,
	{ ending = '.test.ts', only, share = [1, 1] }: Parts = {},
): void {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith(ending),
	);
	const [which, of] = share;
	for (const file of files.sort().filter((_, index) => index % of === which - 1)) {
		const name = file.slice(0, -ending.length);
		if (only && !only.includes(name)) continue;
		describe(name, () => {
			jest.requireActual(path.join(folder, file));
		});
	}
}
