import { POSTGRES, type PostgresServer, REDIS, type RedisServer } from './database';

/** How many workers the sandbox starts: the fewest of which one can die while another goes on. */
export const WORKERS = 2;

export type Role = 'main' | 'worker' | 'webhook';

/** Where a queue mode keeps what all its processes share. */
export interface QueueServices {
	redis: RedisServer;
	postgres: PostgresServer;
	/** The database of PostgreSQL that is n8n's alone. */
	database: string;
	/** What every key and channel in Redis begins with. */
	prefix: string;
}

/** The command that starts each kind of process. Ten at once is what n8n itself takes; it advises five at least. */
export const COMMANDS: Record<Role, string[]> = {
	main: ['start'],
	worker: ['worker', '--concurrency=10'],
	webhook: ['webhook'],
};

/** What makes an n8n one of a queue mode, wherever it runs. The compose file in docs/scaling says the same. */
const QUEUE_SETTINGS: Record<'all' | Role, Record<string, string>> = {
	all: {
		EXECUTIONS_MODE: 'queue',
		DB_TYPE: 'postgresdb',
		// Else the editor's process runs what people try out, beside its own work.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	},
	main: {
		// The webhook processes answer; a burst of webhooks then never slows the editor and the schedules down.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	},
	worker: { QUEUE_HEALTH_CHECK_ACTIVE: 'true' },
	webhook: {},
};

/** The addresses of one queue mode's services, as n8n reads them. */
function addresses({ redis, postgres, database, prefix }: QueueServices): Record<string, string> {
	return {
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_DB: String(redis.db),
		...(redis.username && { QUEUE_BULL_REDIS_USERNAME: redis.username }),
		...(redis.password && { QUEUE_BULL_REDIS_PASSWORD: redis.password }),
		QUEUE_BULL_PREFIX: prefix,
		// The queue's prefix does not cover what the processes tell each other.
		N8N_REDIS_KEY_PREFIX: prefix,
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: database,
	};
}

/** What an n8n of that role needs to be part of a queue mode. */
export const queueEnvironment = (role: Role, services: QueueServices): Record<string, string> => ({
	...QUEUE_SETTINGS.all,
	...QUEUE_SETTINGS[role],
	...addresses(services),
});

let opened = 0;

/** Services for one more queue mode on these servers, with a database and a prefix that no other has. */
export function ownServices(servers: Partial<Pick<QueueServices, 'redis' | 'postgres'>> = {}): QueueServices {
	const name = `frontdesk_queue_${process.pid}_${++opened}`;
	return { redis: REDIS, postgres: POSTGRES, database: name, prefix: name, ...servers };
}
