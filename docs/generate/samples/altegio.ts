import { AltegioApi } from '../../../credentials/AltegioApi.credentials';
import { AltegioSimulator, CREDENTIALS, WEBHOOK_SECRET } from '../../../sandbox/simulators/altegio';
import { byId, type Earlier, type SampleRun, type Samples } from './kind';

const location = byId('123456');
const service = byId('331');
const staff = byId('555');
const day = { rangeStart: '2027-03-02T00:00:00+01:00', rangeEnd: '2027-03-03T00:00:00+01:00' };

const booked = (earlier: Earlier) => ({ location, appointmentId: String(earlier('appointment.create').id) });
const client = (earlier: Earlier) => ({ location, client: byId(String(earlier('client.create').id)) });

const CLIENT_RUNS: SampleRun[] = [
	{
		resource: 'client',
		operation: 'create',
		parameters: {
			location,
			clientName: 'Jane',
			clientPhone: '+48 601 234 567',
			additionalFields: { clientLastName: 'Kowalska', clientEmail: 'jane.kowalska@gmail.com' },
			instagramIn: 'email',
		},
	},
	{
		resource: 'client',
		operation: 'get',
		parameters: (earlier) => ({ ...client(earlier), instagramIn: 'email' }),
	},
	{
		resource: 'client',
		operation: 'update',
		parameters: (earlier) => ({
			...client(earlier),
			updateFields: { notes: 'Prefers mornings', discount: 5 },
		}),
	},
	{ resource: 'client', operation: 'search', parameters: { location, searchText: 'Jane' } },
	{
		resource: 'client',
		operation: 'findByInstagram',
		parameters: { location, instagram: '@jane.kowalska', instagramIn: 'email' },
	},
];

const APPOINTMENT_RUNS: SampleRun[] = [
	{
		resource: 'appointment',
		operation: 'create',
		parameters: {
			...{ location, service, staff },
			start: '2027-03-02T10:00:00+01:00',
			clientName: 'Jane',
			clientPhone: '+48 601 234 567',
			clientEmail: 'jane.kowalska@gmail.com',
			leadKey: 'lead-1024',
			notes: 'First visit',
			instagramIn: 'email',
		},
	},
	{ resource: 'appointment', operation: 'get', parameters: booked },
	{
		resource: 'appointment',
		operation: 'reschedule',
		parameters: (earlier) => ({ ...booked(earlier), newStart: '2027-03-02T15:00:00+01:00' }),
	},
	{ resource: 'appointment', operation: 'getMany', parameters: { location, ...day } },
	{
		resource: 'appointment',
		operation: 'create',
		as: 'cancelled',
		parameters: {
			...{ location, service, staff },
			start: '2027-03-03T12:00:00+01:00',
			clientName: 'Jane',
			clientPhone: '+48 601 234 567',
		},
	},
	{
		resource: 'appointment',
		operation: 'cancel',
		parameters: (earlier) => ({
			location,
			appointmentId: String(earlier('cancelled').id),
			reason: 'The client is ill',
		}),
	},
	{
		resource: 'appointment',
		operation: 'update',
		at: '2027-03-02T16:05:00+01:00',
		parameters: (earlier) => ({ ...booked(earlier), updateFields: { attendance: 1 } }),
	},
];

/** Altegio: a client, an appointment from booking to visit, and the visit as a survey would read it. */
export function samples(now: () => Date): Samples {
	const simulator = new AltegioSimulator({ now });
	/** The client pays at the desk. */
	const pay = () => {
		for (const booking of simulator.salon.bookings.values()) {
			if (booking.attendance === 1) booking.paid = 120;
		}
	};
	return {
		credentials: [{ type: new AltegioApi(), data: { ...CREDENTIALS, webhookSecret: WEBHOOK_SECRET } }],
		simulators: [simulator],
		runs: [
			{ resource: 'service', operation: 'getMany', parameters: { location } },
			{ resource: 'staff', operation: 'getMany', parameters: { location } },
			{ resource: 'slot', operation: 'getMany', parameters: { location, service, staff, ...day } },
			...CLIENT_RUNS,
			...APPOINTMENT_RUNS,
			{
				resource: 'visit',
				operation: 'getCompleted',
				before: pay,
				parameters: { location, ...day, instagramIn: 'email' },
			},
			{
				resource: 'visit',
				operation: 'get',
				parameters: (earlier) => ({ location, visitId: String(earlier('visit.getCompleted').id) }),
			},
		],
	};
}
