import { flowNames, readFlow } from '../../../workflows/build/files';
import type { TwilioSimulator } from '../../simulators/twilio';
import type { House } from '../../src/house';
import type { Customer, TwilioRoute } from '../model';

const TRIGGER = 'n8n-nodes-frontdesk.twilioMessageTrigger';
const NUMBER = '+15005550006';
type Channel = TwilioRoute['channel'];

const SENDERS: Record<Channel, string> = { whatsapp: `whatsapp:${NUMBER}`, sms: NUMBER };
/** Who answers at first. */
const FIRST: Record<Channel, string> = { whatsapp: 'whatsapp-assistant', sms: 'lead-qualified' };

/** Whether a word is a channel of Twilio's. */
export const isTwilioChannel = (word: string): word is Channel => Object.hasOwn(SENDERS, word);

/** Flows that begin with a message to Twilio. */
const listeners = (): TwilioRoute['flows'] =>
	flowNames().flatMap((folder) => {
		const { name, nodes } = readFlow(folder);
		const trigger = nodes.find(({ type }) => type === TRIGGER);
		return trigger ? [{ path: `${String(trigger.webhookId)}/twilio`, name }] : [];
	});

/** Customers who write to the salon's number, by SMS or WhatsApp. */
export class TwilioChat {
	private readonly flows = listeners();
	private readonly paths = new Map<Channel, string>();

	constructor(private readonly house: House) {
		for (const channel of Object.keys(SENDERS) as Channel[]) {
			const path = this.flows.find((flow) => flow.path.startsWith(FIRST[channel]))?.path;
			if (path) this.route(channel, path);
		}
	}

	private get simulator(): TwilioSimulator {
		return this.house.provider<TwilioSimulator>('twilio');
	}

	/** Where messages are reported now. */
	get routes(): TwilioRoute[] {
		return [...this.paths].map(([channel, path]) => ({ channel, path, flows: this.flows }));
	}

	/**
	 * Enters another flow's address for a sender, as in Twilio's Console.
	 *
	 * @throws Error where no flow listens there
	 */
	route(channel: Channel, path: string): void {
		if (!this.flows.some((flow) => flow.path === path)) throw new Error(`No flow listens at "${path}"`);
		this.paths.set(channel, path);
		this.simulator.configure(SENDERS[channel], this.house.publicWebhook(path));
	}

	/** The customer writes. */
	write(channel: Channel, { phone, name }: Customer, text: string): void {
		const from = channel === 'whatsapp' ? `whatsapp:${phone}` : phone;
		this.simulator.receive(from, SENDERS[channel], text, channel === 'whatsapp' ? { name } : {});
	}
}
