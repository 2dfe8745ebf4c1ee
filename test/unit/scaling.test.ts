import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { commonEnvironment } from '../../sandbox/src/n8n';
import {
	COMMANDS,
	ownServices,
	queueEnvironment,
	type Role,
	WORKERS,
} from '../../sandbox/src/queue-settings';

interface Service {
	command: string;
	environment: Record<string, string>;
	deploy?: { replicas: number };
}

const file = readFileSync(path.resolve(__dirname, '../../docs/scaling/docker-compose.yml'), 'utf8');
const { services } = parse(file, { merge: true }) as { services: Record<Role, Service> };

/** What differs from place to place: addresses, names and secrets. */
const OF_A_PLACE = /_(HOST|PORT|DATABASE|PASSWORD|USER|PREFIX|KEY|DB)$|^WEBHOOK_URL$/;

/** What several processes on one machine, behind the sandbox's proxy, need besides. */
const OF_THE_SANDBOX =
	/^(PATH|HOME|N8N_USER_FOLDER|N8N_LISTEN_ADDRESS|N8N_HOST|N8N_SECURE_COOKIE|N8N_RUNNERS_BROKER_PORT|N8N_\w+_ENABLED|N8N_LOG_LEVEL|\w+_PROXY|NODE_EXTRA_CA_CERTS)$/;

const ROLES: Role[] = ['main', 'worker', 'webhook'];

describe('docs/scaling/docker-compose.yml', () => {
	const home = mkdtempSync(path.join(tmpdir(), 'frontdesk-compose-'));
	afterAll(() => rmSync(home, { recursive: true, force: true }));

	it.each(ROLES)('gives the %s the environment that the sandbox tests', async (role) => {
		const proxy = { url: 'http://127.0.0.1:1', certificate: 'none', stop: async () => undefined };
		const sandbox = {
			...(await commonEnvironment({ home, proxy })),
			...queueEnvironment(role, ownServices()),
		};
		const { environment } = services[role];
		const shared = Object.keys(sandbox).filter((name) => !OF_THE_SANDBOX.test(name));
		expect(Object.keys(environment).sort()).toEqual(shared.sort());
		const fixed = ([name]: [string, string]) => !OF_A_PLACE.test(name);
		expect(Object.fromEntries(Object.entries(environment).filter(fixed))).toEqual(
			Object.fromEntries(
				Object.entries(sandbox).filter(([name]) => fixed([name, '']) && shared.includes(name)),
			),
		);
	});

	it.each(ROLES)('starts the %s by the command that the sandbox tests', (role) => {
		expect(services[role].command.split(' ')).toEqual(COMMANDS[role]);
	});

	it('starts as many workers', () => expect(services.worker.deploy?.replicas).toBe(WORKERS));
});
