import { spawn } from 'node:child_process';
import path from 'node:path';
import type { House } from '../../sandbox/src/house';
import { nodeForN8n } from '../../sandbox/src/runtime';
import type { Exchange } from '../../sandbox/simulators/kit';

/** Set anew by whoever sends a request. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'proxy-connection']);

const callOf = ({ request: { method, url, headers, body } }: Exchange) => ({
	method,
	url,
	body,
	headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name))),
});

/** An Express middleware in a process of its own, on n8n's Node and behind the same proxy. */
export interface Middleware {
	url: string;
	stop(): void;
}

/** Starts `bench/baseline/middleware.ts`. @param exchanges the calls its handler makes, one after another */
export async function startMiddleware({ proxy }: House, exchanges: Exchange[]): Promise<Middleware> {
	const file = path.resolve(__dirname, '../baseline/middleware.ts');
	const child = spawn(nodeForN8n(), ['--import', 'tsx', file], {
		cwd: path.resolve(__dirname, '../..'),
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {
			PATH: process.env.PATH,
			NODE_ENV: 'production',
			HTTPS_PROXY: proxy.url,
			NODE_EXTRA_CA_CERTS: proxy.certificate,
			BENCH_CALLS: JSON.stringify(exchanges.map(callOf)),
		},
	});
	const port = await new Promise<string>((resolve, reject) => {
		child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
		child.once('exit', () => reject(new Error('The middleware of the bench did not start')));
	});
	return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}
