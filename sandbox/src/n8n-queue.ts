import path from 'node:path';
import { commonEnvironment, freePort, type Installation, type N8nOptions, prepareHome } from './n8n';
import { N8nProcess } from './n8n-process';
import { dropServices, openServices } from './queue-services';
import { COMMANDS, queueEnvironment, type QueueServices, type Role, WORKERS } from './queue-settings';

export interface N8nQueueOptions extends N8nOptions {
	services: QueueServices;
}

/** n8n in queue mode: the editor and schedules in one process, two workers, and one process for webhooks. */
export class N8nQueue implements Installation {
	readonly processes = new Map<string, N8nProcess>();
	readonly log: string;
	url = '';
	webhookUrl = '';
	private opened = false;

	/** What its processes share. */
	get services(): QueueServices {
		return this.options.services;
	}

	constructor(private readonly options: N8nQueueOptions) {
		this.log = path.join(options.home, 'main.log');
	}

	/**
	 * Makes database and queue, and starts all processes.
	 *
	 * @throws Error that says which server to start, or with the end of a process's log
	 */
	async start(): Promise<void> {
		await openServices(this.options.services);
		this.opened = true;
		await prepareHome(this.options);
		this.url = await this.add('main', 'main', this.options.port);
		// It brings the database up to date; the others only use it.
		await this.processes.get('main')?.start();
		for (let number = 1; number <= WORKERS; number++) await this.add(`worker ${number}`, 'worker');
		this.webhookUrl = await this.add('webhook', 'webhook');
		const others = [...this.processes.values()].filter(({ isRunning }) => !isRunning);
		await Promise.all(others.map(async (process) => await process.start()));
	}

	/** @returns where the process answers */
	private async add(name: string, role: Role, wishedPort?: number): Promise<string> {
		const { home, services } = this.options;
		const port = String(await freePort(wishedPort));
		const url = `http://127.0.0.1:${port}`;
		const env = {
			...(await commonEnvironment(this.options)),
			...queueEnvironment(role, services),
			...(role === 'worker'
				? { QUEUE_HEALTH_CHECK_PORT: port, N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' }
				: { N8N_PORT: port }),
		};
		const log = path.join(home, `${name.replace(' ', '-')}.log`);
		const health = `${url}/healthz/readiness`;
		this.processes.set(name, new N8nProcess({ name, command: COMMANDS[role], cwd: home, env, log, health }));
		return url;
	}

	/** Ends all processes, at first kindly, and takes database and queue away. */
	async stop(): Promise<void> {
		await Promise.all([...this.processes.values()].map(async (process) => await process.stop()));
		if (this.opened) await dropServices(this.options.services);
		this.opened = false;
	}
}
