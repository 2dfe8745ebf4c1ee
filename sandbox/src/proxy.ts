import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateCACertificate, getLocal, type CompletedRequest, type Mockttp } from 'mockttp';
import { bodySent, type SimRequest, type World } from '../simulators/kit';

/** A proxy that answers for every provider at its true host name; nothing passes through it. */
export interface Proxy {
	url: string;
	/** PEM file that clients must trust. */
	certificate: string;
	stop(): Promise<void>;
}

async function certificateAuthority(folder: string): Promise<{ keyPath: string; certPath: string }> {
	const keyPath = path.join(folder, 'proxy-key.pem');
	const certPath = path.join(folder, 'proxy-certificate.pem');
	if (!existsSync(certPath)) {
		mkdirSync(folder, { recursive: true });
		const { key, cert } = await generateCACertificate({ subject: { commonName: 'Frontdesk sandbox' } });
		writeFileSync(keyPath, key, { mode: 0o600 });
		writeFileSync(certPath, cert);
	}
	return { keyPath, certPath };
}

async function toRequest({ method, url, headers, body }: CompletedRequest): Promise<SimRequest> {
	const entries = Object.entries(headers).flatMap(([name, value]) =>
		value === undefined
			? []
			: [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
	);
	return {
		method,
		url: new URL(url),
		headers: Object.fromEntries(entries),
		text: (await body.getText()) ?? '',
	};
}

/**
 * Starts the intercepting proxy on a free port of 127.0.0.1.
 *
 * @param world the providers that answer
 * @param folder where its certificate authority is kept; made on the first start
 */
export async function startProxy(world: World, folder: string): Promise<Proxy> {
	const https = await certificateAuthority(folder);
	const server: Mockttp = getLocal({ https, http2: false, suggestChanges: false });
	await server.start({ startPort: 18_000, endPort: 28_000 });
	await server.forAnyRequest().thenCallback(async (incoming) => {
		const delivery = await world.deliver(await toRequest(incoming));
		if (delivery.kind === 'reset') return 'reset';
		if (delivery.kind === 'timeout') return await new Promise<never>(() => undefined);
		const { status, headers } = delivery.response;
		return { statusCode: status, headers, body: bodySent(delivery.response) };
	});
	return { url: `http://127.0.0.1:${server.port}`, certificate: https.certPath, stop: () => server.stop() };
}
