import type { AppointmentState, CalendarView } from '../../simulators/panel';
import { Empty, Pill, Scroll, useFresh, type Tone } from './parts';

const STATES: Record<AppointmentState, [Tone, string]> = {
	confirmed: ['good', 'confirmed'],
	pending: ['wait', 'pending'],
	cancelled: ['quiet', 'cancelled'],
	rescheduled: ['quiet', 'moved'],
	completed: ['good', 'came'],
	no_show: ['bad', 'did not come'],
};

/** The calendar's own clock face: what stands in the text before its offset. */
const timeIn = (iso: string) => iso.slice(11, 16);
const dayIn = (iso: string) =>
	new Date(`${iso.slice(0, 10)}T12:00:00Z`).toLocaleDateString('en-GB', {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		timeZone: 'UTC',
	});

/** Appointments by day, in the calendar's time zone. */
export function Calendar({ view }: { view: CalendarView }) {
	const fresh = useFresh(view.appointments.map(({ id, state }) => id + state));
	if (view.appointments.length === 0) return <Empty>No appointments yet.</Empty>;
	const sorted = [...view.appointments].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
	const days = [...new Set(sorted.map(({ start }) => start.slice(0, 10)))];
	return (
		<Scroll label={`Appointments, ${view.title}`}>
			<p class="caption">
				{view.title} · {view.timeZone}
			</p>
			{days.map((day) => (
				<div class="day" key={day}>
					<h3>{dayIn(day)}</h3>
					<ul>
						{sorted
							.filter(({ start }) => start.startsWith(day))
							.map((one) => (
								<li key={one.id} class={`appointment ${one.state} ${fresh(one.id + one.state)}`}>
									<span class="hours">
										{timeIn(one.start)}
										<small>{timeIn(one.end)}</small>
									</span>
									<span class="what">
										<strong>{one.who || 'Somebody'}</strong>
										<small>{[one.what, one.with].filter(Boolean).join(' · ')}</small>
									</span>
									<Pill tone={STATES[one.state][0]}>{STATES[one.state][1]}</Pill>
								</li>
							))}
					</ul>
				</div>
			))}
		</Scroll>
	);
}
