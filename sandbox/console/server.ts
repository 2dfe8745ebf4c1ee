import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Asset } from './bundle';
import type { Live } from './live';
import { MAIL_POLICY } from './mail';

export interface Routes {
	assets: Map<string, Asset>;
	live: Live;
	/** Does what a page asks for; throws in words for the operator. */
	act(name: string, values: Record<string, unknown>): Promise<unknown>;
	/** The page of a mail; undefined where there is none. */
	mail(provider: string, id: string): string | undefined;
}

const MOST_BYTES = 64 * 1024;
const BEAT_MILLISECONDS = 15_000;
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const HEADERS = {
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
};

const reply = (response: ServerResponse, status: number, type: string, body: string, policy = POLICY) => {
	response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-security-policy': policy });
	response.end(body);
};
const replyJson = (response: ServerResponse, status: number, body: unknown) =>
	reply(response, status, 'application/json', JSON.stringify(body) ?? 'null');

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	let text = '';
	for await (const chunk of request) {
		text += String(chunk);
		if (text.length > MOST_BYTES) throw new Error('The request is too long');
	}
	const body = JSON.parse(text || '{}') as unknown;
	if (typeof body !== 'object' || body === null) throw new Error('The request is no JSON object');
	return body as Record<string, unknown>;
}

/**
 * Whether a request is from our own page. Another page in the same browser can reach 127.0.0.1 too: it would come under
 * another name (DNS rebinding), or with its own origin, and cannot send JSON without asking first.
 */
function isOurs({ headers, method }: IncomingMessage, port: number): boolean {
	const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
	if (!hosts.includes(headers.host ?? '')) return false;
	if (method !== 'POST') return true;
	const fromHere = headers.origin === undefined || headers.origin === `http://${headers.host}`;
	return fromHere && (headers['content-type'] ?? '').startsWith('application/json');
}

function stream(request: IncomingMessage, response: ServerResponse, live: Live): void {
	response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
	const end = live.listen((message) => response.write(`data: ${message}\n\n`));
	const beat = setInterval(() => response.write(': here\n\n'), BEAT_MILLISECONDS);
	request.on('close', () => {
		clearInterval(beat);
		end();
	});
}

async function answer(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
	const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
	const [, area, ...rest] = pathname.split('/').map(decodeURIComponent);
	if (request.method === 'POST' && area === 'api') {
		try {
			const result = await routes.act(rest.join('/'), await bodyOf(request));
			routes.live.look();
			return replyJson(response, 200, { result: result ?? null });
		} catch (error) {
			return replyJson(response, 400, { error: (error as Error).message });
		}
	}
	if (request.method !== 'GET') return replyJson(response, 405, { error: 'Only GET and POST' });
	if (pathname === '/events') return stream(request, response, routes.live);
	const page = area === 'mail' ? routes.mail(rest[0] ?? '', rest[1] ?? '') : undefined;
	if (page !== undefined) return reply(response, 200, 'text/html; charset=utf-8', page, MAIL_POLICY);
	const asset = routes.assets.get(pathname);
	if (asset) return reply(response, 200, asset.type, asset.content);
	replyJson(response, 404, { error: 'There is nothing here' });
}

/** Serves the console on a port of 127.0.0.1. */
export async function serve(port: number, routes: Routes): Promise<Server> {
	const server = createServer((request, response) => {
		if (!isOurs(request, port)) return replyJson(response, 403, { error: 'Only the console asks here' });
		answer(request, response, routes).catch((error: Error) => {
			if (!response.headersSent) replyJson(response, 500, { error: error.message });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return server;
}
