import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { WORKFLOWS } from '../../workflows/build/files';
import type { RedisServer } from './database';
import type { QueueServices } from './queue-settings';

/** Where PostgreSQL is asked for databases, as it has this one from the start. */
const MAINTENANCE = 'postgres';

async function inDatabase<T>(
	{ postgres }: QueueServices,
	database: string,
	act: (client: Client) => Promise<T>,
): Promise<T> {
	const client = new Client({ ...postgres, database });
	try {
		await client.connect();
	} catch (error) {
		const { code, message } = error as Error & { code?: string };
		throw new Error(
			`Queue mode needs PostgreSQL at ${postgres.host}:${postgres.port} (${message || code}): start it, or set PGHOST, PGPORT, PGUSER and PGPASSWORD.`,
		);
	}
	try {
		return await act(client);
	} finally {
		await client.end();
	}
}

async function inRedis<T>(server: RedisServer, act: (redis: Redis) => Promise<T>): Promise<T> {
	const redis = new Redis({ ...server, lazyConnect: true, retryStrategy: () => null });
	// Without a listener ioredis prints what connect() throws anyway.
	let reason = '';
	redis.on('error', ({ message, code }: Error & { code?: string }) => (reason = message || String(code)));
	try {
		await redis.connect();
	} catch (error) {
		throw new Error(
			`Queue mode needs Redis at ${server.host}:${server.port} (${reason || (error as Error).message}): start it, or set QUEUE_BULL_REDIS_HOST and QUEUE_BULL_REDIS_PORT.`,
		);
	}
	try {
		return await act(redis);
	} finally {
		redis.disconnect();
	}
}

/**
 * Makes what a queue mode keeps its things in: a database with Frontdesk's own tables, for the flows named "(Postgres)".
 * n8n makes its tables beside them.
 *
 * @throws Error of one line that says what to start, where a server does not answer
 */
export async function openServices(services: QueueServices): Promise<void> {
	await inRedis(services.redis, async (redis) => await redis.ping());
	await inDatabase(services, MAINTENANCE, async (client) => {
		await client.query(`CREATE DATABASE ${services.database}`);
	});
	const tables = await readFile(path.join(WORKFLOWS, 'postgres.sql'), 'utf8');
	await inDatabase(services, services.database, async (client) => await client.query(tables));
}

/** Takes the database and the keys away again; what else the servers hold is left alone. */
export async function dropServices(services: QueueServices): Promise<void> {
	await inRedis(services.redis, async (redis) => {
		for await (const keys of redis.scanStream({ match: `*${services.prefix}:*`, count: 1000 })) {
			if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
		}
	});
	await inDatabase(services, MAINTENANCE, async (client) => {
		await client.query(`DROP DATABASE IF EXISTS ${services.database} WITH (FORCE)`);
	});
}
