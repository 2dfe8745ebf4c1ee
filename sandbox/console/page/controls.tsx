import { useState } from 'preact/hooks';
import type { Clock, LastCall, Meta, Play, Trouble } from '../model';
import { Icon, Moment, Pill, Problem, Scroll, Select, Waiting } from './parts';
import { useAsk } from './store';

const REQUESTS = [1, 3, 10, 50];

/** Plays a scenario and shows its receipt. */
export function Scenarios({ play }: { play: Play }) {
	const [title, setTitle] = useState('');
	const { isBusy, error, run } = useAsk();
	const chosen = title || (play.titles[0] ?? '');
	return (
		<section class="control" aria-labelledby="control-play">
			<h2 id="control-play">
				<Icon name="play" /> Play a scenario
			</h2>
			<div class="inputs">
				<Select
					label="Scenario"
					isPlain
					value={chosen}
					options={play.titles.map((one) => [one, one])}
					choose={setTitle}
				/>
				<button type="button" disabled={isBusy} onClick={() => void run('scenario/play', { title: chosen })}>
					Play
				</button>
			</div>
			<div role="status">
				{play.since && <Waiting since={play.since}>{`Playing “${play.title}”`}</Waiting>}
				{!play.since && play.lines.length > 0 && (
					<details class="receipt" open>
						<summary>
							{play.lines.every(({ arrived }) => arrived) ? 'All arrived' : 'Something is missing'}:{' '}
							{play.title}
						</summary>
						<Scroll label="What arrived">
							<ul>
								{play.lines.map(({ where, what, arrived }) => (
									<li key={where + what}>
										<Pill tone={arrived ? 'good' : 'bad'}>{arrived ? 'arrived' : 'missing'}</Pill>{' '}
										<strong>{where}</strong> {what}
									</li>
								))}
							</ul>
						</Scroll>
					</details>
				)}
			</div>
			<Problem>{error}</Problem>
		</section>
	);
}

const OUTCOMES = {
	waiting: ['wait', 'to come'],
	running: ['wait', 'running'],
	done: ['good', 'done'],
	failed: ['bad', 'failed'],
} as const;

const dayName = (date: string) =>
	new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		timeZone: 'UTC',
	});

/** Lets a day pass for the scheduled flows. */
export function DayPasses({ clock }: { clock: Clock }) {
	const { isBusy, error, run } = useAsk();
	const done = clock.runs.filter(({ outcome }) => outcome === 'done' || outcome === 'failed').length;
	return (
		<section class="control" aria-labelledby="control-clock">
			<h2 id="control-clock">
				<Icon name="clock" /> Move the clock a day
			</h2>
			<div class="inputs">
				<span class="date">{dayName(clock.date)}</span>
				<button type="button" disabled={isBusy || clock.isMoving} onClick={() => void run('clock/day')}>
					A day later
				</button>
			</div>
			<p class="hint">
				Runs reminders, surveys, reports and all other scheduled flows as if it were that day. n8n and the
				providers keep the real time.
			</p>
			<div role="status">
				{clock.isMoving && (
					<progress value={done} max={clock.runs.length} aria-label="Flows of the day that have run" />
				)}
				{clock.runs.length > 0 && (
					<details class="receipt">
						<summary>
							{done} of {clock.runs.length} runs of that day
						</summary>
						<Scroll label="Runs of that day">
							<ul>
								{clock.runs.map(({ flow, at, outcome, message }) => (
									<li key={flow + at}>
										<Pill tone={OUTCOMES[outcome][0]}>{OUTCOMES[outcome][1]}</Pill> {at.slice(11, 16)} {flow}
										{message && <small class="problem">{message}</small>}
									</li>
								))}
							</ul>
						</Scroll>
					</details>
				)}
			</div>
			<Problem>{error}</Problem>
		</section>
	);
}

/** What waits for providers' next requests, each with a way to take it back. */
function Troubles({ trouble, titles }: { trouble: Trouble[]; titles: Map<string, string> }) {
	const { error, run } = useAsk();
	return (
		<>
			<ul class="troubles" aria-live="polite">
				{trouble.map(({ provider, kind, left }) => (
					<li key={provider}>
						<Pill tone="bad">{titles.get(provider) ?? provider}</Pill>
						{kind}, {left} more {left === 1 ? 'time' : 'times'}
						<button
							type="button"
							class="small"
							aria-label={`Mend ${titles.get(provider) ?? provider}`}
							onClick={() => void run('provider/mend', { provider })}
						>
							Mend
						</button>
					</li>
				))}
			</ul>
			<Problem>{error}</Problem>
		</>
	);
}

/** Makes a provider fail at its next requests, and mends it. */
export function Failures({ meta, trouble }: { meta: Meta; trouble: Trouble[] }) {
	const [provider, setProvider] = useState('');
	const [fault, setFault] = useState('');
	const [requests, setRequests] = useState(3);
	const { isBusy, error, run } = useAsk();
	const values = {
		provider: provider || (meta.providers[0]?.name ?? ''),
		fault: fault || (meta.faults[0]?.key ?? ''),
		requests,
	};
	const titles = new Map(meta.providers.map(({ name, title }) => [name, title]));
	return (
		<section class="control" aria-labelledby="control-fail">
			<h2 id="control-fail">
				<Icon name="bolt" /> Make a provider fail
			</h2>
			<div class="inputs">
				<Select
					label="Provider"
					isPlain
					value={values.provider}
					options={meta.providers.map(({ name, title }) => [name, title])}
					choose={setProvider}
				/>
				<Select
					label="How it fails"
					isPlain
					value={values.fault}
					options={meta.faults.map(({ key, title }) => [key, title])}
					choose={setFault}
				/>
				<Select
					label="For how many requests"
					isPlain
					value={String(requests)}
					options={REQUESTS.map((count) => [String(count), count === 1 ? 'once' : `${count} times`])}
					choose={(count) => setRequests(Number(count))}
				/>
				<button type="button" disabled={isBusy} onClick={() => void run('provider/fail', values)}>
					Fail
				</button>
			</div>
			<Troubles trouble={trouble} titles={titles} />
			<Problem>{error}</Problem>
		</section>
	);
}

/** Sends the last call to n8n once more. */
export function Duplicate({ lastCall }: { lastCall: LastCall | null }) {
	const { isBusy, error, run } = useAsk();
	return (
		<section class="control" aria-labelledby="control-again">
			<h2 id="control-again">
				<Icon name="again" /> Duplicate the last webhook
			</h2>
			<div class="inputs">
				<span class="call">{lastCall ? lastCall.what : 'Nothing has called n8n yet'}</span>
				<button type="button" disabled={isBusy || !lastCall} onClick={() => void run('call/again')}>
					Send again
				</button>
			</div>
			<div role="status">
				{lastCall?.repeated && (
					<p class="hint">
						Sent again at <Moment at={lastCall.repeated.at} />, answered {lastCall.repeated.status}. Nothing
						may happen twice.
					</p>
				)}
			</div>
			<Problem>{error}</Problem>
		</section>
	);
}
