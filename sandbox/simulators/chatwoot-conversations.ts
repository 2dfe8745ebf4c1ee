import { joinInbox } from './chatwoot-contacts';
import { addMessage } from './chatwoot-messages';
import { missing, refused, type Call, type SimConversation } from './chatwoot-store';
import { conversationView, messageView } from './chatwoot-views';

const PER_PAGE = 25;
const MESSAGES_SHOWN = 20;
const STATUSES = ['open', 'resolved', 'pending', 'snoozed'];

const view = ({ account, users }: Call, conversation: SimConversation) =>
	conversationView(account, users, conversation);

function found({ account }: Call, id: string | undefined): SimConversation {
	const conversation = account.conversations.get(Number(id));
	if (!conversation) throw missing();
	return conversation;
}

/** Changes a conversation and tells the webhooks what changed. */
function change(call: Call, conversation: SimConversation, values: Partial<SimConversation>): void {
	const keys = Object.keys(values) as Array<keyof SimConversation>;
	const changed = keys
		.filter((key) => JSON.stringify(values[key]) !== JSON.stringify(conversation[key]))
		.map((key) => ({ [key]: { previous_value: conversation[key], current_value: values[key] } }));
	Object.assign(conversation, values);
	if (changed.length === 0) return;
	const { account } = call;
	if ('status' in values && changed.some((one) => 'status' in one)) {
		call.emit({ event: 'conversation_status_changed', account, conversation, changed });
	}
	call.emit({ event: 'conversation_updated', account, conversation, changed });
}

function list(call: Call) {
	const { account, query, user } = call;
	const status = query.get('status') ?? 'open';
	const assignee = query.get('assignee_type') ?? 'all';
	const labels = query.getAll('labels[]');
	const q = query.get('q')?.toLowerCase();
	const mine: Record<string, (one: SimConversation) => boolean> = {
		me: ({ assignee_id }) => assignee_id === user.id,
		unassigned: ({ assignee_id }) => assignee_id === null,
		assigned: ({ assignee_id }) => assignee_id !== null,
		all: () => true,
	};
	const all = [...account.conversations.values()]
		.filter((one) => status === 'all' || one.status === status)
		.filter(({ inbox_id }) => String(inbox_id) === (query.get('inbox_id') ?? String(inbox_id)))
		.filter((one) => labels.length === 0 || one.labels.some((label) => labels.includes(label)))
		.filter(({ messages }) => !q || messages.some(({ content }) => content?.toLowerCase().includes(q)))
		.sort((a, b) => b.last_activity_at - a.last_activity_at || b.id - a.id);
	const chosen = all.filter(mine[assignee] ?? (() => true));
	const page = Math.max(1, Number(query.get('page') ?? 1));
	const count = (kind: string) => all.filter(mine[kind] ?? (() => true)).length;
	return {
		data: {
			meta: {
				mine_count: count('me'),
				assigned_count: count('assigned'),
				unassigned_count: count('unassigned'),
				all_count: all.length,
			},
			payload: chosen.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((one) => view(call, one)),
		},
	};
}

function create(call: Call) {
	const { account, body, now, nextId, emit } = call;
	const contact = account.contacts.get(Number(body.contact_id));
	const inbox = account.inboxes.find(({ id }) => id === Number(body.inbox_id));
	if (!contact || !inbox) throw missing();
	const source = body.source_id === undefined ? undefined : String(body.source_id);
	const source_id = joinInbox(account, contact, inbox.id, source);
	const before = [...account.conversations.values()].filter(
		(one) => one.contact_id === contact.id && one.inbox_id === inbox.id,
	);
	const last = before.at(-1);
	// Whatever its status (conversation_builder.rb).
	if (inbox.lock_to_single_conversation && last) return view(call, last);
	const conversation: SimConversation = {
		id: nextId(`conversation of ${account.id}`),
		inbox_id: inbox.id,
		contact_id: contact.id,
		source_id,
		status: String(body.status ?? 'open'),
		snoozed_until: null,
		assignee_id: body.assignee_id === undefined ? null : Number(body.assignee_id),
		team_id: body.team_id === undefined ? null : Number(body.team_id),
		labels: [],
		priority: null,
		custom_attributes: (body.custom_attributes ?? {}) as Record<string, unknown>,
		additional_attributes: {},
		messages: [],
		created_at: now(),
		last_activity_at: now(),
	};
	account.conversations.set(conversation.id, conversation);
	emit({ event: 'conversation_created', account, conversation });
	const message = body.message as Record<string, unknown> | undefined;
	if (message) addMessage({ ...call, body: message }, conversation);
	return view(call, conversation);
}

