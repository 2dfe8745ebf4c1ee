import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'flatted';
import type { ICredentialDataDecryptedObject, IRunExecutionData } from 'n8n-workflow';
import { secretsIn } from '../../lib/http/secrets';
import { SANDBOX } from '../../sandbox/src/paths';
import { providers } from '../../sandbox/src/providers';

/** A credential of the sandbox, and everything in it that nobody else should see, in every spelling. */
export interface Planted {
	/** Its name and type. */
	credential: string;
	spellings: string[];
}

/** A secret that was found where it does not belong. */
export interface Leak {
	credential: string;
	/** A table, a file, or the node of an execution. */
	where: string;
	/** What stands around it, for whoever looks for the cause. */
	near: string;
}

type Cell = string | number | Buffer | null;
type Row = Record<string, Cell>;

interface Database {
	all(sql: string, done: (error: Error | null, rows: Row[]) => void): void;
	close(done: () => void): void;
}

/** The table of n8n that holds credentials, encrypted. */
const CREDENTIALS = 'credentials_entity';
const EXECUTIONS = 'execution_data';
/** Characters on either side of a secret that are shown. */
const AROUND = 60;
/** What the sandbox itself keeps beside n8n, and the code that is installed. */
const NOT_KEPT_BY_N8N = /^(encryption-key|proxy-.*\.pem|node_modules|config|database\.sqlite.*|\.npm|nodes)$/;

/** n8n's own type for a header has a field that its name does not tell for a secret. */
const named = (type: string, data: object): ICredentialDataDecryptedObject => {
	const known = data as ICredentialDataDecryptedObject;
	return type === 'httpHeaderAuth' ? { ...known, secret: known.value ?? '' } : known;
};

/** Leaves out what is found anyhow where a shorter spelling is looked for. */
const shortest = (spellings: string[]): string[] =>
	spellings.filter((spelling) => !spellings.some((other) => other !== spelling && spelling.includes(other)));

/**
 * The secrets of all credentials that the sandbox makes in n8n.
 *
 * @throws Error where two different credentials could not be told apart by what is found
 */
export async function plantedSecrets(): Promise<Planted[]> {
	const given = (await providers()).flatMap(({ credentials = [] }) => credentials);
	const planted = given.map(({ name, type, data }) => ({
		credential: `${name} (${type})`,
		spellings: shortest(secretsIn(named(type, data))),
	}));
	const all = planted.flatMap(({ spellings }) => spellings);
	const parts = all.filter((one) => all.some((other) => other !== one && other.includes(one)));
	if (parts.length > 0) throw new Error(`Secrets that are a part of others: ${parts.join(', ')}`);
	return planted.filter(({ spellings }) => spellings.length > 0);
}

/** The secrets in a text; each credential at most once. */
export function leaksIn(text: string, where: string, planted: Planted[]): Leak[] {
	return planted.flatMap(({ credential, spellings }) => {
		const found = spellings.find((spelling) => text.includes(spelling));
		if (found === undefined) return [];
		const at = text.indexOf(found);
		return [{ credential, where, near: text.slice(Math.max(0, at - AROUND), at + found.length + AROUND) }];
	});
}

async function withDatabase<Result>(
	home: string,
	read: (ask: (sql: string) => Promise<Row[]>) => Promise<Result>,
): Promise<Result> {
	const sqlite = createRequire(path.join(SANDBOX, 'package.json'))('sqlite3') as {
		OPEN_READONLY: number;
		Database: new (file: string, mode: number) => Database;
	};
	const file = path.join(home, '.n8n', 'database.sqlite');
	const database = new sqlite.Database(file, sqlite.OPEN_READONLY);
	try {
		return await read(
			async (sql) =>
				await new Promise((resolve, reject) =>
					database.all(sql, (error, rows) => (error ? reject(error) : resolve(rows))),
				),
		);
	} finally {
		await new Promise<void>((resolve) => database.close(resolve));
	}
}

const textOf = (row: Row): string =>
	Object.values(row)
		.map((cell) => (Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell ?? '')))
		.join('\n');

/** By node, what an execution keeps of it; under `the execution` all else that it keeps. */
function partsOf(data: string): Map<string, string> {
	const { resultData, ...others } = parse(data) as IRunExecutionData;
	const { runData = {}, ...end } = resultData ?? {};
	const parts = Object.entries(runData).map(([node, runs]): [string, string] => [node, JSON.stringify(runs)]);
	return new Map([['the execution', JSON.stringify([others, end])], ...parts]);
}

/** The secrets in executions, by flow and node. */
function leaksInExecutions(rows: Row[], planted: Planted[]): Leak[] {
	return rows.flatMap(({ name, data }) => {
		const text = String(data);
		if (leaksIn(text, '', planted).length === 0) return [];
		const found = [...partsOf(text)].flatMap(([node, kept]) =>
			leaksIn(kept, `execution of "${String(name)}" › ${node}`, planted),
		);
		// Whatever the parts do not show is still a leak.
		return found.length > 0 ? found : leaksIn(text, `execution of "${String(name)}"`, planted);
	});
}

async function leaksInDatabase(home: string, planted: Planted[], after: number): Promise<Leak[]> {
	return await withDatabase(home, async (ask) => {
		const tables = await ask("SELECT name FROM sqlite_master WHERE type = 'table'");
		const names = new Map(
			(await ask('SELECT id, name FROM data_table')).map(({ id, name }) => [
				`data_table_user_${String(id)}`,
				String(name),
			]),
		);
		const leaks: Leak[] = [];
		for (const table of tables.map(({ name }) => String(name))) {
			if (table === CREDENTIALS || table === EXECUTIONS) continue;
			const rows = await ask(`SELECT * FROM "${table}"`);
			leaks.push(...rows.flatMap((row) => leaksIn(textOf(row), names.get(table) ?? table, planted)));
		}
		const executions = await ask(
			`SELECT w.name, d.data FROM ${EXECUTIONS} d JOIN execution_entity e ON e.id = d.executionId
			JOIN workflow_entity w ON w.id = e.workflowId WHERE d.executionId > ${after}`,
		);
		return [...leaks, ...leaksInExecutions(executions, planted)];
	});
}

/** Every file that n8n wrote, its database and the installed code left out. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter(({ name }) => !NOT_KEPT_BY_N8N.test(name))
		.flatMap((entry) => {
			const file = path.join(folder, entry.name);
			return entry.isDirectory() ? filesIn(file) : existsSync(file) && statSync(file).isFile() ? [file] : [];
		});
}

/** The newest execution's number; 0 where there is none. */
export async function newestExecution(home: string): Promise<number> {
	return await withDatabase(home, async (ask) => {
		const [row] = await ask('SELECT MAX(id) AS id FROM execution_entity');
		return Number(row?.id ?? 0);
	});
}

/**
 * Looks for secrets in all that n8n keeps: every table of its database but that of the credentials, executions node
 * by node, its log and every other file.
 *
 * @param home the sandbox's folder
 * @param after only executions with a higher number; other tables and files as a whole
 */
export async function leaksAt(home: string, planted: Planted[], after = 0): Promise<Leak[]> {
	const files = filesIn(home).flatMap((file) =>
		leaksIn(readFileSync(file, 'utf8'), path.relative(home, file), planted),
	);
	return [...(await leaksInDatabase(home, planted, after)), ...files];
}
