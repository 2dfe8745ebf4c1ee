import { useState } from 'preact/hooks';
import type { Thread } from '../../simulators/panel';
import type { Customer, ProviderPanel } from '../model';
import { threadsOf } from './channels';
import { Messages } from './chats';
import { Pill, Problem, Select } from './parts';
import { useAsk, type Asking } from './store';
import { Composer } from './talk';

function Conversation({ thread, asking }: { thread: Thread; asking: Asking }) {
	const isResolved = thread.state === 'resolved';
	return (
		<>
			<div class="row">
				<Pill tone={isResolved ? 'good' : 'wait'}>{thread.state}</Pill>
				<button
					type="button"
					class="small"
					disabled={asking.isBusy}
					onClick={() =>
						void asking.run('chatwoot/status', {
							conversation: thread.id,
							status: isResolved ? 'open' : 'resolved',
						})
					}
				>
					{isResolved ? 'Open again' : 'Resolve'}
				</button>
			</div>
			<dl class="facts">
				{thread.facts.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
			<Messages messages={thread.messages} label={`Conversation with ${thread.name}`} mine="business" />
			<Composer
				label="Answer as the agent"
				isBusy={asking.isBusy}
				send={async (text) =>
					(await asking.run('chatwoot/answer', { conversation: thread.id, text })) !== undefined
				}
			/>
		</>
	);
}

/** Chatwoot as a colleague at the front desk sees it; the customer can write into it too. */
export function AgentTab({ customer, panel }: { customer: Customer; panel?: ProviderPanel }) {
	const asking = useAsk();
	const [chosen, choose] = useState('');
	const threads = threadsOf(panel);
	const open = threads.find(({ id }) => id === chosen) ?? threads.at(-1);
	return (
		<div class="talk">
			{open ? (
				<>
					<Select
						label="Conversation"
						value={open.id}
						options={threads.map(({ id, name, about }) => [id, `#${id} ${name} · ${about}`])}
						choose={choose}
					/>
					<Conversation thread={open} asking={asking} />
				</>
			) : (
				<p class="empty">
					No conversation yet. The WhatsApp assistant hands over to a colleague here: ask it for a person. Or
					let the customer write into Chatwoot’s own inbox.
				</p>
			)}
			<Problem>{asking.error}</Problem>
			<div class="apart">
				<p class="caption">The customer writes into Chatwoot’s WhatsApp inbox</p>
				<Composer
					label={`Write to Chatwoot as ${customer.name}`}
					isBusy={asking.isBusy}
					send={async (text) => (await asking.run('chatwoot/write', { text })) !== undefined}
				/>
			</div>
		</div>
	);
}
