import { path, type HttpClient } from '../../lib/http';
import { accountPath } from './connection';
import type { Webhook } from './types';

const webhooksPath = (account: string) => `${accountPath(account)}/webhooks`;

/** GET /webhooks, for administrators; since 4.12 with the secrets (webhooks_controller.rb). */
export async function listWebhooks(http: HttpClient, account: string): Promise<Webhook[]> {
	const { payload } = await http.get<{ payload: { webhooks: Webhook[] } }>(webhooksPath(account));
	return payload.webhooks;
}

/** POST /webhooks; not repeated. Chatwoot chooses the secret, and takes an address once in an account. */
export async function createWebhook(
	http: HttpClient,
	account: string,
	webhook: { name: string; url: string; subscriptions: string[] },
): Promise<Webhook> {
	const { payload } = await http.post<{ payload: { webhook: Webhook } }>(webhooksPath(account), webhook);
	return payload.webhook;
}

/** DELETE /webhooks/{id}: 404 counts as done. */
export async function deleteWebhook(http: HttpClient, account: string, id: number): Promise<void> {
	await http
		.request({ method: 'DELETE', path: webhooksPath(account) + path`/${id}` })
		.catch((error: { reason?: { status?: number } }) => {
			if (error.reason?.status !== 404) throw error;
		});
}
