import type { EventsView } from '../../simulators/panel';
import { Empty, Icon, Moment, Scroll, useFresh } from './parts';

/** Events, the newest first. */
export function Events({ view }: { view: EventsView }) {
	const fresh = useFresh(view.events.map(({ id }) => id));
	if (view.events.length === 0) return <Empty>Nothing yet.</Empty>;
	return (
		<Scroll label={`The latest: ${view.title}`}>
			<ul class="events">
				{[...view.events].reverse().map(({ id, at, name, details, refused }) => (
					<li key={id} class={fresh(id)}>
						<span class="row">
							<code>{name}</code>
							<Moment at={at} />
						</span>
						{refused && (
							<small class="problem">
								<Icon name="warning" />
								Thrown away: {refused}
							</small>
						)}
						<dl class="facts">
							{details.map(([key, value]) => (
								<div key={key}>
									<dt>{key}</dt>
									<dd>{value}</dd>
								</div>
							))}
						</dl>
					</li>
				))}
			</ul>
		</Scroll>
	);
}
