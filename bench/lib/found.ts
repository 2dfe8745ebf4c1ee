import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Bench, NamedBench } from './define';

const FOLDER = path.resolve(__dirname, '../cases');

/** Every bench in `bench/cases`, in the order of the tables: a new one needs no line here. */
export async function findBenches(): Promise<NamedBench[]> {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
	const benches = await Promise.all(
		files.map(async (file) => {
			const { bench } = (await import(path.join(FOLDER, file))) as { bench: Bench };
			return { ...bench, name: path.basename(file, '.ts') };
		}),
	);
	return benches.sort((a, b) => a.order - b.order);
}
