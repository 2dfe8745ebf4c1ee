import { DateTime } from 'luxon';
import type { CalendlySimulator } from '../../sandbox/simulators/calendly';
import type { Fault } from '../../sandbox/simulators/kit';
import { readFlow, type WorkflowFile } from '../../workflows/build/files';
import { withLinks } from '../../workflows/build/links';
import { callFlowOnce } from '../support/callFlow';
import { simulated, theHouse } from '../support/house';

interface Answer {
	outcome: string;
	message: string;
	start?: string;
	services: Array<{ id: string; name: string }>;
	slots: Array<{ start: string }>;
	appointment: { id: string; provider: string; start: string; leadKey?: string; url: string | null } | null;
}

interface BookingNode {
	type: string;
	credential: [type: string, name: string];
	/** The setting that holds a service's ID in the sandbox. */
	service: string;
	extra?: Record<string, unknown>;
}

const FLOW = 'assistant-book';
const CALENDLY = 'n8n-nodes-frontdesk.calendly';
const OTHERS: Record<string, BookingNode> = {
	calcom: { type: 'calCom', credential: ['calComApi', 'Cal.com'], service: 'calcomService' },
	altegio: {
		type: 'altegio',
		credential: ['altegioApi', 'Altegio'],
		service: 'altegioService',
		extra: { location: { __rl: true, mode: 'id', value: '123456' } },
	},
	booksy: { type: 'booksy', credential: ['booksyApi', 'Booksy'], service: 'booksyService' },
};
const LEAD_KEY = 'phone:+48601234567';
const ZONE = 'Europe/Warsaw';
const LONG_MILLISECONDS = 180_000;
const DATE = DateTime.now().setZone(ZONE).plus({ days: 3 }).toISODate() as string;

const wish = (more: object = {}) => ({
	tenant: 'main',
	operation: 'book',
	leadKey: LEAD_KEY,
	service: 'CONSULTATION0001',
	date: '',
	time: '',
	start: '',
	name: 'Anna Kowalska',
	email: 'anna@example.com',
	phone: '+48601234567',
	notes: '',
	now: '',
	...more,
});

const ask = async (more: object) => await callFlowOnce<Answer>(FLOW, wish(more));
const booked = () => simulated<CalendlySimulator>('calendly').state().events;

/** Published as an operator would: credentials chosen, sub-flows linked. */
async function publish(file: WorkflowFile): Promise<void> {
	const { editor, flowIds } = theHouse();
	const ids = new Map([...flowIds].map(([folder, id]) => [readFlow(folder).name, id]));
	const flow = withLinks(file, ids);
	for (const { credentials = {} } of flow.nodes) {
		for (const [type, credential] of Object.entries(credentials)) {
			credential.id = await editor.credentialId(credential.name, type);
		}
	}
	await editor.publish(await editor.saveWorkflow(flow));
}

const swapped = ({ type, credential: [credentialType, name], extra }: BookingNode): WorkflowFile => {
	const flow = readFlow(FLOW);
	const nodes = flow.nodes.map((node) =>
		node.type === CALENDLY
			? {
					...node,
					type: `n8n-nodes-frontdesk.${type}`,
					parameters: { ...node.parameters, ...extra },
					credentials: { [credentialType]: { name } },
				}
			: node,
	);
	return { ...flow, nodes };
};

describe('Book for the assistant', () => {
	beforeEach(async () => {
		theHouse().world.reset();
		await theHouse().editor.clearTables(
			...['frontdesk_appointments', 'frontdesk_events', 'frontdesk_leads', 'frontdesk_lead_history'],
		);
	});

	it(
		'lists services, offers the next times, and books one of them once',
		async () => {
			expect((await ask({ operation: 'services' })).services).toContainEqual({
				id: 'CONSULTATION0001',
				name: 'Consultation',
			});
			const { outcome, slots } = await ask({ date: DATE });
			expect([outcome, slots.length]).toEqual(['open', 3]);
			const start = slots[1]?.start ?? '';
			const made = await ask({ start });
			expect(made).toMatchObject({
				outcome: 'booked',
				appointment: { provider: 'calendly', leadKey: LEAD_KEY },
			});
			expect(await ask({ start })).toMatchObject({
				outcome: 'already',
				appointment: { id: made.appointment?.id },
			});
			expect(await ask({ operation: 'own' })).toMatchObject({
				outcome: 'own',
				appointment: { id: made.appointment?.id, url: made.appointment?.url },
			});
			// Another person finds it taken.
			const other = await ask({ start, leadKey: 'phone:+380501234567', email: 'ivan@example.com' });
			expect(other.outcome).toBe('taken');
			expect(other.slots.map((slot) => slot.start)).not.toContain(start);
			expect(booked()).toHaveLength(1);
		},
		LONG_MILLISECONDS,
	);

	it(
		'calls a booking uncertain whose answer got lost and cannot be looked up',
		async () => {
			const { slots } = await ask({ operation: 'find', date: DATE });
			const cut = { kind: 'resetAfter' } as const;
			const broken = { kind: 'answer', response: { status: 500, body: {} } } as const;
			const fine: Fault = { kind: 'latency', milliseconds: 1 };
			// Event type and times are read, then the event type again, then it is booked.
			theHouse().world.misbehave('calendly', fine, fine, fine, cut, ...Array<Fault>(60).fill(broken));
			const { outcome } = await ask({ start: slots[0]?.start });
			expect(outcome).toBe('uncertain');
			expect(booked()).toHaveLength(1);
		},
		LONG_MILLISECONDS,
	);

	describe.each(Object.entries(OTHERS))('with the nodes of %s in place of Calendly’s', (provider, node) => {
		beforeAll(async () => await publish(swapped(node)), LONG_MILLISECONDS);
		afterAll(async () => await publish(readFlow(FLOW)), LONG_MILLISECONDS);

		it(
			'finds and books alike',
			async () => {
				const settings = await theHouse().editor.rows<{ key: string; value: string }>('frontdesk_settings');
				const service = settings.find(({ key }) => key === node.service)?.value ?? '';
				const { services } = await ask({ operation: 'services' });
				expect(services.map(({ id }) => id)).toContain(service);
				const { outcome, slots } = await ask({ service, date: DATE });
				expect([outcome, slots.length]).toEqual(['open', 3]);
				const made = await ask({ service, start: slots[0]?.start });
				expect(made).toMatchObject({ outcome: 'booked', appointment: { provider } });
				expect(await ask({ service, start: slots[0]?.start })).toMatchObject({ outcome: 'already' });
			},
			LONG_MILLISECONDS,
		);
	});
});
