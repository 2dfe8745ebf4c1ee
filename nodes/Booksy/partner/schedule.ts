import { toIso } from '../../../lib/time';
import { nextDate, toMillis, weekdayOf } from '../times';
import { intersect, type Interval } from './availability';
import type { PartnerAppointment, ScheduleDay, Subbooking, TimeOff } from './types';

/** What one member of staff's diary says of a period. */
export interface StaffDiary {
	week: ScheduleDay[];
	/** Days that differ from the week; a day without hours is a day off. */
	customDays: ScheduleDay[];
	/** Days on which the business differs; nobody works outside these hours. */
	businessDays: ScheduleDay[];
}

/** Cancelled and declined appointments take no time. */
const FREEING = new Set(['C', 'D']);

/** A wall-clock time of a zone in milliseconds since 1970; undefined where the text is none. */
function momentOf(local: string, timeZone: string): number | undefined {
	const iso = toIso(local, timeZone);
	return iso === undefined ? undefined : toMillis(iso);
}

function intervalOf(from: string, till: string, timeZone: string): Interval[] {
	const [start, end] = [momentOf(from, timeZone), momentOf(till, timeZone)];
	return start === undefined || end === undefined ? [] : [{ start, end }];
}

const hoursOf = ({ hours, hour_from, hour_till }: ScheduleDay) =>
	hours ?? (hour_from && hour_till ? [{ hour_from, hour_till }] : []);

/** Hours of a date; those that end at or before their beginning run into the next day. */
function openOn(date: string, day: ScheduleDay, timeZone: string): Interval[] {
	return hoursOf(day).flatMap(({ hour_from, hour_till }) => {
		const [from, till] = [hour_from.padStart(5, '0'), hour_till.padStart(5, '0')];
		return intervalOf(`${date}T${from}`, `${till <= from ? nextDate(date) : date}T${till}`, timeZone);
	});
}

/**
 * Working hours of one member of staff: the day's custom hours where there are some, else the week's, in both
 * cases within the business's own custom hours where it has some for the day.
 *
 * @param dates YYYY-MM-DD, days of the business's zone
 */
export function openHours(diary: StaffDiary, dates: string[], timeZone: string): Interval[] {
	return dates.flatMap((date) => {
		const usual = diary.week.filter(
			({ day_of_week }) => day_of_week !== undefined && (day_of_week || 7) === weekdayOf(date),
		);
		const custom = diary.customDays.filter((day) => day.date === date);
		const open = (custom.length > 0 ? custom : usual).flatMap((day) => openOn(date, day, timeZone));
		const business = diary.businessDays.filter((day) => day.date === date);
		const bounds = business.flatMap((day) => openOn(date, day, timeZone));
		return business.length > 0 ? intersect(open, bounds) : open;
	});
}

/**
 * Absences as spans. One of several days runs through from its first hour to its last; one that is not approved
 * is not in force.
 */
export function absences(list: TimeOff[], timeZone: string): Interval[] {
	return list
		.filter(({ approved }) => approved !== false)
		.flatMap(({ date_from, date_till, hour_from, hour_till }) =>
			intervalOf(
				`${date_from}T${hour_from ?? '00:00'}`,
				hour_till ? `${date_till}T${hour_till}` : `${nextDate(date_till)}T00:00`,
				timeZone,
			),
		);
}

/**
 * What appointments take of one member of staff's time: their own services, and appointments or reservations
 * that name nobody, which may be anybody's.
 */
export function takenFrom(appointments: PartnerAppointment[], staffId: string, timeZone: string): Interval[] {
	return appointments
		.filter(({ status }) => !FREEING.has(status))
		.flatMap((appointment) => {
			const { subbookings, booked_from: first } = appointment;
			const parts: Subbooking[] = subbookings.length > 0 ? subbookings : [{ booked_from: first }];
			return parts
				.filter(({ staffer_id, appliance_id }) => {
					if (Number(staffer_id) > 0) return String(staffer_id) === staffId;
					return !appliance_id;
				})
				.flatMap(({ booked_from, booked_till = appointment.booked_till }) =>
					intervalOf(booked_from, booked_till, appointment.business_timezone || timeZone),
				);
		});
}
