import type { Request, Run } from '../model';
import { Card, Empty, Icon, Moment, Pill, Scroll, useFresh, type Tone } from './parts';

const toneOf = (status: number | undefined): Tone => {
	if (status === undefined || status >= 400) return 'bad';
	return 'good';
};

/** What n8n asked of providers and what they said, the newest first. */
export function Requests({ requests, titles }: { requests: Request[]; titles: Map<string, string> }) {
	const fresh = useFresh(requests.map(({ id }) => String(id)));
	return (
		<Card title="What n8n asked" icon="exchange">
			{requests.length === 0 && <Empty>No request to a provider yet.</Empty>}
			<Scroll label="The latest requests">
				<ul class="requests">
					{requests.map((one) => (
						<li key={one.id} class={fresh(String(one.id))}>
							<details>
								<summary>
									<span class="row">
										<strong>{titles.get(one.provider) ?? one.provider}</strong>
										<Pill tone={toneOf(one.status)}>{one.status ?? 'cut'}</Pill>
										<Moment at={one.at} />
									</span>
									<code>
										{one.method} {one.address}
									</code>
									{one.fault && <small class="problem">made to fail: {one.fault}</small>}
								</summary>
								<h3>Sent</h3>
								<pre>{one.sent || '(nothing)'}</pre>
								<h3>Answered</h3>
								<pre>{one.answered || '(nothing)'}</pre>
							</details>
						</li>
					))}
				</ul>
			</Scroll>
		</Card>
	);
}

const RUN_TONES: Record<string, Tone> = { success: 'good', error: 'bad', crashed: 'bad', canceled: 'quiet' };

/** Flows that ran, with a way to each run in the editor. */
export function Runs({ runs }: { runs: Run[] }) {
	const fresh = useFresh(runs.map(({ id }) => id));
	return (
		<Card title="Flows that ran" icon="flow">
			{runs.length === 0 && <Empty>No flow has run yet.</Empty>}
			<Scroll label="The latest runs">
				<ul class="runs">
					{runs.map(({ id, flow, status, at, url }) => (
						<li key={id} class={fresh(id)}>
							<a href={url} target="_blank" rel="noreferrer">
								{flow}
								<Icon name="link" />
								<span class="hidden"> (in n8n, a new tab)</span>
							</a>
							<Pill tone={RUN_TONES[status] ?? 'wait'}>{status}</Pill>
							<Moment at={at} />
						</li>
					))}
				</ul>
			</Scroll>
		</Card>
	);
}
