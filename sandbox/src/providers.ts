import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { SandboxEntry } from '../simulators/kit';
import { SANDBOX } from './paths';

const FOLDER = path.join(SANDBOX, 'simulators');

/** Every provider that has a simulator file with a `sandbox` entry: a new one needs no line here. */
export async function providers(): Promise<SandboxEntry[]> {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
	const modules = await Promise.all(
		files.sort().map(async (file) => (await import(path.join(FOLDER, file))) as { sandbox?: SandboxEntry }),
	);
	return modules.flatMap(({ sandbox }) => sandbox ?? []);
}
