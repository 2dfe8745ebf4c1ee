import { useState } from 'preact/hooks';
import type { LeadLine, Step } from '../model';
import { Card, Empty, Icon, Moment, Pill, Scroll, Select, useFresh, type IconName } from './parts';

const ICONS: Record<Step['kind'], IconName> = {
	word: 'chat',
	lead: 'user',
	booking: 'calendar',
	message: 'mail',
	record: 'board',
	survey: 'star',
	error: 'warning',
};

function Stages({ stages }: { stages: LeadLine['stages'] }) {
	return (
		<ol class="stages">
			{stages.map(({ name, at }) => (
				<li key={name} class={at ? 'done' : ''}>
					<span class="dot">{at ? <Icon name="check" /> : null}</span>
					<span class="name">
						{name}
						<span class="hidden">{at ? ', done' : ', not yet'}</span>
					</span>
					<Moment at={at} />
				</li>
			))}
		</ol>
	);
}

function Steps({ steps }: { steps: Step[] }) {
	const keys = steps.map(({ at, title, detail }) => `${at} ${title} ${detail}`);
	const fresh = useFresh(keys);
	return (
		<Scroll label="What happened" class="steps">
			<ol>
				{steps
					.map((step, index) => ({
						...step,
						key: `${keys[index]} ${index}`,
						freshness: fresh(keys[index] ?? ''),
					}))
					.reverse()
					.map(({ key, at, kind, title, detail, problem, freshness }) => (
						<li key={key} class={`step step-${kind} ${freshness}`}>
							<Moment at={at} />
							<Icon name={ICONS[kind]} />
							<span>
								<strong>{title}</strong> {detail}
								{problem && <small class="problem">{problem}</small>}
							</span>
						</li>
					))}
			</ol>
		</Scroll>
	);
}

const latest = ({ steps }: LeadLine) => steps.at(-1)?.at ?? '';

/** A lead from the first word to the survey, out of n8n's Data Tables. */
export function TimeLine({ leads }: { leads: LeadLine[] }) {
	const [chosen, choose] = useState('');
	const followed = [...leads].sort((a, b) => Date.parse(latest(b)) - Date.parse(latest(a)))[0];
	const lead = leads.find(({ key }) => key === chosen) ?? followed;
	return (
		<Card title="A lead’s time line" icon="user" wide>
			{!lead && <Empty>No lead yet. Write something on the left, or play a scenario.</Empty>}
			{lead && (
				<>
					<div class="row lead">
						<Select
							label="Lead"
							isPlain
							value={chosen}
							options={[
								['', `The latest: ${followed?.name}`],
								...leads.map(({ key, name, status }): [string, string] => [
									key,
									`${name} · ${status} · ${key.split(' ').at(-1)}`,
								]),
							]}
							choose={choose}
						/>
						<span class="caption">{lead.contact}</span>
						<Pill tone={lead.status === 'NEW' ? 'wait' : 'good'}>{lead.status}</Pill>
					</div>
					<Stages stages={lead.stages} />
					<Steps key={lead.key} steps={lead.steps} />
				</>
			)}
		</Card>
	);
}
