import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { POSTGRES, postgresCredential } from '../../sandbox/src/database';
import { WORKFLOWS } from '../../workflows/build/files';
import { theHouse } from './house';

const run = promisify(execFile);

/** A database of our own, so that whatever else the server holds is left alone. */
const DATABASE = `frontdesk_test_${process.pid}`;

let opened: Promise<void> | undefined;

/** Runs SQL with psql, PostgreSQL's own client; ends with its error. */
async function psql(database: string, ...args: string[]): Promise<string> {
	const { stdout } = await run('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', database, ...args], {
		env: { ...process.env, PGHOST: POSTGRES.host, PGPORT: String(POSTGRES.port), PGUSER: POSTGRES.user },
	});
	return stdout;
}

async function create(): Promise<void> {
	await psql('postgres', '-c', `CREATE DATABASE ${DATABASE}`);
	await psql(DATABASE, '-f', path.join(WORKFLOWS, 'postgres.sql'));
	const { name, type, data } = postgresCredential(DATABASE);
	await theHouse().editor.saveCredential(name, type, data);
}

/**
 * Runs SQL in a database that holds Frontdesk's tables and is the one of n8n's credential; made on the first call.
 *
 * @returns what psql prints, without headers
 */
export async function inPostgres(sql: string): Promise<string> {
	opened ??= create();
	await opened;
	return await psql(DATABASE, '-c', sql);
}

/** Drops the database, where one was made. */
export async function dropPostgres(): Promise<void> {
	if (!opened) return;
	opened = undefined;
	await psql('postgres', '-c', `DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
}
