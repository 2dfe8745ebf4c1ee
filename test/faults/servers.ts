import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { freePort } from '../../sandbox/src/n8n';
import type { QueueServices } from '../../sandbox/src/queue-settings';
import { eventually } from '../support/house';

/** Debian puts PostgreSQL's server where no PATH leads. */
const POSTGRES_BIN = [
	'/usr/lib/postgresql/17/bin',
	'/usr/lib/postgresql/16/bin',
	'/usr/lib/postgresql/15/bin',
].find(existsSync);
const REDIS_BIN = [
	'/usr/bin/redis-server',
	'/usr/local/bin/redis-server',
	'/opt/homebrew/bin/redis-server',
].find(existsSync);

/** Whether this machine has the programs from which the lab starts servers of its own. */
export const hasServerPrograms = POSTGRES_BIN !== undefined && REDIS_BIN !== undefined;

/** PostgreSQL refuses to run as root; then it runs as the user that its package made. */
function unprivileged(): { uid?: number; gid?: number } {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString());
	return { uid: id('-u'), gid: id('-g') };
}

interface Server {
	/** Ends it as a power cut would, and starts it again on what it had written. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

async function serve(start: () => ChildProcess, isUp: () => Promise<unknown>): Promise<Server> {
	let child = start();
	const end = async (signal: 'SIGKILL' | 'SIGINT') => {
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill(signal);
		await ended;
	};
	// Right after a power cut a server may still find traces of itself, and end at once.
	const untilUp = async () =>
		await eventually(async () => {
			if (child.exitCode !== null) child = start();
			await isUp();
		}, 60);
	await untilUp();
	return {
		restart: async () => {
			await end('SIGKILL');
			child = start();
			await untilUp();
		},
		stop: async () => await end('SIGINT'),
	};
}

async function startRedis(folder: string, port: number): Promise<Server> {
	const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
	return await serve(
		() => spawn(REDIS_BIN ?? '', [...place, ...durable], { stdio: 'ignore' }),
		async () => {
			const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
			redis.on('error', () => undefined);
			await redis.connect().then(async () => await redis.ping());
			redis.disconnect();
		},
	);
}

async function startPostgres(folder: string, port: number): Promise<Server> {
	const user = unprivileged();
	const data = path.join(folder, 'postgres');
	const program = (name: string) => path.join(POSTGRES_BIN ?? '', name);
	if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
	const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };
	execFileSync(program('initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8'], {
		...options,
		stdio: 'ignore',
	});
	const place = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
	return await serve(
		() => spawn(program('postgres'), place, { ...options, stdio: 'ignore' }),
		async () => {
			const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
			client.on('error', () => undefined);
			await client.connect();
			await client.end();
		},
	);
}

export interface PrivateServers {
	services: Pick<QueueServices, 'redis' | 'postgres'>;
	restart: Record<'redis' | 'postgres', () => Promise<void>>;
	stop(): Promise<void>;
}

/** Starts a Redis and a PostgreSQL that only the lab uses, so that it may cut their power. */
export async function startServers(): Promise<PrivateServers> {
	const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-servers-'));
	const ports = { redis: await freePort(), postgres: await freePort() };
	const redis = await startRedis(folder, ports.redis);
	const postgres = await startPostgres(folder, ports.postgres);
	return {
		services: {
			redis: { host: '127.0.0.1', port: ports.redis, db: 0 },
			postgres: { host: '127.0.0.1', port: ports.postgres, user: 'postgres', password: '' },
		},
		restart: { redis: redis.restart, postgres: postgres.restart },
		stop: async () => {
			await Promise.all([redis.stop(), postgres.stop()]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
