import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Message } from '../../simulators/panel';
import { Messages } from './chats';
import { Problem } from './parts';
import type { Asking } from './store';

/** One line to write in, and a button to send it. */
export function Composer(props: {
	label: string;
	placeholder?: string;
	isBusy: boolean;
	/** @returns whether it was sent; the line is kept where not */
	send: (text: string) => Promise<boolean>;
}) {
	const id = useId();
	const input = useRef<HTMLInputElement>(null);
	const onSubmit = async (event: Event) => {
		event.preventDefault();
		const text = input.current?.value.trim() ?? '';
		if (text === '' || !input.current) return;
		input.current.value = '';
		if (!(await props.send(text)) && input.current.value === '') input.current.value = text;
	};
	return (
		<form class="composer" onSubmit={(event) => void onSubmit(event)}>
			<label class="hidden" for={id}>
				{props.label}
			</label>
			<input id={id} ref={input} placeholder={props.placeholder ?? props.label} autocomplete="off" />
			<button type="submit" disabled={props.isBusy}>
				Send
			</button>
		</form>
	);
}

/** A chat as the customer has it on the phone. */
export function Talk(props: {
	label: string;
	messages: Message[];
	hint: string;
	asking: Asking;
	send: (text: string) => Promise<boolean>;
	children?: ComponentChildren;
}) {
	return (
		<div class="talk">
			{props.children}
			{props.messages.length === 0 ? (
				<div class="messages">
					<p class="empty">{props.hint}</p>
				</div>
			) : (
				<Messages messages={props.messages} label={props.label} mine="customer" />
			)}
			<Problem>{props.asking.error}</Problem>
			<Composer
				label={`Write: ${props.label}`}
				placeholder="Write a message"
				{...props.asking}
				send={props.send}
			/>
		</div>
	);
}
