import type { SandboxEntry } from '../simulators/kit';

type Credential = NonNullable<SandboxEntry['credentials']>[number];

export interface PostgresServer {
	host: string;
	port: number;
	user: string;
	password: string;
}

/** The PostgreSQL server of queue mode and of the flows named "(Postgres)"; nothing else in the sandbox needs one. */
export const POSTGRES: PostgresServer = {
	host: process.env.PGHOST ?? '127.0.0.1',
	port: Number(process.env.PGPORT ?? 5432),
	user: process.env.PGUSER ?? 'postgres',
	password: process.env.PGPASSWORD ?? '',
};

/** n8n's credential for a database of a server; saving it connects to nothing. */
export const postgresCredential = (
	database = process.env.PGDATABASE ?? 'test',
	server: PostgresServer = POSTGRES,
): Credential => ({
	name: 'Postgres',
	type: 'postgres',
	data: { ...server, database, ssl: 'disable' },
});

export interface RedisServer {
	host: string;
	port: number;
	db: number;
	username?: string;
	password?: string;
}

/**
 * The Redis server of queue mode and of the flow named "(Redis)": n8n's own variables, then Redis's usual ones. Nothing
 * else in the sandbox needs one.
 */
export const REDIS: RedisServer = {
	host: process.env.QUEUE_BULL_REDIS_HOST ?? process.env.REDIS_HOST ?? '127.0.0.1',
	port: Number(process.env.QUEUE_BULL_REDIS_PORT ?? process.env.REDIS_PORT ?? 6379),
	db: Number(process.env.QUEUE_BULL_REDIS_DB ?? 0),
	username: process.env.QUEUE_BULL_REDIS_USERNAME,
	password: process.env.QUEUE_BULL_REDIS_PASSWORD ?? process.env.REDIS_PASSWORD,
};

/** n8n's credential for a Redis server; saving it connects to nothing. */
export const redisCredential = ({
	host,
	port,
	db,
	username = '',
	password = '',
}: RedisServer): Credential => ({
	name: 'Redis',
	type: 'redis',
	data: { host, port, user: username, password, database: db, ssl: false },
});

/** The credentials of every database that a flow may keep its state in; queue mode has servers of its own. */
export const databaseCredentials = (own?: {
	database: string;
	postgres: PostgresServer;
	redis: RedisServer;
}): Credential[] => [postgresCredential(own?.database, own?.postgres), redisCredential(own?.redis ?? REDIS)];
