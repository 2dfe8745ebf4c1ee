import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { packedTarball } from './pack';
import type { Proxy } from './proxy';
import { ensureN8n, n8nBin, nodeForN8n } from './runtime';
import { run } from './shell';

export interface N8nOptions {
	/** Where n8n keeps its database, key and community packages. */
	home: string;
	proxy: Proxy;
	/** The port to try first; any free one unless given. */
	port?: number;
	/** More or other environment variables, such as queue mode's. */
	env?: Record<string, string>;
}

const START_TIMEOUT_SECONDS = 120;
const STOP_TIMEOUT_SECONDS = 20;

/** A port of 127.0.0.1 that nobody listens on: the wished one, or any. */
export async function freePort(wished = 0): Promise<number> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(freePort()));
		server.listen(wished, '127.0.0.1', () => {
			const { port } = server.address() as { port: number };
			server.close(() => resolve(port));
		});
	});
}

/** Puts the packed package where n8n looks for community packages, unless that very tarball is there. */
async function installPackage(home: string): Promise<void> {
	const tarball = await packedTarball();
	const folder = path.join(home, '.n8n', 'nodes');
	const stamp = path.join(folder, '.tarball');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === tarball) return;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true }),
	);
	// n8n itself provides the peer dependency n8n-workflow, so npm must not fetch it.
	const flags = [
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
		'--omit=peer',
		'--offline',
	];
	await run('npm', ['install', tarball, ...flags], folder);
	writeFileSync(stamp, tarball);
}

function encryptionKey(home: string): string {
	const file = path.join(home, 'encryption-key');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

/** A real n8n in a process of its own, with the packed package installed and the proxy as its only way out. */
export class N8n {
	private child?: ChildProcess;
	/** Where the editor and the webhooks are. */
	url = '';
	/** Everything n8n wrote, for tests that look for secrets and people who look for causes. */
	readonly log: string;

	constructor(private readonly options: N8nOptions) {
		this.log = path.join(options.home, 'n8n.log');
	}

	/**
	 * Starts n8n and waits until it answers.
	 *
	 * @throws Error with the end of n8n's log when it does not come up
	 */
	async start(): Promise<void> {
		const { home, proxy } = this.options;
		mkdirSync(home, { recursive: true });
		await ensureN8n();
		await installPackage(home);
		const port = await freePort(this.options.port);
		this.url = `http://127.0.0.1:${port}`;
		this.child = spawn(nodeForN8n(), [n8nBin, 'start'], {
			cwd: home,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {
				PATH: process.env.PATH,
				HOME: home,
				N8N_USER_FOLDER: home,
				N8N_ENCRYPTION_KEY: encryptionKey(home),
				N8N_PORT: String(port),
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				N8N_HOST: '127.0.0.1',
				N8N_SECURE_COOKIE: 'false',
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				N8N_DIAGNOSTICS_ENABLED: 'false',
				N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
				N8N_TEMPLATES_ENABLED: 'false',
				N8N_PERSONALIZATION_ENABLED: 'false',
				N8N_LOG_LEVEL: 'info',
				HTTPS_PROXY: proxy.url,
				HTTP_PROXY: proxy.url,
				NO_PROXY: '127.0.0.1,localhost',
				NODE_EXTRA_CA_CERTS: proxy.certificate,
				// Providers are given https addresses in production, and some refuse any other.
				WEBHOOK_URL: 'https://n8n.frontdesk.example/',
				...this.options.env,
			},
		});
		writeFileSync(this.log, '');
		const keep = (chunk: Buffer) => appendFileSync(this.log, chunk);
		this.child.stdout?.on('data', keep);
		this.child.stderr?.on('data', keep);
		await this.untilReady();
	}

	private async untilReady(): Promise<void> {
		const deadline = Date.now() + START_TIMEOUT_SECONDS * 1000;
		while (Date.now() < deadline) {
			if (this.child?.exitCode !== null) break;
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			if (answer?.ok) return;
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
		await this.stop();
		throw new Error(`n8n did not come up:\n${readFileSync(this.log, 'utf8').slice(-3000)}`);
	}

	/** Ends n8n, at first kindly. */
	async stop(): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (!child || child.exitCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_SECONDS * 1000);
		await ended;
		clearTimeout(timer);
	}

	/** Ends n8n as a power cut would. */
	async kill(): Promise<void> {
		const { child } = this;
		this.child = undefined;
		if (!child || child.exitCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await ended;
	}
}
