import { spawn } from 'node:child_process';

/**
 * Runs a command to its end, quietly.
 *
 * @param command name or path
 * @param args passed as they are, without a shell
 * @param cwd working directory
 * @param onTick called about once a second while it runs
 * @returns what it wrote to standard output
 * @throws Error with the end of its output when it fails
 */
export async function run(
	command: string,
	args: string[],
	cwd: string,
	onTick?: () => void,
): Promise<string> {
	const child = spawn(command, args, {
		cwd,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	let out = '';
	let all = '';
	child.stdout.on('data', (chunk: Buffer) => {
		out += chunk.toString();
		all += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => (all += chunk.toString()));
	const ticking = onTick && setInterval(onTick, 1000);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	clearInterval(ticking);
	if (code !== 0)
		throw new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${all.slice(-2000)}`);
	return out;
}

const REWRITE = '\r\x1b[2K';

/**
 * One line that is written over while work goes on, and stays when it is done; plain lines without a terminal. Work
 * within work has the line to itself until it is done.
 */
export class Progress {
	private static readonly underWay: Progress[] = [];
	private readonly started = Date.now();
	private last = this.started;
	private state = '';
	private readonly ticking: NodeJS.Timeout;

	constructor(private readonly what: string) {
		Progress.underWay.push(this);
		if (!process.stdout.isTTY) this.write(`${what} …\n`);
		this.ticking = setInterval(() => this.at(this.state), 1000);
		this.ticking.unref();
	}

	private get seconds(): string {
		const seconds = Math.round((Date.now() - this.started) / 1000);
		return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	}

	private write(text: string): void {
		process.stdout.write(text);
	}

	/** Shows where the work stands. */
	at(state: string): void {
		this.state = state;
		if (Progress.underWay.at(-1) !== this) return;
		const where = state ? `… ${state}` : '…';
		if (process.stdout.isTTY) this.write(`${REWRITE}${this.what} ${where} (${this.seconds})`);
		else if (Date.now() - this.last > 15_000) {
			this.last = Date.now();
			this.write(`${this.what} ${where} (${this.seconds})\n`);
		}
	}

	done(): void {
		clearInterval(this.ticking);
		Progress.underWay.splice(Progress.underWay.indexOf(this), 1);
		this.write(`${process.stdout.isTTY ? REWRITE : ''}${this.what}: done (${this.seconds})\n`);
	}
}
