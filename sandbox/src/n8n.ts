import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { N8nProcess } from './n8n-process';
import { packedTarball } from './pack';
import type { Proxy } from './proxy';
import { ensureN8n } from './runtime';
import { run } from './shell';

export interface N8nOptions {
	/** Where n8n keeps its database, key and community packages. */
	home: string;
	proxy: Proxy;
	/** The port to try first; any free one unless given. */
	port?: number;
	/** More or other environment variables. */
	env?: Record<string, string>;
	/** Tarballs to install as community packages; the whole package of this checkout unless given. */
	packages?: string[];
	/** Another n8n's start script than the sandbox's own, which is installed on the first start. */
	bin?: string;
}

/** An n8n as the sandbox runs it: one process, or several that share the work. */
export interface Installation {
	/** Where the editor is. */
	readonly url: string;
	/** Where the production webhooks are. */
	readonly webhookUrl: string;
	/** Everything that the process with the editor wrote, for tests that look for secrets and people who look for causes. */
	readonly log: string;
	/** By name: one `main`; in queue mode also `worker 1`, `worker 2` and `webhook`. */
	readonly processes: ReadonlyMap<string, N8nProcess>;
	/** @throws Error in words for people where something does not come up */
	start(): Promise<void>;
	stop(): Promise<void>;
}

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

/** Puts packed packages where n8n looks for community packages, unless those very tarballs are there. */
async function installPackages(home: string, tarballs: string[]): Promise<void> {
	const folder = path.join(home, '.n8n', 'nodes');
	const stamp = path.join(folder, '.tarball');
	const wanted = tarballs.join('\n');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true }),
	);
	if (tarballs.length === 0) return;
	// n8n itself provides the peer dependency n8n-workflow, so npm must not fetch it.
	const flags = [
		'--ignore-scripts',
		'--legacy-peer-deps',
		'--no-audit',
		'--no-fund',
		'--omit=peer',
		'--offline',
	];
	await run('npm', ['install', ...tarballs, ...flags], folder);
	writeFileSync(stamp, wanted);
}

function encryptionKey(home: string): string {
	const file = path.join(home, 'encryption-key');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

/** Makes n8n's folder, n8n itself and the packed package in it, where they are not there yet. */
export async function prepareHome({ home, packages }: N8nOptions): Promise<void> {
	mkdirSync(home, { recursive: true });
	await ensureN8n();
	await installPackages(home, packages ?? [await packedTarball()]);
}

/** The environment that every n8n process of the sandbox has, whatever its mode. */
export async function commonEnvironment({ home, proxy, env }: N8nOptions): Promise<Record<string, string>> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: home,
		N8N_USER_FOLDER: home,
		N8N_ENCRYPTION_KEY: encryptionKey(home),
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
		...env,
	};
}

/** A real n8n in a process of its own, with the packed package installed and the proxy as its only way out. */
export class N8n implements Installation {
	readonly processes = new Map<string, N8nProcess>();
	url = '';
	readonly log: string;

	constructor(private readonly options: N8nOptions) {
		this.log = path.join(options.home, 'n8n.log');
	}

	get webhookUrl(): string {
		return this.url;
	}

	/**
	 * Starts n8n and waits until it answers.
	 *
	 * @throws Error with the end of n8n's log when it does not come up
	 */
	async start(): Promise<void> {
		await prepareHome(this.options);
		const port = await freePort(this.options.port);
		this.url = `http://127.0.0.1:${port}`;
		const main = new N8nProcess({
			name: 'main',
			bin: this.options.bin,
			command: ['start'],
			cwd: this.options.home,
			log: this.log,
			health: `${this.url}/healthz/readiness`,
			env: { ...(await commonEnvironment(this.options)), N8N_PORT: String(port) },
		});
		this.processes.set('main', main);
		await main.start();
	}

	/** Ends n8n, at first kindly. */
	async stop(): Promise<void> {
		for (const process of this.processes.values()) await process.stop();
	}
}
