import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

/** Drawn on 24 by 24, with lines of 2. */
const ICONS = {
	again: 'M17 2l4 4-4 4M3 11V9a3 3 0 0 1 3-3h15M7 22l-4-4 4-4M21 13v2a3 3 0 0 1-3 3H3',
	board: 'M4 4h16v16H4zM10 4v16M4 10h16',
	bolt: 'M13 2L4 14h6l-1 8 9-12h-6z',
	calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
	chart: 'M4 20V10M10 20V4M16 20v-8M21 20H3',
	chat: 'M4 5h16v11H10l-5 4v-4H4z',
	check: 'M5 13l4 4L19 7',
	clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 3',
	cross: 'M6 6l12 12M18 6L6 18',
	exchange: 'M4 8h15l-4-4M20 16H5l4 4',
	flow: 'M4 4h6v6H4zM14 14h6v6h-6zM10 7h7v7',
	link: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
	mail: 'M3 5h18v14H3zM3 6l9 7 9-7',
	minus: 'M5 12h14',
	note: 'M5 4h14v16H5zM8 9h8M8 13h5',
	play: 'M7 4l13 8-13 8z',
	star: 'M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.700l6.200-.9z',
	user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21a8 8 0 0 1 16 0',
	warning: 'M12 3l10 18H2zM12 10v5M12 18v.5',
};

export type IconName = keyof typeof ICONS;

/** A small drawing beside words that say the same. */
export const Icon = ({ name }: { name: IconName }) => (
	<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
		<path d={ICONS[name]} />
	</svg>
);

export type Tone = 'good' | 'wait' | 'bad' | 'quiet';

const TONES: Record<Tone, IconName> = { good: 'check', wait: 'clock', bad: 'warning', quiet: 'minus' };

/** A word with a sign and a colour; the colour says nothing by itself. */
export const Pill = ({ tone, children }: { tone: Tone; children: ComponentChildren }) => (
	<span class={`pill ${tone}`}>
		<Icon name={TONES[tone]} />
		{children}
	</span>
);

/** What went wrong, told at once. */
export const Problem = ({ children }: { children?: string }) => (
	<div role="alert">
		{children && (
			<p class="problem">
				<Icon name="warning" />
				{children}
			</p>
		)}
	</div>
);

const shortTime = (iso: string) =>
	new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const longTime = (iso: string) =>
	new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A moment by the browser's clock. */
export const Moment = ({ at }: { at?: string }) =>
	at ? (
		<time class="moment" dateTime={at} title={longTime(at)}>
			{shortTime(at)}
		</time>
	) : null;

/** Says how long something has been waited for. */
export function Waiting({ since, children }: { since: string; children: string }) {
	const [now, setNow] = useState(Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 1000);
		return () => clearInterval(timer);
	}, []);
	const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
	return (
		<span class="waiting">
			<span class="spinner" aria-hidden="true" />
			{children}
			{seconds > 2 && ` ${seconds} s`}
		</span>
	);
}

/** A list to choose one from. */
export const Select = (props: {
	label: string;
	/** Whether the label is only for those who do not see the page. */
	isPlain?: boolean;
	value: string;
	options: Array<[value: string, words: string]>;
	choose: (value: string) => void;
}) => (
	<label class="field">
		<span class={props.isPlain ? 'hidden' : ''}>{props.label}</span>
		<select value={props.value} onChange={({ currentTarget }) => props.choose(currentTarget.value)}>
			{props.options.map(([value, words]) => (
				<option key={value} value={value}>
					{words}
				</option>
			))}
		</select>
	</label>
);

export interface Tab {
	key: string;
	label: string;
	count?: number;
	content: () => ComponentChildren;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

/** Tabs after the ARIA pattern: arrow keys, Home and End move between them. */
export function Tabs(props: { name: string; tabs: Tab[]; chosen: string; choose: (key: string) => void }) {
	const { name, tabs, chosen, choose } = props;
	const id = useId();
	const list = useRef<HTMLDivElement>(null);
	const index = Math.max(
		0,
		tabs.findIndex(({ key }) => key === chosen),
	);
	const current = tabs[index];
	const onKeyDown = (event: KeyboardEvent) => {
		const ends: Record<string, number> = { Home: 0, End: tabs.length - 1 };
		const next = ends[event.key] ?? (STEPS[event.key] ? index + (STEPS[event.key] ?? 0) : undefined);
		if (next === undefined) return;
		event.preventDefault();
		const place = (next + tabs.length) % tabs.length;
		choose(tabs[place]?.key ?? chosen);
		list.current?.querySelectorAll<HTMLElement>('[role=tab]')[place]?.focus();
	};
	return (
		<div class="tabs">
			<div role="tablist" aria-label={name} ref={list} onKeyDown={onKeyDown}>
				{tabs.map(({ key, label, count }) => (
					<button
						key={key}
						type="button"
						role="tab"
						id={`${id}-tab-${key}`}
						aria-selected={key === current?.key}
						aria-controls={`${id}-panel`}
						tabIndex={key === current?.key ? 0 : -1}
						onClick={() => choose(key)}
					>
						{label}
						{count !== undefined && <span class={count > 0 ? 'count some' : 'count'}>{count}</span>}
					</button>
				))}
			</div>
			<div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current?.key}`}>
				{current?.content()}
			</div>
		</div>
	);
}

/** A part of the page with a heading. */
export function Card(props: { title: string; icon: IconName; wide?: boolean; children: ComponentChildren }) {
	const id = useId();
	return (
		<section class={props.wide ? 'card wide' : 'card'} aria-labelledby={id}>
			<h2 id={id}>
				<Icon name={props.icon} />
				{props.title}
			</h2>
			{props.children}
		</section>
	);
}

/** What a place shows as long as it has nothing to show. */
export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;

/** Which of these were not there when the place was first shown: their rows light up once. */
export function useFresh(ids: string[]): (id: string) => string {
	const first = useRef(new Set(ids));
	return (id) => (first.current.has(id) ? '' : 'fresh');
}

/** A scrolled place that can be reached and moved by keyboard. */
export function Scroll(props: { label: string; class?: string; children: ComponentChildren }) {
	return (
		<div class={`scroll ${props.class ?? ''}`} role="region" aria-label={props.label} tabIndex={0}>
			{props.children}
		</div>
	);
}
