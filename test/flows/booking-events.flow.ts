import Ajv2020 from 'ajv/dist/2020';
import { DateTime } from 'luxon';
import { APPOINTMENT_SCHEMA, type Appointment } from '../../lib/appointment';
import type { StoredWorkflow } from '../../sandbox/src/editor-api';
import { outputsOf } from '../support/executions';
import { eventually, postByHand, theHouse } from '../support/house';
import { publishChain, type TestNode } from '../support/temporary';

interface Delivery {
	url: string;
	body: string;
	headers: Record<string, string>;
	status?: number;
}

const isAppointment = new Ajv2020().compile(APPOINTMENT_SCHEMA);
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const ours = (type: string) => `n8n-nodes-frontdesk.${type}`;

/** n8n's own trigger, whose events our node turns into the one shape. */
interface Provider {
	trigger: TestNode;
	converter: TestNode;
	/** Books a time, and so makes the provider send an event. */
	book: TestNode;
}

const start = DateTime.utc().plus({ days: 5 }).startOf('week').plus({ days: 7, hours: 10 });

const book = (type: string, credential: [string, string], service: string): TestNode => ({
	name: 'Book',
	type: ours(type),
	credential,
	parameters: {
		resource: 'appointment',
		operation: 'create',
		service: byId(service),
		start: start.toISO(),
		timeZone: 'Europe/Warsaw',
		clientName: 'Anna Kowalska',
		clientEmail: 'anna@example.com',
		simplify: true,
	},
});

const converter = (type: string, credential: [string, string]): TestNode => ({
	name: 'Convert',
	type: ours(type),
	credential,
	parameters: { resource: 'event', operation: 'toAppointment' },
});

const PROVIDERS: Record<string, Provider> = {
	calcom: {
		trigger: {
			name: 'When booked',
			type: 'n8n-nodes-base.calTrigger',
			typeVersion: 3,
			credential: ['calApi', 'Cal.com Trigger'],
			parameters: { events: ['BOOKING_CREATED'], options: {} },
			webhookId: 'events-calcom',
		},
		converter: converter('calCom', ['calComApi', 'Cal.com']),
		book: book('calCom', ['calComApi', 'Cal.com'], '101'),
	},
	calendly: {
		trigger: {
			name: 'When booked',
			type: 'n8n-nodes-base.calendlyTrigger',
			typeVersion: 2,
			credential: ['calendlyOAuth2Api', 'Calendly Trigger'],
			parameters: { scope: 'user', events: ['invitee.created'] },
			webhookId: 'events-calendly',
		},
		converter: converter('calendly', ['calendlyTokenApi', 'Calendly']),
		book: book('calendly', ['calendlyTokenApi', 'Calendly'], 'CONSULTATION0001'),
	},
};

const deliveries = (provider: string): Delivery[] =>
	(
		theHouse()
			.world.simulators.find(({ name }) => name === provider)
			?.state() as { deliveries: Delivery[] }
	).deliveries;

async function bookBy(provider: string, node: TestNode): Promise<void> {
	const path = `book-${provider}`;
	const webhook: TestNode = {
		name: 'Ask',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { path, httpMethod: 'GET', responseMode: 'lastNode' },
	};
	const flow = await publishChain(`Book ${provider}`, [webhook, node]);
	await theHouse().untilListening(path);
	await theHouse().editor.unpublish(flow);
}

describe("The built-in triggers' events in the one shape", () => {
	let listening: StoredWorkflow;

	beforeEach(() => theHouse().world.reset());
	afterEach(async () => await theHouse().editor.unpublish(listening));

	it.each(Object.keys(PROVIDERS))(
		'%s: a signed event becomes an appointment, a forged one nothing',
		async (provider) => {
			const { trigger, converter: convert, book: node } = PROVIDERS[provider] as Provider;
			listening = await publishChain(`Events ${provider}`, [trigger, convert]);
			// n8n registers with the provider a moment after the flow is switched on.
			await eventually(() => {
				const registrations = theHouse()
					.world.callsTo(provider)
					.filter(({ request, response }) => /webhook/.test(request.url) && response?.status === 201);
				expect(registrations).not.toEqual([]);
			});
			await bookBy(provider, node);
			const [[event]] = (await outputsOf(listening.id, 'Convert', 1)) as [[Record<string, unknown>]];
			const shape = Object.fromEntries(
				Object.entries(event).filter(([key]) => key in APPOINTMENT_SCHEMA.properties),
			) as unknown as Appointment;
			expect([isAppointment(shape), isAppointment.errors]).toEqual([true, null]);
			expect(shape).toMatchObject({ provider, status: 'confirmed', client: { email: 'anna@example.com' } });
			expect(DateTime.fromISO(shape.start).toMillis()).toBe(start.toMillis());
			expect(event).toMatchObject({
				eventType: 'appointment.created',
				eventKey: expect.stringMatching(/.+/) as string,
			});

			const [sent] = deliveries(provider) as [Delivery];
			expect(sent.status).toBe(200);
			const forged = sent.body.replace('anna@example.com', 'evil@example.com');
			expect(await postByHand(sent.url, { ...sent, body: forged })).toBe(401);
			expect(await theHouse().editor.executions({ workflowId: listening.id })).toHaveLength(1);
		},
	);
});
