import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { type SandboxEntry, type SendWebhook, type Simulator, World } from '../simulators/kit';
import type { Panel } from '../simulators/panel';
import { flowNames } from '../../workflows/build/files';
import { withCalled } from '../../workflows/build/links';
import { databaseCredentials } from './database';
import { EditorApi } from './editor-api';
import { type Choices, publishFlows } from './flows';
import { type Installation, N8n } from './n8n';
import type { N8nProcess } from './n8n-process';
import { N8nQueue } from './n8n-queue';
import { providers } from './providers';
import { type Proxy, startProxy } from './proxy';
import { ownServices, type QueueServices } from './queue-settings';
import { setUp } from './setup';

export interface HouseOptions {
	/** Where n8n and the proxy keep what they need again; a folder that goes when the sandbox closes unless given. */
	home?: string;
	port?: number;
	/** Which flows to import, with those they call; all unless given. */
	flows?: string[];
	/** Leaves n8n as it is after its installation: no tables, settings, credentials or flows. */
	bare?: boolean;
	env?: Record<string, string>;
	/** Is told what is being done meanwhile. */
	progress?: (state: string) => void;
	/** Queue mode in place of one process; on the servers given, else on those that the environment names. */
	queue?: true | Pick<QueueServices, 'redis' | 'postgres'>;
	/** Tarballs to install as community packages; the whole package of this checkout unless given. */
	packages?: string[];
	/** Another n8n's start script than the sandbox's own. */
	bin?: string;
}

/** A webhook that a provider sent. */
export interface SentWebhook {
	/** ISO 8601. */
	at: string;
	provider: string;
	url: string;
	message: { headers: Record<string, string>; body: string };
}

const PUBLIC_URL = 'https://n8n.frontdesk.example';
const WEBHOOK_TIMEOUT_MILLISECONDS = 30_000;

/**
 * Flows that stand in for others, under their names. Workers ask at the same moment, and only the database itself can
 * then say who was first: Data Tables have no unique columns.
 */
const QUEUE_STAND_INS = { 'claim-once': 'claim-once-postgres' };

interface Furniture {
	entries: SandboxEntry[];
	flows: string[];
	services?: QueueServices;
}

/** Gives a fresh n8n its tables, settings, credentials and flows. @returns workflow ids by folder name */
async function furnish(
	editor: EditorApi,
	{ entries, flows, services }: Furniture,
	progress: (state: string) => void,
): Promise<Map<string, string>> {
	progress('tables and settings');
	await setUp(editor);
	await editor.fillSettings(Object.assign({}, ...entries.map(({ settings }) => settings ?? {})));
	progress('credentials');
	const credentialIds = new Map<string, string>();
	const own = databaseCredentials(services);
	for (const { name, type, data } of [...entries.flatMap((entry) => entry.credentials ?? []), ...own]) {
		credentialIds.set(`${type}:${name}`, await editor.saveCredential(name, type, data));
	}
	const choices = Object.assign({}, ...entries.map((entry) => entry.choices ?? {})) as Choices;
	const standIns = services ? QUEUE_STAND_INS : {};
	return await publishFlows(editor, { credentialIds, choices, standIns }, flows, progress);
}

/** Posts providers' webhooks; our public name leads to n8n on this machine. */
const sender =
	(toLoopback: (url: string) => string): SendWebhook =>
	async (url, { headers, body }) => {
		const answer = await axios.post<string>(toLoopback(url), body, {
			headers,
			proxy: false,
			timeout: WEBHOOK_TIMEOUT_MILLISECONDS,
			validateStatus: () => true,
			responseType: 'text',
			transformRequest: (data: string) => data,
			transformResponse: (data: string) => data,
		});
		const answered = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
		return { status: answer.status, headers: Object.fromEntries(answered), body: answer.data };
	};

interface Place {
	home: string;
	/** Deletes a folder that was made for one sandbox alone. */
	leave: () => void;
}

function placeFor(given: string | undefined): Place {
	if (given !== undefined) return { home: given, leave: () => undefined };
	const home = mkdtempSync(path.join(tmpdir(), 'frontdesk-'));
	return { home, leave: () => rmSync(home, { recursive: true, force: true }) };
}

/** The whole sandbox: simulated providers, proxy, n8n with the package, credentials, tables and flows. */
export class House {
	private constructor(
		readonly world: World,
		readonly proxy: Proxy,
		readonly n8n: Installation,
		readonly editor: EditorApi,
		/** Workflow ids by the flow's folder name. */
		readonly flowIds: Map<string, string>,
		/** How the console shows each provider, by name. */
		readonly panels: Map<string, Panel>,
		/** The last webhook that a provider sent. */
		readonly sent: { last?: SentWebhook },
		private readonly send: SendWebhook,
		private readonly place: Place,
	) {}

