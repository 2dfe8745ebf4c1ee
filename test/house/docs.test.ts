import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(__dirname, '../..');

it('keeps pages and pictures as nodes and flows are', async () => {
	const args = [require.resolve('tsx/cli'), 'docs/generate/run.ts', '--check'];
	const { stdout, message } = await promisify(execFile)(process.execPath, args, { cwd: ROOT }).then(
		({ stdout }) => ({ stdout, message: '' }),
		(error: { stdout: string; message: string }) => error,
	);
	expect([stdout, message]).toEqual(['', '']);
}, 120_000);
