import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { flowFile, WORKFLOWS } from './files';
import { allFlows, packageFiles, STORES, type Store } from './package';
import { assembleSetup, SETUP } from './setup';

const ROOT = path.dirname(WORKFLOWS);
const SETUP_FILE = flowFile(SETUP, 'workflow.json');

const shown = (file: string) => path.relative(ROOT, file);

async function setupText(): Promise<string> {
	const options = await resolveConfig(SETUP_FILE);
	return await format(JSON.stringify(assembleSetup()), { ...options, filepath: SETUP_FILE });
}

async function writeSetup(check: boolean): Promise<void> {
	const text = await setupText();
	if (existsSync(SETUP_FILE) && readFileSync(SETUP_FILE, 'utf8') === text) return;
	if (check) {
		process.exitCode = 1;
		console.log(`${shown(SETUP_FILE)} is stale: run npm run flows`);
	} else {
		writeFileSync(SETUP_FILE, text);
		console.log(`${shown(SETUP_FILE)} written`);
	}
}

function n8nVersion(): string {
	const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'sandbox', 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return dependencies.n8n;
}

async function writePackage(stores: Store[]): Promise<void> {
	const { archive } = await import('./archive');
	const file = path.join(ROOT, 'artifacts', `${['frontdesk', ...stores].join('-')}.n8np`);
	mkdirSync(path.dirname(file), { recursive: true });
	writeFileSync(file, await archive(packageFiles(allFlows(), { n8nVersion: n8nVersion(), stores })));
	console.log(`${shown(file)} written`);
}

/**
 * `npm run flows` assembles the setup flow; `-- --check` only tells whether it is up to date; `-- --package` makes
 * the package of all flows as well, `-- --package --postgres` the one that keeps its state in PostgreSQL, `--redis` the
 * one that claims keys in Redis; both together take what there is for Redis there, the rest in PostgreSQL.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			check: { type: 'boolean', default: false },
			package: { type: 'boolean', default: false },
			postgres: { type: 'boolean', default: false },
			redis: { type: 'boolean', default: false },
		},
	});
	await writeSetup(values.check);
	if (values.package) await writePackage(STORES.filter((store) => values[store]));
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
