import { DateTime } from 'luxon';
import type { recordView } from './altegio-views';
import type { AppointmentState, Panel } from './panel';

interface State {
	location: { title: string; timezone_name: string };
	records: Array<ReturnType<typeof recordView>>;
}

/** By `attendance`: the client did not come, is expected, came, confirmed. */
const STATES: Record<number, AppointmentState> = {
	[-1]: 'no_show',
	0: 'confirmed',
	1: 'completed',
	2: 'confirmed',
};

/** The location's calendar. */
export const altegioPanel: Panel = {
	title: 'Altegio',
	views: ({ location, records }: State) => [
		{
			kind: 'calendar',
			title: location.title,
			timeZone: location.timezone_name,
			appointments: records.map((record) => ({
				id: String(record.id),
				start: record.datetime,
				end:
					DateTime.fromISO(record.datetime, { setZone: true })
						.plus({ seconds: record.length })
						.toISO({ suppressMilliseconds: true }) ?? '',
				what: record.services.map(({ title }) => title).join(', '),
				who: record.client ? [record.client.name, record.client.surname].filter(Boolean).join(' ') : '',
				with: record.staff.name,
				state: record.deleted ? 'cancelled' : (STATES[record.attendance] ?? 'pending'),
			})),
		},
	],
};
