import { useState } from 'preact/hooks';
import type { InboxView } from '../../simulators/panel';
import { Empty, Moment, Scroll, useFresh } from './parts';

/** Mails, the newest open; each is shown in a frame that can do nothing. */
export function Inbox({ view, provider }: { view: InboxView; provider: string }) {
	const [chosen, choose] = useState<string>();
	const fresh = useFresh(view.mails.map(({ id }) => id));
	const mails = [...view.mails].reverse();
	const open = mails.find(({ id }) => id === chosen) ?? mails[0];
	if (!open) return <Empty>No e-mails yet.</Empty>;
	return (
		<div class="inbox">
			<Scroll label="E-mails" class="mails">
				<ul>
					{mails.map(({ id, at, subject, to, body }) => (
						<li key={id} class={fresh(id)}>
							<button type="button" aria-pressed={id === open.id} onClick={() => choose(id)}>
								<span class="row">
									<strong>{subject}</strong>
									<Moment at={at} />
								</span>
								<small>To {to}</small>
								<small class="preview">{body}</small>
							</button>
						</li>
					))}
				</ul>
			</Scroll>
			<article class="mail" aria-label={`E-mail ${open.subject}`}>
				<p class="head">
					<strong>{open.subject}</strong>
					<small>
						{open.from} → {open.to}
					</small>
					{open.attachments.length > 0 && (
						<small>Attached: {open.attachments.map(({ name }) => name).join(', ')}</small>
					)}
				</p>
				<iframe title={`Text of “${open.subject}”`} sandbox="" src={`/mail/${provider}/${open.id}`} />
			</article>
		</div>
	);
}
