import axios from 'axios';
import { type SendWebhook, World } from '../simulators/kit';
import { EditorApi } from './editor-api';
import { dataTables, flowNames, publishFlows } from './flows';
import { N8n } from './n8n';
import { providers } from './providers';
import { type Proxy, startProxy } from './proxy';

export interface HouseOptions {
	/** Where n8n and the proxy keep what they need again. */
	home: string;
	port?: number;
	/** Which flows to import; all unless given. */
	flows?: string[];
	env?: Record<string, string>;
}

const PUBLIC_URL = 'https://n8n.frontdesk.example';
const WEBHOOK_TIMEOUT_MILLISECONDS = 30_000;

/** The whole sandbox: simulated providers, proxy, n8n with the package, credentials, tables and flows. */
export class House {
	private constructor(
		readonly world: World,
		readonly proxy: Proxy,
		readonly n8n: N8n,
		readonly editor: EditorApi,
		/** Workflow ids by the flow's folder name. */
		readonly flowIds: Map<string, string>,
	) {}

	/**
	 * Opens the sandbox; everything that was open is closed again when a part does not come up.
	 *
	 * @throws Error that says which part did not come up
	 */
	static async open({ home, port, flows = flowNames(), env }: HouseOptions): Promise<House> {
		// Providers know our public name; the sandbox leads it to n8n on this machine.
		let toLoopback = (url: string) => url;
		const send: SendWebhook = async (url, { headers, body }) => {
			const answer = await axios.post(toLoopback(url), body, {
				headers,
				proxy: false,
				timeout: WEBHOOK_TIMEOUT_MILLISECONDS,
				validateStatus: () => true,
				transformRequest: (data: string) => data,
			});
			return answer.status;
		};
		const entries = await providers();
		const world = new World(entries.map(({ create }) => create({ send })));
		const proxy = await startProxy(world, home);
		const n8n = new N8n({ home, port, proxy, env: { WEBHOOK_URL: `${PUBLIC_URL}/`, ...env } });
		try {
			await n8n.start();
			toLoopback = (url) => url.replace(PUBLIC_URL, n8n.url);
			const editor = new EditorApi(n8n.url);
			await editor.signIn();
			for (const table of dataTables()) await editor.ensureTable(table);
			await editor.ensureSettings(Object.assign({}, ...entries.map(({ settings }) => settings ?? {})));
			const credentialIds = new Map<string, string>();
			for (const { name, type, data } of entries.flatMap(({ credentials }) => credentials ?? [])) {
				credentialIds.set(`${type}:${name}`, await editor.saveCredential(name, type, data));
			}
			const flowIds = await publishFlows(editor, credentialIds, flows);
			return new House(world, proxy, n8n, editor, flowIds);
		} catch (error) {
			await n8n.stop();
			await proxy.stop();
			throw error;
		}
	}

	/** The address of a production webhook, on this machine. */
	webhook(path: string): string {
		return `${this.n8n.url}/webhook/${path}`;
	}

	/** Waits until a published webhook answers: n8n registers it a moment after the flow is switched on. */
	async untilListening(path: string): Promise<void> {
		for (let attempt = 0; attempt < 100; attempt++) {
			const { status } = await axios.get(this.webhook(path), { proxy: false, validateStatus: () => true });
			if (status !== 404) return;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error(`The webhook ${path} does not answer; see ${this.n8n.log}`);
	}

	/** Closes everything that was opened. */
	async close(): Promise<void> {
		await this.n8n.stop();
		await this.proxy.stop();
	}
}
