import { Agent } from 'node:http';
import axios from 'axios';

/** A call of a webhook. */
export interface Call {
	url: string;
	headers: Record<string, string>;
	body: string;
}

const TIMEOUT_MILLISECONDS = 60_000;

/** A caller that keeps its connections, as providers do. */
export class Caller {
	private readonly agent: Agent;

	/** @param connections how many at most */
	constructor(private readonly connections = 1) {
		this.agent = new Agent({ keepAlive: true, maxSockets: connections });
	}

	/** Makes a call. @returns the milliseconds until its answer @throws Error where the answer has another status */
	async call({ url, headers, body }: Call, expected = 200): Promise<number> {
		const start = performance.now();
		const { status, data } = await axios.post<unknown>(url, body, {
			headers: { 'content-type': 'application/json', ...headers },
			httpAgent: this.agent,
			proxy: false,
			timeout: TIMEOUT_MILLISECONDS,
			validateStatus: () => true,
			transformRequest: (text: string) => text,
		});
		const milliseconds = performance.now() - start;
		if (status !== expected)
			throw new Error(`${url} answered ${status}: ${JSON.stringify(data).slice(0, 300)}`);
		return milliseconds;
	}

	/** Makes calls on all connections at once until all are made. @returns calls a second */
	async all(calls: Call[], expected = 200): Promise<number> {
		const start = performance.now();
		let next = 0;
		const work = async () => {
			while (next < calls.length) await this.call(calls[next++] as Call, expected);
		};
		await Promise.all(Array.from({ length: this.connections }, work));
		return (calls.length / (performance.now() - start)) * 1000;
	}

	close(): void {
		this.agent.destroy();
	}
}
