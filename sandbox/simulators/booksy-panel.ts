import { DateTime } from 'luxon';
import type { Part } from './booksy-calendar';
import { STATUS_WORDS } from './booksy-gateway';
import type { Panel } from './panel';

interface Salon {
	businessId: number;
	appointments: Array<{
		id: number;
		booked_from?: string;
		booked_till?: string;
		status: string;
		customer_name: string | null;
		business_timezone: string;
		subbookings: Part[];
	}>;
}

const at = (local: string | undefined, zone: string) =>
	DateTime.fromISO(local ?? '', { zone }).toISO({ suppressMilliseconds: true }) ?? '';

/** The salons that have appointments. */
export const booksyPanel: Panel = {
	title: 'Booksy',
	views: (state: Salon[]) =>
		state
			.filter(({ appointments }, index) => index === 0 || appointments.length > 0)
			.map(({ businessId, appointments }) => {
				const timeZone = appointments[0]?.business_timezone ?? 'Europe/Warsaw';
				return {
					kind: 'calendar',
					title: `Business ${businessId}`,
					timeZone,
					appointments: appointments.map((one) => ({
						id: String(one.id),
						start: at(one.booked_from, timeZone),
						end: at(one.booked_till, timeZone),
						what: one.subbookings.map(({ service_name }) => service_name ?? '').join(', '),
						who: one.customer_name ?? '',
						state: STATUS_WORDS[one.status] ?? 'pending',
					})),
				};
			}),
};
