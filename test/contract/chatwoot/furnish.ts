import type { SimContact, SimConversation } from '../../../sandbox/simulators/chatwoot-store';
import type { Bench } from '../../unit/chatwoot/bench';

/** What every case finds: two contacts, of whom the first wrote, and whose conversation has a label. */
export function furnish({ simulator }: Bench): { jane: SimContact; talk: SimConversation } {
	const jane = simulator.given({ name: 'Jane', email: 'jane@example.com', phone_number: '+48601234567' });
	simulator.given({ name: 'Jane again', email: 'jane2@example.com' });
	simulator.receive(jane, 'I want to book');
	const talk = simulator.account().conversations.get(42) as SimConversation;
	Object.assign(talk, { labels: ['lead'], custom_attributes: { package: 'basic' } });
	return { jane, talk };
}
