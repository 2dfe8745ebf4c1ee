import { execFile } from 'node:child_process';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { REDIS, redisCredential } from '../../sandbox/src/database';
import { theHouse } from './house';

const run = promisify(execFile);

/** Says whose a database is: this machine's name and the process. */
const OWNER = 'frontdesk:test';
/** Number 0 is everybody's. */
const DATABASES = Array.from({ length: 15 }, (_, index) => 15 - index);
const PATIENCE_MILLISECONDS = 10_000;
/** Takes a database that is empty, or belongs to whom the caller knows to be gone. */
const TAKE = `if redis.call('DBSIZE') > 0 and (ARGV[2] == '' or redis.call('GET', KEYS[1]) ~= ARGV[2]) then return 0 end
redis.call('FLUSHDB')
redis.call('SET', KEYS[1], ARGV[1])
return 1`;

let opened: Promise<number> | undefined;

/** Runs a command with redis-cli, Redis' own client; ends with its error, and does not wait for a server that is not there. */
async function redisCli(database: number, ...command: string[]): Promise<string> {
	const args = [
		'-h',
		REDIS.host,
		'-p',
		String(REDIS.port),
		'-n',
		String(database),
		'--raw',
		'-e',
		...command,
	];
	const env = { ...process.env, ...(REDIS.password && { REDISCLI_AUTH: REDIS.password }) };
	const { stdout } = await run('redis-cli', args, { env, timeout: PATIENCE_MILLISECONDS });
	return stdout.trim();
}

/** Whether a test that took a database on this machine was killed before it gave it back. */
function isGone(owner: string): boolean {
	const [host, pid] = owner.split(' ');
	if (host !== hostname()) return false;
	try {
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}

/** Takes the first database that holds nothing, or what a killed test left in it. */
async function takeDatabase(): Promise<number> {
	const me = `${hostname()} ${process.pid}`;
	for (const database of DATABASES) {
		const owner = await redisCli(database, 'GET', OWNER);
		const former = owner !== '' && isGone(owner) ? owner : '';
		if ((await redisCli(database, 'EVAL', TAKE, '1', OWNER, me, former)) === '1') return database;
	}
	throw new Error('Every Redis database from 1 to 15 holds something: the tests need an empty one');
}

async function open(): Promise<number> {
	await redisCli(0, 'PING').catch((error: Error) => {
		throw new Error(
			`No Redis answers at ${REDIS.host}:${REDIS.port}, which the flow "Claim a key once (Redis)" is tested with. Start one, or set REDIS_HOST, REDIS_PORT and REDIS_PASSWORD; redis-cli has to be there too (Debian: redis-tools). ${error.message}`,
		);
	});
	const database = await takeDatabase();
	const { name, type, data } = redisCredential({ ...REDIS, db: database });
	await theHouse().editor.saveCredential(name, type, data);
	return database;
}

/**
 * Runs a Redis command in a database that is the tests' own and that of n8n's credential; taken on the first call.
 *
 * @returns what redis-cli prints, a line an entry
 * @throws Error that says how to get a Redis where none answers
 */
export async function inRedis(...command: string[]): Promise<string> {
	opened ??= open();
	return await redisCli(await opened, ...command);
}

/** Empties the database and gives it back, where one was taken. */
export async function dropRedis(): Promise<void> {
	const database = await opened?.catch(() => undefined);
	opened = undefined;
	if (database !== undefined) await redisCli(database, 'FLUSHDB');
}