	/**
	 * Opens the sandbox; everything that was open is closed again when a part does not come up.
	 *
	 * @throws Error that says which part did not come up
	 */
	static async open(options: HouseOptions = {}): Promise<House> {
		const { port, flows = flowNames(), bare, env, queue, packages, bin } = options;
		const { progress = () => undefined } = options;
		const entries = await providers();
		const send = sender((url) => url.replace(PUBLIC_URL, n8n.webhookUrl));
		const sent: { last?: SentWebhook } = {};
		const panels = new Map<string, Panel>();
		const simulators = entries.map(({ create, panel }) => {
			const simulator: Simulator = create({
				send: async (url, message) => {
					sent.last = { at: new Date().toISOString(), provider: simulator.name, url, message };
					return await send(url, message);
				},
			});
			if (panel) panels.set(simulator.name, panel);
			return simulator;
		});
		const world = new World(simulators);
		const place = placeFor(options.home);
		const { home } = place;
		const proxy = await startProxy(world, home);
		const services = queue && ownServices(queue === true ? {} : queue);
		const settings = { home, port, proxy, packages, bin, env: { WEBHOOK_URL: `${PUBLIC_URL}/`, ...env } };
		const n8n: Installation = services ? new N8nQueue({ ...settings, services }) : new N8n(settings);
		try {
			progress('n8n itself');
			await n8n.start();
			const editor = new EditorApi(n8n.url);
			await editor.signIn();
			const flowIds = bare
				? new Map<string, string>()
				: await furnish(editor, { entries, flows: withCalled(flows), services }, progress);
			return new House(world, proxy, n8n, editor, flowIds, panels, sent, send, place);
		} catch (error) {
			await n8n.stop();
			await proxy.stop();
			place.leave();
			throw error;
		}
	}

	/** Sends a provider's webhook once more, to the letter. @returns the answer's status */
	async repeat({ provider, url, message }: SentWebhook): Promise<number> {
		this.sent.last = { at: new Date().toISOString(), provider, url, message };
		return (await this.send(url, message)).status;
	}

	/** The address of a production webhook, as providers know it. */
	publicWebhook(path: string): string {
		return `${PUBLIC_URL}/webhook/${path}`;
	}

	/** The address of a production webhook, on this machine. */
	webhook(path: string): string {
		return `${this.n8n.webhookUrl}/webhook/${path}`;
	}

	/** Waits until a published webhook answers: n8n registers it a moment after the flow is switched on. */
	async untilListening(path: string, method: 'GET' | 'POST' = 'GET'): Promise<void> {
		for (let attempt = 0; attempt < 100; attempt++) {
			const { status } = await axios.request({
				method,
				url: this.webhook(path),
				proxy: false,
				validateStatus: () => true,
			});
			if (status !== 404) return;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`The webhook ${path} does not answer; see ${this.n8n.log}`);
	}

	/**
	 * The simulated provider of that name.
	 *
	 * @throws Error where the sandbox has no such provider
	 */
	provider<Provider extends Simulator>(name: string): Provider {
		const found = this.world.simulators.find((one) => one.name === name);
		if (!found) throw new Error(`The sandbox has no provider "${name}"`);
		return found as Provider;
	}

	/**
	 * Waits until n8n runs nothing any more; a flow that waits, as for a form that nobody has filled in yet, does not
	 * count.
	 *
	 * @param seconds how long at most
	 * @throws Error that names what still runs
	 */
	async untilIdle(seconds: number): Promise<void> {
		const deadline = Date.now() + seconds * 1000;
		for (;;) {
			const running = await this.editor.executions({ status: ['new', 'running'] });
			if (running.length === 0) return;
			if (Date.now() > deadline) throw new Error(`n8n still runs ${JSON.stringify(running)}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Ends one of n8n's processes as a power cut would. @param name as `Installation.processes` names it */
	async kill(name = 'main'): Promise<void> {
		await this.processNamed(name).kill();
	}

	/** Starts one of n8n's processes again, at the address it had. */
	async restart(name = 'main'): Promise<void> {
		await this.processNamed(name).start();
	}

	private processNamed(name: string): N8nProcess {
		const found = this.n8n.processes.get(name);
		if (!found)
			throw new Error(`n8n has no process "${name}", but ${[...this.n8n.processes.keys()].join(', ')}`);
		return found;
	}

	/** Closes everything that was opened. */
	async close(): Promise<void> {
		await this.n8n.stop();
		await this.proxy.stop();
		this.place.leave();
	}
}
