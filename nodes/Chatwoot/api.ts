/** Every call of Chatwoot's API that the two nodes make, by subject. */
export { listAccounts, listAgents, listInboxes, listTeams } from './accounts';
export {
	createContact,
	deleteContact,
	filterContacts,
	getContact,
	listContacts,
	mergeContacts,
	searchContacts,
	updateContact,
	type ContactDraft,
	type NewContact,
} from './contacts';
export {
	assign,
	conversationsOf,
	createConversation,
	getConversation,
	labelsOf,
	listConversations,
	replaceCustomAttributes,
	replaceLabels,
	setStatus,
	type Status,
} from './conversations';
export { listMessages, MOST_FILES, sendMessage, sendTemplate, type Template } from './messages';
export { createWebhook, deleteWebhook, listWebhooks } from './webhooks';
export { connect, connectPlainly, inTurn, type Connection } from './connection';
