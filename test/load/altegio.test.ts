import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions } from 'n8n-workflow';
import { connect } from '../../nodes/Altegio/connection';
import { RateGate } from '../../nodes/Altegio/gate';
import { listRecords } from '../../nodes/Altegio/records';
import { AltegioSimulator } from '../../sandbox/simulators/altegio';
import { fakeClock, type FakeClock } from '../unit/altegio/clock';
import { COMPANY, openBench } from '../contract/altegio/bench';

const COUNT = 10_000;
const HALF_HOUR = 30 * 60_000;
const MEGABYTE = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes in use after a collection. */
const heap = () => {
	collect();
	return process.memoryUsage().heapUsed / MEGABYTE;
};

/** Half hours end to end, day and night. */
function fill({ records }: AltegioSimulator): string[] {
	const first = Date.parse('2026-03-03T08:00:00Z');
	return Array.from({ length: COUNT }, (_, index) => {
		const { id } = records.create({
			staff_id: 555,
			services: [{ id: 331 }],
			client: { phone: '12025550123' },
			datetime: new Date(first + index * HALF_HOUR).toISOString(),
			seance_length: 1800,
			save_if_busy: true,
		});
		return String(id);
	});
}

afterEach(() => {
	jest.restoreAllMocks();
});

it('reads 10,000 appointments, all and in order, and never breaks the limits', async () => {
	let passed = 0;
	const arrived = () => bench.world.exchanges.length;
	const clock: FakeClock = fakeClock(undefined, async () => {
		// Who was just let through is counted a few promises later, so a look before the first pause would miss it.
		do await new Promise((resolve) => setTimeout(resolve, 1));
		while (arrived() < passed);
	});
	const { turn } = RateGate.prototype;
	jest.spyOn(RateGate.prototype, 'turn').mockImplementation(async function (this: RateGate, signal) {
		const mine = await turn.call(this, signal);
		passed++;
		return mine;
	});
	const bench = openBench({}, clock);
	const ids = fill(bench.simulator);
	const started = clock.now();
	const { outputs, error } = await bench.run('appointment', 'getMany', {
		rangeStart: '2026-01-01T00:00:00',
		rangeEnd: '2027-01-01T00:00:00',
		requestOptions: {},
	});
	bench.stop();
	expect(error).toBeUndefined();
	expect(outputs[0]?.map(({ json }) => json.id)).toEqual(ids);
	const statuses = bench.world.exchanges.map(({ response }) => response?.status);
	expect(statuses).toEqual(Array.from({ length: 51 }, () => 200));
	const seconds = (clock.now() - started) / 1000;
	expect(seconds).toBeGreaterThanOrEqual(10);
	expect(seconds).toBeLessThan(12);
}, 60_000);

it('lets each page go: memory stays flat however much is read', async () => {
	const clock = fakeClock();
	const simulator = new AltegioSimulator({ now: clock.date, perSecond: Infinity, perMinute: Infinity });
	fill(simulator);
	const headers = { authorization: 'Bearer sandbox-altegio-partner, User sandbox-altegio-user' };
	const answer = async (_: string, { url, qs }: { url: string; qs: Record<string, string> }) => {
		const address = new URL(url);
		for (const [key, value] of Object.entries(qs)) address.searchParams.set(key, String(value));
		const { status, body } = simulator.handle({ method: 'GET', url: address, headers, text: '' });
		return { statusCode: status, headers: {}, body: JSON.parse(JSON.stringify(body)) as unknown };
	};
	const context = {
		getNode: () => ({ name: 'Altegio' }),
		getNodeParameter: () => ({}),
		getCredentials: async () => ({ baseUrl: 'https://api.alteg.io' }),
		getExecutionCancelSignal: () => undefined,
		helpers: { httpRequestWithAuthentication: answer },
	} as unknown as IExecuteFunctions;
	const api = await connect(context);
	const before = heap();
	let peak = 0;
	let seen = 0;
	const none = await listRecords(
		api,
		COMPANY,
		{},
		{
			keep: () => {
				if (++seen % 2500 === 0) peak = Math.max(peak, heap() - before);
				return undefined;
			},
		},
	);
	expect([seen, none.length]).toEqual([COUNT, 0]);
	// Five pages of 200 under way take about 1 MB; 10,000 records would take 25.
	expect(peak).toBeLessThan(8);
}, 60_000);
