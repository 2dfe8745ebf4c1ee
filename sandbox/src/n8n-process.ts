import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { n8nBin, nodeForN8n } from './runtime';

const START_TIMEOUT_SECONDS = 300;
const STOP_TIMEOUT_SECONDS = 20;

export interface ProcessOptions {
	/** As people and messages call it, such as `worker 1`. */
	name: string;
	/** n8n's start script; the sandbox's own unless given. */
	bin?: string;
	/** n8n's command with its flags. */
	command: string[];
	cwd: string;
	env: Record<string, string>;
	/** Where it says on this machine that it is ready. */
	health: string;
	/** The file for everything it writes. */
	log: string;
}

/** One n8n process: it can be ended kindly or as by a power cut, and started again at the same address. */
export class N8nProcess {
	private child?: ChildProcess;

	constructor(readonly options: ProcessOptions) {
		writeFileSync(options.log, '');
	}

	/** Whether it was started and has not ended. */
	get isRunning(): boolean {
		return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/**
	 * Starts the process and waits until it is ready.
	 *
	 * @throws Error with the end of its log when it does not come up
	 */
	async start(): Promise<void> {
		const { bin = n8nBin, command, cwd, env, log } = this.options;
		this.child = spawn(nodeForN8n(), [bin, ...command], { cwd, stdio: ['ignore', 'pipe', 'pipe'], env });
		const keep = (chunk: Buffer) => appendFileSync(log, chunk);
		this.child.stdout?.on('data', keep);
		this.child.stderr?.on('data', keep);
		await this.untilReady();
	}

	private async untilReady(): Promise<void> {
		const { name, health, log } = this.options;
		const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
		while (Date.now() < deadline && this.isRunning) {
			const answer = await fetch(health).catch(() => undefined);
			if (answer?.ok) return;
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
		await this.stop();
		throw new Error(`n8n (${name}) did not come up:\n${readFileSync(log, 'utf8').slice(-3000)}`);
	}

	/** The process's id; undefined while it does not run. */
	get pid(): number | undefined {
		return this.child?.pid;
	}

	/** Ends the process, at first kindly. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends the process as a power cut would. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_SECONDS * 1000);
		await ended;
		clearTimeout(timer);
	}
}
