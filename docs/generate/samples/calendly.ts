import type { IDataObject } from 'n8n-workflow';
import { CalendlyTokenApi } from '../../../credentials/CalendlyTokenApi.credentials';
import { CalendlySimulator, CREDENTIALS } from '../../../sandbox/simulators/calendly';
import { byId, type Earlier, type SampleRun, type Samples } from './kind';

const service = byId('CONSULTATION0001');
const client = {
	timeZone: 'Europe/Warsaw',
	clientName: 'Jane Kowalska',
	clientEmail: 'jane@example.com',
	clientPhone: '+48 601 234 567',
};

const idOf = (run: string) => (earlier: Earlier) => ({ appointmentId: String(earlier(run).id) });

/** What the client does on Calendly's own page, and what Calendly then tells. */
interface Page {
	move(appointmentId: string, start: string): void;
	delivered(): IDataObject;
}

const UP_TO_THE_MOVE: SampleRun[] = [
	{ resource: 'service', operation: 'getMany' },
	{
		resource: 'slot',
		operation: 'getMany',
		parameters: {
			service,
			rangeStart: '2027-03-02T09:00:00+01:00',
			rangeEnd: '2027-03-02T18:00:00+01:00',
			timeZone: 'Europe/Warsaw',
		},
	},
	{
		resource: 'slot',
		operation: 'createLink',
		shape: 'none',
		parameters: {
			service,
			leadKey: 'lead-1024',
			options: { clientName: 'Jane Kowalska', clientEmail: 'jane@example.com' },
		},
	},
	{
		resource: 'appointment',
		operation: 'create',
		parameters: {
			service,
			start: '2027-03-02T10:00:00+01:00',
			...client,
			leadKey: 'lead-1024',
			notes: 'First visit',
		},
	},
	{ resource: 'appointment', operation: 'get', parameters: idOf('appointment.create') },
	{ resource: 'invitee', operation: 'getMany', parameters: idOf('appointment.create') },
	{
		resource: 'appointment',
		operation: 'reschedule',
		parameters: (earlier) => ({
			...idOf('appointment.create')(earlier),
			newStart: '2027-03-03T11:00:00+01:00',
			timeZone: 'Europe/Warsaw',
			reason: 'The client asked for another day',
		}),
	},
];

const AFTER_THE_MOVE: SampleRun[] = [
	{
		resource: 'appointment',
		operation: 'getMany',
		parameters: {
			rangeStart: '2027-03-01T00:00:00+01:00',
			rangeEnd: '2027-03-08T00:00:00+01:00',
			filters: { clientEmail: 'jane@example.com', status: 'active' },
		},
	},
	{
		resource: 'appointment',
		operation: 'cancel',
		parameters: (earlier) => ({
			...idOf('event.toAppointment')(earlier),
			reason: 'The client is ill',
		}),
	},
	{
		resource: 'appointment',
		operation: 'create',
		as: 'missed',
		parameters: { service, start: '2027-03-04T10:00:00+01:00', ...client },
	},
	{
		resource: 'appointment',
		operation: 'markNoShow',
		at: '2027-03-04T11:00:00+01:00',
		parameters: idOf('missed'),
	},
];

/** The new event's delivery, after the client has moved it. */
const converting = ({ move, delivered }: Page): SampleRun => ({
	resource: 'event',
	operation: 'toAppointment',
	before: (earlier) => move(String(earlier('appointment.reschedule').id), '2027-03-05T09:00:00+01:00'),
	parameters: { event: '={{ $json }}' },
	item: delivered,
	shape: 'appointment',
	beyond: ['eventType', 'eventKey', 'eventAt', 'rescheduled', 'nextId'],
});

/** Calendly: an event's life, and the delivery that tells of a move on Calendly's page, as the built-in trigger hands it on. */
export function samples(now: () => Date): Samples {
	const simulator = new CalendlySimulator({ now });
	simulator.webhooks.create({
		url: 'https://n8n.example.com/webhook/calendly',
		events: ['invitee.created', 'invitee.canceled'],
		organization: 'https://api.calendly.com/organizations/STUDIOORG0000001',
		scope: 'organization',
	});
	const page: Page = {
		move: (id, start) => simulator.bookings.rescheduleOnPage(id, Date.parse(start)),
		delivered: () => {
			const created = simulator.webhooks.deliveries.filter(({ event }) => event === 'invitee.created');
			return JSON.parse(created.at(-1)?.body ?? '{}') as IDataObject;
		},
	};
	return {
		credentials: [{ type: new CalendlyTokenApi(), data: { accessToken: CREDENTIALS.accessToken } }],
		simulators: [simulator],
		runs: [...UP_TO_THE_MOVE, converting(page), ...AFTER_THE_MOVE],
	};
}
