import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChatsView, Message, Thread } from '../../simulators/panel';
import { Empty, Icon, Moment, Pill, Select } from './parts';

const WHO: Record<Message['from'], string> = { customer: 'Customer', business: 'Salon', note: 'Note' };

/** Messages with somebody, the newest last and in sight. */
export function Messages(props: { messages: Message[]; label: string; mine: Message['from'] }) {
	const end = useRef<HTMLDivElement>(null);
	const count = props.messages.length;
	useEffect(() => {
		if (end.current) end.current.scrollTop = end.current.scrollHeight;
	}, [count, props.label]);
	return (
		<div class="messages" role="log" aria-label={props.label} tabIndex={0} ref={end}>
			{props.messages.map(({ id, at, from, text, state, problem }) => (
				<div key={id} class={`message ${from === 'note' ? 'note' : from === props.mine ? 'mine' : 'theirs'}`}>
					<span class="hidden">{WHO[from]}: </span>
					<p>{text}</p>
					<small>
						{from === 'note' && 'private note · '}
						<Moment at={at} />
						{state && ` · ${state}`}
					</small>
					{problem && (
						<small class="problem">
							<Icon name="warning" />
							{problem}
						</small>
					)}
				</div>
			))}
		</div>
	);
}

const newest = ({ messages }: Thread) => messages.at(-1)?.at ?? '';

/** Conversations; the one that was written in last is open unless another is chosen. */
export function Chats({ view }: { view: ChatsView }) {
	const [chosen, choose] = useState('');
	const threads = [...view.threads].sort((a, b) => newest(b).localeCompare(newest(a)));
	const open = threads.find(({ id }) => id === chosen) ?? threads[0];
	if (!open) return <Empty>No messages yet.</Empty>;
	return (
		<div class="chats">
			{threads.length > 1 && (
				<Select
					label="Conversation"
					value={open.id}
					options={threads.map(({ id, name, about, messages }) => [
						id,
						`${name} · ${about} · ${messages.length} messages`,
					])}
					choose={choose}
				/>
			)}
			<p class="caption">
				{open.name} · {open.about} {open.state && <Pill tone="quiet">{open.state}</Pill>}
			</p>
			<Messages messages={open.messages} label={`Messages with ${open.name}`} mine="business" />
		</div>
	);
}
