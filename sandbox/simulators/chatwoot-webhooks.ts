import { randomBytes } from 'node:crypto';
import { forbidden, invalid, missing, type Call, type SimWebhook } from './chatwoot-store';

const EVENTS = [
	'conversation_created',
	'conversation_updated',
	'conversation_status_changed',
	'contact_created',
	'contact_updated',
	'message_created',
	'message_updated',
	'webwidget_triggered',
	'inbox_created',
	'inbox_updated',
	'conversation_typing_on',
	'conversation_typing_off',
];

const viewOf = ({ account, settings }: Call, { id, name, url, subscriptions, secret }: SimWebhook) => ({
	id,
	...(settings.keepsNames && { name }),
	url,
	account_id: account.id,
	subscriptions,
	...(settings.signs && { secret }),
});

function create(call: Call): unknown {
	const { account, body, nextId } = call;
	const url = String(body.url ?? '');
	const subscriptions = Array.isArray(body.subscriptions) ? body.subscriptions.map(String) : [];
	if (account.webhooks.some((one) => one.url === url)) {
		throw invalid([{ message: 'Url has already been taken', attribute: 'url' }]);
	}
	if (!/^https?:\/\/[^/]/.test(url)) throw invalid([{ message: 'Url is invalid', attribute: 'url' }]);
	if (subscriptions.length === 0 || !subscriptions.every((one) => EVENTS.includes(one))) {
		throw invalid([{ message: 'Subscriptions Invalid events', attribute: 'subscriptions' }]);
	}
	const name = body.name === undefined ? null : String(body.name);
	// Chatwoot makes the secret; nobody can choose it.
	const secret = randomBytes(16).toString('hex');
	const webhook = { id: nextId('webhook'), name, url, subscriptions, secret };
	account.webhooks.push(webhook);
	return { payload: { webhook: viewOf(call, webhook) } };
}

/** Answers what is asked of webhooks; administrators only (webhooks_controller.rb). */
export function webhooksAnswer(call: Call, id: string | undefined): unknown {
	const { account, method, user } = call;
	if (user.role !== 'administrator') throw forbidden();
	if (id === undefined && method === 'GET') {
		return { payload: { webhooks: account.webhooks.map((one) => viewOf(call, one)) } };
	}
	if (id === undefined && method === 'POST') return create(call);
	const known = account.webhooks.find((one) => String(one.id) === id);
	if (!known || method !== 'DELETE') throw missing();
	account.webhooks = account.webhooks.filter((one) => one !== known);
	return undefined;
}
