import { ProviderCards } from './cards';
import { DayPasses, Duplicate, Failures, Scenarios } from './controls';
import { CustomerSide } from './customer';
import { Icon, Problem } from './parts';
import { useTopics, type Told } from './store';
import { TimeLine } from './timeline';
import { Requests, Runs } from './traffic';

function Header({ told }: { told: Told }) {
	const running = told.runs?.running ?? 0;
	return (
		<header>
			<img src="/icon.svg" alt="" width="36" height="36" />
			<div class="names">
				<h1>Frontdesk console</h1>
				<p>A real n8n; every provider is simulated, nothing leaves this machine.</p>
			</div>
			<p class="activity" role="status">
				{running > 0 && <span class="spinner" aria-hidden="true" />}
				{running > 0 ? `${running} ${running === 1 ? 'flow' : 'flows'} running` : 'n8n is idle'}
			</p>
			{told.meta && (
				<details class="signin">
					<summary>n8n editor</summary>
					<div>
						<a href={told.meta.editor} target="_blank" rel="noreferrer">
							Open {told.meta.editor} <Icon name="link" />
						</a>
						<dl class="facts">
							<div>
								<dt>E-mail</dt>
								<dd>{told.meta.email}</dd>
							</div>
							<div>
								<dt>Password</dt>
								<dd>{told.meta.password}</dd>
							</div>
						</dl>
					</div>
				</details>
			)}
		</header>
	);
}

/** The whole page. */
export function App() {
	const { told, isConnected } = useTopics();
	const { meta, play, clock, trouble, requests, runs, leads } = told;
	const titles = new Map((meta?.providers ?? []).map(({ name, title }) => [name, title]));
	return (
		<>
			<a class="skip" href="#received">
				Skip to what arrived
			</a>
			<Header told={told} />
			<Problem>
				{isConnected ? undefined : 'The sandbox does not answer. Is “npm start” still running?'}
			</Problem>
			<main>
				<CustomerSide told={told} />
				<div class="desk">
					<div class="controls">
						{play && <Scenarios play={play} />}
						{clock && <DayPasses clock={clock} />}
						{meta && trouble && <Failures meta={meta} trouble={trouble} />}
						{told.lastCall !== undefined && <Duplicate lastCall={told.lastCall} />}
					</div>
					<div class="cards" id="received" tabIndex={-1}>
						{leads && <TimeLine leads={leads} />}
						<ProviderCards told={told} />
						{requests && <Requests requests={requests} titles={titles} />}
						{runs && <Runs runs={runs.list} />}
					</div>
				</div>
			</main>
		</>
	);
}