function toggleStatus(call: Call, conversation: SimConversation) {
	const status = String(call.body.status ?? (conversation.status === 'open' ? 'resolved' : 'open'));
	if (!STATUSES.includes(status)) throw refused(`'${status}' is not a valid status`);
	const until = call.body.snoozed_until === undefined ? null : Number(call.body.snoozed_until);
	change(call, conversation, { status, snoozed_until: status === 'snoozed' ? until : null });
	return {
		meta: {},
		payload: {
			success: true,
			conversation_id: conversation.id,
			current_status: conversation.status,
			snoozed_until: conversation.snoozed_until,
		},
	};
}

function assign(call: Call, conversation: SimConversation) {
	const { body, users, account } = call;
	if ('assignee_id' in body) {
		const agent = users.find(({ id, role }) => id === Number(body.assignee_id) && role !== 'bot');
		change(call, conversation, { assignee_id: agent?.id ?? null });
		return agent ? { id: agent.id, name: agent.name, email: agent.email, role: agent.role } : null;
	}
	const team = account.teams.find(({ id }) => id === Number(body.team_id));
	if (!team) throw missing();
	change(call, conversation, { team_id: team.id });
	return team;
}

/** Replaces the whole list. */
function label(call: Call, conversation: SimConversation) {
	const labels = Array.isArray(call.body.labels) ? call.body.labels.map(String) : [];
	change(call, conversation, { labels: [...new Set(labels)] });
	return { payload: conversation.labels };
}

/** Replaces all of them, unlike with contacts. */
function customAttributes(call: Call, conversation: SimConversation) {
	change(call, conversation, {
		custom_attributes: (call.body.custom_attributes ?? {}) as Record<string, unknown>,
	});
	return { custom_attributes: conversation.custom_attributes };
}

function messages(call: Call, conversation: SimConversation) {
	const before = Number(call.query.get('before') ?? Infinity);
	const shown = conversation.messages.filter(({ id }) => id < before).slice(-MESSAGES_SHOWN);
	return {
		meta: { labels: conversation.labels, additional_attributes: {}, agent_last_seen_at: null },
		payload: shown.map((one) => messageView(call.account, call.users, conversation, one)),
	};
}

/** Answers what is asked of conversations. */
export function conversationsAnswer(call: Call, [id, rest]: string[]): unknown {
	if (id === undefined) {
		if (call.method === 'GET') return list(call);
		if (call.method === 'POST') return create(call);
		throw missing();
	}
	const conversation = found(call, id);
	switch (`${call.method} ${rest ?? ''}`) {
		case 'GET ':
			return view(call, conversation);
		case 'POST toggle_status':
			return toggleStatus(call, conversation);
		case 'POST assignments':
			return assign(call, conversation);
		case 'GET labels':
			return { payload: conversation.labels };
		case 'POST labels':
			return label(call, conversation);
		case 'POST custom_attributes':
			return customAttributes(call, conversation);
		case 'GET messages':
			return messages(call, conversation);
		case 'POST messages':
			return messageView(call.account, call.users, conversation, addMessage(call, conversation));
		default:
			throw missing();
	}
}
