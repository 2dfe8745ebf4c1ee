import { useState } from 'preact/hooks';
import type { ChatsView, Thread } from '../../simulators/panel';
import type { Customer, Meta, ProviderPanel, TwilioRoute } from '../model';
import { Select } from './parts';
import { useAsk } from './store';
import { Talk } from './talk';

/** All conversations of a provider. */
export const threadsOf = (panel: ProviderPanel | undefined): Thread[] =>
	(panel?.views ?? [])
		.filter((view): view is ChatsView => view.kind === 'chats')
		.flatMap(({ threads }) => threads);

const HINTS: Record<TwilioRoute['channel'], string> = {
	whatsapp: 'Write as on WhatsApp: “Hello, can I come tomorrow at 3 pm?”. An assistant reads it.',
	sms: 'Answer the salon’s SMS: “tomorrow 15:00” books. Strangers get no answer: come by the web form first.',
};

/** The customer's phone: WhatsApp or SMS. */
export function TwilioTab(props: { customer: Customer; route: TwilioRoute; panel?: ProviderPanel }) {
	const { customer, route, panel } = props;
	const asking = useAsk();
	const id = route.channel === 'whatsapp' ? `whatsapp:${customer.phone}` : customer.phone;
	const thread = threadsOf(panel).find((one) => one.id === id);
	return (
		<Talk
			label={`${route.channel === 'whatsapp' ? 'WhatsApp' : 'SMS'} with the salon`}
			messages={thread?.messages ?? []}
			hint={HINTS[route.channel]}
			asking={asking}
			send={async (text) =>
				(await asking.run('twilio/write', { channel: route.channel, text })) !== undefined
			}
		>
			<Select
				label="Messages go to the flow"
				value={route.path}
				options={route.flows.map(({ path, name }) => [path, name])}
				choose={(path) => void asking.run('twilio/route', { channel: route.channel, path })}
			/>
		</Talk>
	);
}

/** Somebody on Instagram. */
export function InstagramTab({ meta, panel }: { meta: Meta; panel?: ProviderPanel }) {
	const asking = useAsk();
	const [who, setWho] = useState(meta.people[0]?.igsid ?? '');
	const thread = threadsOf(panel).find(({ id }) => id === who);
	return (
		<Talk
			label="Instagram Direct with the salon"
			messages={thread?.messages ?? []}
			hint="A message here opens Instagram’s 24 hours. The shipped flow answers people who have a survey open: “5, thank you!”"
			asking={asking}
			send={async (text) => (await asking.run('instagram/write', { who, text })) !== undefined}
		>
			<Select
				label="You are"
				value={who}
				options={meta.people.map(({ igsid, username, name }) => [igsid, `@${username} (${name})`])}
				choose={setWho}
			/>
		</Talk>
	);
}
