import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SANDBOX } from '../../sandbox/src/paths';
import { nodeForN8n } from '../../sandbox/src/runtime';

/** What the figures were measured on, and how busy it was. */
export interface Machine {
	processor: string;
	cores: number;
	gigabytes: number;
	system: string;
	n8n: string;
	node: string;
	/** Processes that wanted to run, on average over the minute before. */
	loadBefore: number;
}

/** Describes this machine; call it before anything runs. */
export function thisMachine(): Machine {
	const { version } = JSON.parse(
		readFileSync(path.join(SANDBOX, 'node_modules/n8n/package.json'), 'utf8'),
	) as { version: string };
	return {
		processor: os.cpus()[0]?.model.trim() || os.arch(),
		cores: os.availableParallelism(),
		gigabytes: Math.round(os.totalmem() / 2 ** 30),
		system: `${os.type()} ${os.release().split('-')[0] ?? ''}`,
		n8n: version,
		node: execFileSync(nodeForN8n(), ['--version'], { encoding: 'utf8' }).trim(),
		loadBefore: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
	};
}
