import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '../../..');

it("keeps the providers' pages as the nodes describe themselves", async () => {
	const args = [require.resolve('tsx/cli'), 'docs/generate/run.ts', '--check'];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT }).catch(
		(error: { stdout: string }) => error,
	);
	expect(stdout).toBe('');
}, 60_000);
