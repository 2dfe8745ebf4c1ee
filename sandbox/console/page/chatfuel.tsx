import { useEffect, useRef } from 'preact/hooks';
import type { Bubble, ChatfuelTalk } from '../model';
import { Problem, Waiting } from './parts';
import { useAsk, type Asking } from './store';
import { Composer } from './talk';

const WHO: Record<Bubble['from'], string> = { customer: 'You', bot: 'Bot', note: 'Console' };
const CLASSES: Record<Bubble['from'], string> = { customer: 'mine', bot: 'theirs', note: 'note' };

function Line({ bubble, isLast, asking }: { bubble: Bubble; isLast: boolean; asking: Asking }) {
	const { id, from, text, choices, milliseconds } = bubble;
	return (
		<div class={`message ${CLASSES[from]}`}>
			<span class="hidden">{WHO[from]}: </span>
			{text && <p>{text}</p>}
			{milliseconds !== undefined && <small>after {(milliseconds / 1000).toFixed(1)} s</small>}
			{choices.length > 0 && (
				<div class="choices">
					{choices.map(({ title, url }, index) =>
						url ? (
							<a key={title} href={url} target="_blank" rel="noreferrer">
								{title}
							</a>
						) : (
							<button
								key={title}
								type="button"
								disabled={asking.isBusy || !isLast}
								onClick={() => void asking.run('chatfuel/tap', { bubble: id, index })}
							>
								{title}
							</button>
						),
					)}
				</div>
			)}
		</div>
	);
}

/** The chat with the Chatfuel bot. */
export function ChatfuelTab({ talk }: { talk: ChatfuelTalk }) {
	const asking = useAsk();
	const end = useRef<HTMLDivElement>(null);
	const { bubbles, waitingSince } = talk;
	useEffect(() => {
		if (end.current) end.current.scrollTop = end.current.scrollHeight;
	}, [bubbles.length, waitingSince]);
	const lastAnswer = bubbles.findLast(({ choices }) => choices.length > 0);
	return (
		<div class="talk">
			<div class="messages" role="log" aria-label="Chat with the bot" tabIndex={0} ref={end}>
				{bubbles.map((bubble) => (
					<Line key={bubble.id} bubble={bubble} isLast={bubble === lastAnswer} asking={asking} />
				))}
				{waitingSince && <Waiting since={waitingSince}>The flow is working</Waiting>}
			</div>
			<Problem>{asking.error}</Problem>
			<div class="menu" role="group" aria-label="The bot’s menu">
				{talk.blocks.map(({ key, title }) => (
					<button
						key={key}
						type="button"
						disabled={asking.isBusy}
						onClick={() => void asking.run('chatfuel/open', { block: key })}
					>
						{title}
					</button>
				))}
			</div>
			<Composer
				label="Write to the bot"
				placeholder="A day, such as tomorrow or 24.12."
				isBusy={asking.isBusy}
				send={async (text) => (await asking.run('chatfuel/say', { text })) !== undefined}
			/>
		</div>
	);
}
