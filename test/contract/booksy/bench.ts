import { randomUUID } from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';
import { BooksyApi } from '../../../credentials/BooksyApi.credentials';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA } from '../../../lib/appointment';
import { Booksy } from '../../../nodes/Booksy/Booksy.node';
import { BooksySimulator, CREDENTIALS, type BooksyOptions } from '../../../sandbox/simulators/booksy';
import type { Exchange } from '../../../sandbox/simulators/kit';
import { partnerKeys } from '../../../sandbox/simulators/booksy-tokens';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRunOptions, type TestCredential } from '../../support/n8n';

export type Way = 'partner' | 'apiKey';
export const WAYS: Way[] = ['partner', 'apiKey'];

/** A Monday morning in Warsaw; the week holds no change of the clocks. */
export const NOW = new Date('2026-06-01T08:00:00+02:00');

const keys = partnerKeys();

/** A partner of its own for each bench: tokens are kept by process, and outlive a simulator. */
let partnerId: string = CREDENTIALS.partnerId;
let held = { accessToken: '', renewAt: 0 };

export const ajv = new Ajv2020({ allErrors: true });
export const isAppointment = ajv.compile(APPOINTMENT_SCHEMA);
export const isSlot = ajv.compile(SLOT_SCHEMA);

/** A credential as an operator fills it in. */
export const credential = (way: Way, more: IDataObject = {}): TestCredential => ({
	type: new BooksyApi(),
	data: {
		way,
		country: 'pl',
		partnerName: CREDENTIALS.partnerName,
		partnerId,
		privateKey: keys.privateKey,
		businessId: CREDENTIALS.businessId,
		partnerBaseUrl: '',
		baseUrl: CREDENTIALS.gatewayUrl,
		apiKey: CREDENTIALS.apiKey,
		timeZone: 'Europe/Warsaw',
		...held,
		...(more as TestCredential['data']),
	},
});

/** Booksy and the world's clock in a test's hands. */
export function booksyBench(options: BooksyOptions = {}) {
	let now = NOW.getTime();
	partnerId = randomUUID();
	held = { accessToken: '', renewAt: 0 };
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
	const simulator = new BooksySimulator({ keys, partnerId, now: () => new Date(now), ...options });
	const world = intercept(simulator);
	return {
		simulator,
		world,
		salon: simulator.salon(),
		/** Lets credentials hold a token already, so that the first request is the operation's. */
		warm: () => {
			held = { accessToken: simulator.tokens.issue().access, renewAt: now + 240_000 };
		},
		/** Books an hour on 2 June at ten past the node, and gives the ID. */
		book: async (staffId: string): Promise<string> => {
			const wanted = { customer_name: 'Jane', date: '2026-06-02', time: '10:00', service_id: LONG };
			const answer = await simulator.handle({
				method: 'POST',
				url: new URL(`${CREDENTIALS.gatewayUrl}/appointments`),
				headers: { authorization: `Bearer ${CREDENTIALS.apiKey}` },
				text: JSON.stringify({ ...wanted, staff_id: staffId }),
			});
			return (answer.body as { id: string }).id;
		},
		/** Lets time pass. */
		pass: (milliseconds: number) => {
			now += milliseconds;
		},
		/** Requests but those for tokens. */
		calls: (): Exchange[] => world.callsTo('booksy').filter(({ request }) => !isToken(request)),
		tokenCalls: (): Exchange[] => world.callsTo('booksy').filter(({ request }) => isToken(request)),
		stop: () => {
			clock.mockRestore();
			world.stop();
		},
	};
}

export type Bench = ReturnType<typeof booksyBench>;

const isToken = ({ url }: Exchange['request']) => new URL(url).pathname.endsWith('/token/');

export interface Run extends Omit<NodeRunOptions, 'parameters' | 'credentials'> {
	way?: Way;
	credentials?: TestCredential[];
}

/** Runs one operation; `op` is "resource.operation". */
export async function run(op: string, parameters: IDataObject = {}, { way = 'partner', ...more }: Run = {}) {
	const [resource, operation] = op.split('.');
	const result = await runNode(new Booksy(), {
		credentials: [credential(way)],
		...more,
		parameters: { resource, operation, ...parameters },
	});
	return {
		...result,
		items: (result.outputs[0] ?? []).map(({ json }) => json),
		links: (result.outputs[0] ?? []).map(({ pairedItem }) => pairedItem),
	};
}

/** A locator as the editor keeps it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What a request asked, in one line. */
export const asked = ({ request: { method, url } }: Exchange): string => {
	const { pathname, search } = new URL(url);
	return `${method} ${pathname}${decodeURIComponent(search)}`;
};

export const sent = ({ request }: Exchange): unknown => JSON.parse(request.body);

/** Short hair, 45 minutes. */
export const SHORT = '781';
/** Long hair, 60 minutes. */
export const LONG = '782';
export const ANNA = '456';
export const PIOTR = '457';

export const booking = (more: IDataObject = {}): IDataObject => ({
	service: byId(LONG),
	staff: byId(ANNA),
	start: '2026-06-02T10:00:00+02:00',
	clientName: 'Jane Example',
	clientEmail: 'jane@example.com',
	clientPhone: '601 234 567',
	...more,
});

/** Books through the node, and gives the ID. */
export async function booked(way: Way, more: IDataObject = {}): Promise<string> {
	const { items, error } = await run('appointment.create', booking(more), { way });
	if (error) throw error;
	return String(items[0]?.id);
}
