import type { InstagramSimulator } from '../../simulators/instagram';
import type { House } from '../../src/house';

const PATH = 'survey-answers-instagram/instagram';

const simulator = (house: House) => house.provider<InstagramSimulator>('instagram');

/** Enters the flow's address in the App Dashboard, and subscribes the app to messages. */
export function connectInstagram(house: House): void {
	const { webhooks } = simulator(house);
	webhooks.callbackUrl = house.publicWebhook(PATH);
	webhooks.fields = ['messages', 'messaging_postbacks'];
}

/**
 * Somebody writes a direct message, or taps on a quick reply, which writes its title.
 *
 * @param who IGSID
 * @throws Error where Instagram knows nobody of that ID
 */
export const writeOnInstagram = (house: House, who: string, text: string): void =>
	void simulator(house).write(who, text);
