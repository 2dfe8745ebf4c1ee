import { useState } from 'preact/hooks';
import { LANGUAGES, type Customer } from '../model';
import { AgentTab } from './agent';
import { ChatfuelTab } from './chatfuel';
import { InstagramTab, TwilioTab } from './channels';
import { Problem, Tabs, type Tab } from './parts';
import { useAsk, type Told } from './store';
import { PersonFields, valuesOf, WebFormTab } from './webform';

const initials = (name: string) =>
	name
		.split(' ')
		.map(([letter]) => letter)
		.slice(0, 2)
		.join('');

/** Who the operator is just now, and how to become somebody else. */
function Persona({ customer }: { customer: Customer }) {
	const [isOpen, open] = useState(false);
	const { isBusy, error, run } = useAsk();
	const onSubmit = async (event: SubmitEvent) => {
		event.preventDefault();
		const changed = await run('customer/change', valuesOf(event.currentTarget as HTMLFormElement));
		if (changed !== undefined) open(false);
	};
	return (
		<div class="persona">
			<span class="avatar" aria-hidden="true">
				{initials(customer.name)}
			</span>
			<p>
				<strong>{customer.name}</strong>
				<small>
					{customer.phone} · {LANGUAGES[customer.language]}
				</small>
				<small>{customer.email}</small>
			</p>
			<div class="buttons">
				<button type="button" class="small" disabled={isBusy} onClick={() => void run('customer/new')}>
					Somebody new
				</button>
				<button type="button" class="small" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
					Change
				</button>
			</div>
			{isOpen && (
				<form class="webform" key={customer.phone} noValidate onSubmit={(event) => void onSubmit(event)}>
					<PersonFields customer={customer} />
					<button type="submit" disabled={isBusy}>
						Be this person
					</button>
				</form>
			)}
			<Problem>{error}</Problem>
		</div>
	);
}

/** Everything that a customer can do. */
export function CustomerSide({ told }: { told: Told }) {
	const [chosen, choose] = useState('chatfuel');
	const { customer, chatfuel, meta, twilio = [] } = told;
	if (!customer || !chatfuel || !meta) return null;
	const tabs: Tab[] = [
		{ key: 'chatfuel', label: 'Chatfuel', content: () => <ChatfuelTab talk={chatfuel} /> },
		...twilio.map((route) => ({
			key: route.channel,
			label: route.channel === 'whatsapp' ? 'WhatsApp' : 'SMS',
			content: () => (
				<TwilioTab key={route.channel} customer={customer} route={route} panel={told['panel:twilio']} />
			),
		})),
		{
			key: 'instagram',
			label: 'Instagram',
			content: () => <InstagramTab meta={meta} panel={told['panel:instagram']} />,
		},
		{ key: 'web', label: 'Web form', content: () => <WebFormTab customer={customer} /> },
		{
			key: 'chatwoot',
			label: 'Chatwoot agent',
			content: () => <AgentTab customer={customer} panel={told['panel:chatwoot']} />,
		},
	];
	return (
		<section class="customer" aria-labelledby="customer">
			<h2 id="customer">Be the customer</h2>
			<Persona customer={customer} />
			<Tabs name="How the customer writes" tabs={tabs} chosen={chosen} choose={choose} />
		</section>
	);
}
