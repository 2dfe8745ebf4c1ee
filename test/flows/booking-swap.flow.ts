import Ajv2020 from 'ajv/dist/2020';
import axios from 'axios';
import { DateTime } from 'luxon';
import { APPOINTMENT_SCHEMA, SLOT_SCHEMA, type Appointment, type Slot } from '../../lib/appointment';
import { eventually, theHouse } from '../support/house';
import { publishChain, type TestNode } from '../support/temporary';

interface BookingNode {
	type: string;
	credential: [type: string, name: string];
	/** The setting that holds the service's ID in the sandbox. */
	service: string;
	/** What this provider wants besides the fields that all have. */
	extra?: Record<string, unknown>;
}

interface Outcome {
	slots: Slot[];
	booked: Appointment;
	moved: Appointment;
	cancelled: Appointment;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const NODES: Record<string, BookingNode> = {
	calcom: { type: 'calCom', credential: ['calComApi', 'Cal.com'], service: 'calcomService' },
	altegio: {
		type: 'altegio',
		credential: ['altegioApi', 'Altegio'],
		service: 'altegioService',
		extra: { location: byId('123456') },
	},
	booksy: { type: 'booksy', credential: ['booksyApi', 'Booksy'], service: 'booksyService' },
	calendly: { type: 'calendly', credential: ['calendlyTokenApi', 'Calendly'], service: 'calendlyService' },
};

const RANGE_START = DateTime.utc().plus({ days: 3 }).startOf('day');
const LEAD_KEY = 'phone:+48601234567';

const ajv = new Ajv2020();
const isSlot = ajv.compile(SLOT_SCHEMA);
const isAppointment = ajv.compile(APPOINTMENT_SCHEMA);

/** Finds free times, books the first, moves it to the third, cancels it; only the booking node differs. */
function chain(provider: string, { type, credential, extra = {} }: BookingNode, service: string): TestNode[] {
	const book = (name: string, resource: string, operation: string, parameters: object): TestNode => ({
		name,
		type: `n8n-nodes-frontdesk.${type}`,
		credential,
		executeOnce: true,
		parameters: { resource, operation, simplify: true, ...extra, ...parameters },
	});
	return [
		{
			name: 'Ask',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: `swap-${provider}`,
			parameters: { path: `swap-${provider}`, httpMethod: 'POST', responseMode: 'lastNode' },
		},
		book('Find free times', 'slot', 'getMany', {
			service: byId(service),
			rangeStart: RANGE_START.toISO(),
			rangeEnd: RANGE_START.plus({ days: 4 }).toISO(),
			timeZone: 'Europe/Warsaw',
			returnAll: true,
		}),
		book('Book', 'appointment', 'create', {
			service: byId(service),
			start: '={{ $json.start }}',
			timeZone: 'Europe/Warsaw',
			clientName: 'Anna Kowalska',
			clientEmail: 'anna@example.com',
			clientPhone: '+48601234567',
			leadKey: LEAD_KEY,
		}),
		book('Move', 'appointment', 'reschedule', {
			appointmentId: '={{ $json.id }}',
			newStart: "={{ $('Find free times').all()[2].json.start }}",
			timeZone: 'Europe/Warsaw',
		}),
		book('Cancel', 'appointment', 'cancel', { appointmentId: '={{ $json.id }}', timeZone: 'Europe/Warsaw' }),
		{
			name: 'Tell',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput:
					"={{ { slots: $('Find free times').all().map(({ json }) => json), booked: $('Book').first().json, moved: $('Move').first().json, cancelled: $('Cancel').first().json } }}",
			},
		},
	];
}

async function play(provider: string): Promise<Outcome> {
	const { editor } = theHouse();
	const node = NODES[provider] as BookingNode;
	const settings = await editor.rows<{ key: string; value: string }>('frontdesk_settings');
	const service = settings.find(({ key }) => key === node.service)?.value ?? '';
	const flow = await publishChain(`Swap ${provider}`, chain(provider, node, service));
	const url = theHouse().webhook(`swap-${provider}`);
	// Until n8n has registered the webhook it answers 404 and starts nothing.
	const { data } = await eventually(async () => await axios.post<Outcome>(url, {}, { proxy: false }), 10);
	await editor.unpublish(flow);
	return data;
}

describe('One flow, four booking systems', () => {
	it.each(Object.keys(NODES))(
		'finds, books, moves and cancels with %s, in the one shape',
		async (provider) => {
			theHouse().world.reset();
			const { slots, booked, moved, cancelled } = await play(provider);
			expect(slots.length).toBeGreaterThan(3);
			for (const slot of slots) expect([isSlot(slot), isSlot.errors]).toEqual([true, null]);
			for (const appointment of [booked, moved, cancelled]) {
				expect([isAppointment(appointment), isAppointment.errors]).toEqual([true, null]);
				expect(appointment.provider).toBe(provider);
			}
			expect(booked).toMatchObject({ status: 'confirmed', start: slots[0]?.start, leadKey: LEAD_KEY });
			expect(booked.client).toMatchObject({ name: 'Anna Kowalska', phone: '+48601234567' });
			expect(moved).toMatchObject({ status: 'confirmed', start: slots[2]?.start });
			expect(cancelled).toMatchObject({ status: 'cancelled', id: moved.id });
		},
	);
});
