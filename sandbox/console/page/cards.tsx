import { useEffect, useRef, useState } from 'preact/hooks';
import type { View } from '../../simulators/panel';
import type { ProviderPanel } from '../model';
import { Board } from './board';
import { Calendar } from './calendar';
import { Chats } from './chats';
import { Events } from './events';
import { Inbox } from './inbox';
import { Card, Tabs, type IconName } from './parts';
import type { Told } from './store';

/** The cards by what they show, in order. */
const KINDS: Array<{ kind: View['kind']; title: string; icon: IconName; wide?: boolean }> = [
	{ kind: 'calendar', title: 'Calendars', icon: 'calendar' },
	{ kind: 'inbox', title: 'Inbox', icon: 'mail' },
	{ kind: 'board', title: 'Board', icon: 'board', wide: true },
	{ kind: 'chats', title: 'Messages', icon: 'chat' },
	{ kind: 'events', title: 'Events', icon: 'chart' },
];

interface Place {
	key: string;
	label: string;
	/** How much it holds. */
	count: number;
	/** Changes with anything in it. */
	content: string;
	view: View;
	provider: string;
}

function sizeOf(view: View): number {
	switch (view.kind) {
		case 'board':
			return view.rows.length;
		case 'calendar':
			return view.appointments.length;
		case 'inbox':
			return view.mails.length;
		case 'chats':
			return view.threads.reduce((sum, { messages }) => sum + messages.length, 0);
		case 'events':
			return view.events.length;
	}
}

function Shown({ view, provider }: { view: View; provider: string }) {
	switch (view.kind) {
		case 'board':
			return <Board view={view} />;
		case 'calendar':
			return <Calendar view={view} />;
		case 'inbox':
			return <Inbox view={view} provider={provider} />;
		case 'chats':
			return <Chats view={view} />;
		case 'events':
			return <Events view={view} />;
	}
}

const placesOf = (panels: ProviderPanel[], kind: View['kind']): Place[] =>
	panels.flatMap(({ name, title, views }) => {
		const own = views.filter((view) => view.kind === kind);
		return own.map((view, index) => ({
			key: `${name}-${index}`,
			label: own.length > 1 ? `${title} ${view.title}` : title,
			count: sizeOf(view),
			content: JSON.stringify(view),
			view,
			provider: name,
		}));
	});

/** The place where something happened last, unless the operator is busy in the card. */
function useFollowed(places: Place[], isBusy: () => boolean): [string, (key: string) => void] {
	const [chosen, choose] = useState('');
	const before = useRef(new Map<string, string>());
	const contents = places.map(({ content }) => content).join();
	useEffect(() => {
		const known = before.current;
		const changed = places.find(({ key, content }) => known.has(key) && known.get(key) !== content);
		before.current = new Map(places.map(({ key, content }) => [key, content]));
		if (changed && !isBusy()) choose(changed.key);
	}, [contents]);
	const fullest = places.find(({ count }) => count > 0) ?? places[0];
	return [chosen || (fullest?.key ?? ''), choose];
}

function KindCard(props: { title: string; icon: IconName; wide?: boolean; places: Place[] }) {
	const place = useRef<HTMLDivElement>(null);
	const [chosen, choose] = useFollowed(
		props.places,
		() => place.current?.contains(document.activeElement) ?? false,
	);
	const tabs = props.places.map(({ key, label, count, view, provider }) => ({
		key,
		label,
		count,
		content: () => <Shown key={key} view={view} provider={provider} />,
	}));
	return (
		<Card title={props.title} icon={props.icon} wide={props.wide}>
			<div ref={place}>
				<Tabs name={props.title} tabs={tabs} chosen={chosen} choose={choose} />
			</div>
		</Card>
	);
}

/** What every provider holds, a card for each way of showing it. */
export function ProviderCards({ told }: { told: Told }) {
	const panels = Object.entries(told)
		.filter(([topic]) => topic.startsWith('panel:'))
		.map(([, panel]) => panel as ProviderPanel);
	return (
		<>
			{KINDS.map(({ kind, ...card }) => {
				const places = placesOf(panels, kind);
				return places.length > 0 && <KindCard key={kind} {...card} places={places} />;
			})}
		</>
	);
}
