import { CREDENTIALS, type ChatwootSimulator } from '../../simulators/chatwoot';
import type { House } from '../../src/house';
import type { Customer } from '../model';

const HOST = 'https://chat.frontdesk.example';
const CONVERSATIONS = '/api/v1/accounts/1/conversations';

const simulator = (house: House) => house.provider<ChatwootSimulator>('chatwoot');

/** The customer writes in the account's WhatsApp inbox; a contact of that number is made where there is none. */
export function writeToChatwoot(house: House, { name, phone, email }: Customer, text: string): void {
	const chatwoot = simulator(house);
	const known = [...chatwoot.account().contacts.values()].find((one) => one.phone_number === phone);
	chatwoot.receive(known ?? chatwoot.given({ name, email, phone_number: phone }), text);
}

/** What an agent's browser asks Chatwoot; the agent's own token is checked as any other. */
async function asAgent(house: House, path: string, body: object): Promise<void> {
	const { status, body: answer } = await simulator(house).handle({
		method: 'POST',
		url: new URL(`${HOST}${CONVERSATIONS}/${path}`),
		headers: { 'content-type': 'application/json', api_access_token: CREDENTIALS.agent },
		text: JSON.stringify(body),
	});
	if (status >= 400) throw new Error(`Chatwoot answers ${status}: ${JSON.stringify(answer)}`);
}

/**
 * An agent answers in a conversation.
 *
 * @throws Error with Chatwoot's refusal
 */
export const answerAsAgent = async (house: House, conversation: string, content: string): Promise<void> =>
	await asAgent(house, `${encodeURIComponent(conversation)}/messages`, { content });

/**
 * An agent resolves a conversation, or opens it again.
 *
 * @throws Error with Chatwoot's refusal
 */
export const setStatus = async (house: House, conversation: string, status: string): Promise<void> =>
	await asAgent(house, `${encodeURIComponent(conversation)}/toggle_status`, { status });
