import type { IDataObject } from 'n8n-workflow';
import { CalComApi } from '../../../credentials/CalComApi.credentials';
import { CalComSimulator, CREDENTIALS } from '../../../sandbox/simulators/calcom';
import { byId, type Earlier, type SampleRun, type Samples } from './kind';

const CONSULTATION = byId('101');
const ON_REQUEST = byId('103');

const client = {
	timeZone: 'Europe/Warsaw',
	clientName: 'Jane Kowalska',
	clientEmail: 'jane@example.com',
	clientPhone: '+48 601 234 567',
};

const requested = (as: string, start: string): SampleRun => ({
	resource: 'appointment',
	operation: 'create',
	as,
	parameters: { service: ON_REQUEST, start, ...client },
});

const idOf = (run: string) => (earlier: Earlier) => ({ appointmentId: String(earlier(run).id) });

const UP_TO_THE_MOVE: SampleRun[] = [
	{ resource: 'service', operation: 'getMany' },
	{
		resource: 'slot',
		operation: 'getMany',
		parameters: {
			service: CONSULTATION,
			rangeStart: '2027-03-02T09:00:00+01:00',
			rangeEnd: '2027-03-02T18:00:00+01:00',
			timeZone: 'Europe/Warsaw',
		},
	},
	{
		resource: 'slot',
		operation: 'reserve',
		parameters: (earlier) => ({
			service: CONSULTATION,
			start: earlier('slot.getMany').start,
			timeZone: 'Europe/Warsaw',
			options: { reservationDuration: 5 },
		}),
		beyond: ['reservationId', 'reservedUntil'],
	},
	{
		resource: 'appointment',
		operation: 'create',
		parameters: {
			service: CONSULTATION,
			start: '2027-03-02T10:00:00+01:00',
			...client,
			leadKey: 'lead-1024',
			notes: 'First visit',
		},
	},
	{ resource: 'appointment', operation: 'get', parameters: idOf('appointment.create') },
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
		operation: 'cancel',
		parameters: (earlier) => ({
			...idOf('appointment.reschedule')(earlier),
			reason: 'The client is ill',
		}),
	},
	requested('confirmed', '2027-03-04T09:00:00+01:00'),
	{ resource: 'appointment', operation: 'confirm', parameters: idOf('confirmed') },
	requested('declined', '2027-03-04T12:00:00+01:00'),
	{
		resource: 'appointment',
		operation: 'decline',
		parameters: (earlier) => ({ ...idOf('declined')(earlier), reason: 'The studio is closed that day' }),
	},
	{
		resource: 'appointment',
		operation: 'getMany',
		parameters: {
			rangeStart: '2027-03-01T00:00:00+01:00',
			rangeEnd: '2027-03-08T00:00:00+01:00',
			filters: { clientEmail: 'jane@example.com', status: ['upcoming'] },
		},
	},
	{
		resource: 'appointment',
		operation: 'markNoShow',
		at: '2027-03-04T10:00:00+01:00',
		parameters: idOf('confirmed'),
	},
];

/** The delivery of the move. */
const converting = (item: () => IDataObject): SampleRun => ({
	resource: 'event',
	operation: 'toAppointment',
	parameters: { event: '={{ $json }}' },
	item,
	shape: 'appointment',
	beyond: ['eventType', 'eventKey', 'eventAt'],
});

/** Cal.com: a booking's life, and the delivery of its move as the built-in trigger hands it on. */
export function samples(now: () => Date): Samples {
	const simulator = new CalComSimulator({ now });
	simulator.webhooks.create({
		subscriberUrl: 'https://n8n.example.com/webhook/calcom',
		active: true,
		triggers: ['BOOKING_RESCHEDULED'],
	});
	const delivered = () => {
		const [delivery] = simulator.webhooks.deliveries;
		const { payload, ...envelope } = JSON.parse(delivery?.body ?? '{}') as IDataObject;
		return { ...envelope, ...(payload as IDataObject) };
	};
	return {
		credentials: [
			{
				type: new CalComApi(),
				data: { ...CREDENTIALS, region: 'cloud', bookingsVersion: '2024-08-13' },
			},
		],
		simulators: [simulator],
		runs: [...UP_TO_THE_MOVE, converting(delivered), ...AFTER_THE_MOVE],
	};
}
