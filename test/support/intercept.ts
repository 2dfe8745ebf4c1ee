import { type ClientRequest } from 'node:http';
import nock from 'nock';
import { bodySent, World, type SimRequest, type Simulator } from '../../sandbox/simulators/kit';

/**
 * Puts simulated providers at their true hosts for the requests of this process; every other host is refused.
 * Call `stop` when the test is over.
 */
export function intercept(...simulators: Simulator[]): World & { stop(): void } {
	const world = new World(simulators);
	if (!nock.isActive()) nock.activate();
	nock.disableNetConnect();
	for (const host of simulators.flatMap(({ hosts }) => hosts)) {
		for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
			nock(`https://${host}`)
				.persist()
				[method](() => true)
				.reply(async function (uri, body) {
					const delivery = await world.deliver(toRequest(this.req, `https://${host}${uri}`, body));
					if (delivery.kind !== 'answer') throw networkError(delivery.kind);
					const { status, headers } = delivery.response;
					return [status, bodySent(delivery.response), headers];
				});
		}
	}
	return Object.assign(world, {
		stop: () => {
			nock.cleanAll();
			nock.enableNetConnect();
			// Test files of one process share Node's http module: what stays patched answers the next file's requests.
			nock.restore();
		},
	});
}

function toRequest(
	req: ClientRequest & { requestBodyBuffers?: Buffer[] },
	url: string,
	body: unknown,
): SimRequest {
	const headers = Object.fromEntries(
		Object.entries(req.getHeaders()).map(([name, value]) => [name.toLowerCase(), String(value)]),
	);
	const text = req.requestBodyBuffers
		? Buffer.concat(req.requestBodyBuffers).toString('utf8')
		: typeof body === 'string'
			? body
			: JSON.stringify(body);
	return { method: req.method, url: new URL(url), headers, text };
}

/** What axios sees of a cut connection, and of one that its own timeout ends. */
function networkError(kind: 'reset' | 'timeout'): Error {
	return kind === 'reset'
		? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
		: Object.assign(new Error('timeout exceeded'), { code: 'ECONNABORTED' });
}
