import { BooksyApi } from '../../../credentials/BooksyApi.credentials';
import { BooksySimulator, CREDENTIALS } from '../../../sandbox/simulators/booksy';
import { byId, type Earlier, type SampleRun, type Samples } from './kind';

const LONG_HAIR = byId('782');
const ANNA = byId('456');

const idOf = (run: string) => (earlier: Earlier) => ({ appointmentId: String(earlier(run).id) });

const BEFORE_IT_WAITS: SampleRun[] = [
	{ resource: 'service', operation: 'getMany' },
	{ resource: 'staff', operation: 'getMany' },
	{
		resource: 'slot',
		operation: 'getMany',
		parameters: {
			service: LONG_HAIR,
			staff: ANNA,
			rangeStart: '2027-03-02T09:00:00+01:00',
			rangeEnd: '2027-03-02T18:00:00+01:00',
			options: { step: 30 },
		},
	},
	{
		resource: 'appointment',
		operation: 'create',
		parameters: {
			service: LONG_HAIR,
			staff: ANNA,
			start: '2027-03-02T10:00:00+01:00',
			clientName: 'Jane Kowalska',
			clientEmail: 'jane@example.com',
			clientPhone: '601 234 567',
			notes: 'First visit',
			leadKey: 'lead-1024',
		},
	},
	{ resource: 'appointment', operation: 'get', parameters: idOf('appointment.create') },
];

const AFTER_CONFIRMING: SampleRun[] = [
	{
		resource: 'appointment',
		operation: 'reschedule',
		parameters: (earlier) => ({
			...idOf('appointment.create')(earlier),
			newStart: '2027-03-03T11:00:00+01:00',
		}),
	},
	{
		resource: 'appointment',
		operation: 'getMany',
		parameters: { rangeStart: '2027-03-01T00:00:00+01:00', rangeEnd: '2027-03-08T00:00:00+01:00' },
	},
	{ resource: 'appointment', operation: 'cancel', parameters: idOf('appointment.create') },
	{
		resource: 'appointment',
		operation: 'create',
		as: 'missed',
		parameters: {
			service: LONG_HAIR,
			staff: ANNA,
			start: '2027-03-04T10:00:00+01:00',
			clientName: 'Jane Kowalska',
			clientPhone: '601 234 567',
		},
	},
	{
		resource: 'appointment',
		operation: 'markNoShow',
		at: '2027-03-04T11:30:00+01:00',
		parameters: idOf('missed'),
	},
];

const confirming = (before: () => void): SampleRun => ({
	resource: 'appointment',
	operation: 'confirm',
	before,
	parameters: idOf('appointment.create'),
});

/** Booksy: the life of an appointment by the Partner API. */
export function samples(now: () => Date): Samples {
	const simulator = new BooksySimulator({ now });
	const { partnerName, partnerId, businessId } = CREDENTIALS;
	/** A client's request, which the business has not accepted yet. */
	const waiting = () => {
		for (const visit of simulator.salon().visits) visit.status = 'W';
	};
	return {
		credentials: [
			{
				type: new BooksyApi(),
				data: {
					way: 'partner',
					country: 'pl',
					...{ partnerName, partnerId, businessId },
					privateKey: simulator.privateKey,
					partnerBaseUrl: '',
					timeZone: 'Europe/Warsaw',
					accessToken: '',
					renewAt: '',
				},
			},
		],
		simulators: [simulator],
		runs: [...BEFORE_IT_WAITS, confirming(waiting), ...AFTER_CONFIRMING],
	};
}
