import { ProviderError } from '../../lib/http';
import { conversations, getMessage, listMessageIds } from './api';
import type { Connection } from './connection';
import type { ConversationEntry, MessageDetails, Participant } from './types';

/** The newest messages looked into for who wrote; one that was unsent has no details. */
const TRIES = 3;

/** A conversation, and who it is with; `person` is missing where Instagram does not say. */
export interface Contact {
	conversation: ConversationEntry;
	person?: Participant;
}

/** What a search came to. */
export interface Finding {
	contact?: Contact;
	/** How many conversations were looked into. */
	checked: number;
	/** Whether that were all there are. */
	complete: boolean;
}

/** A username as Instagram keeps it: without the @ and in small letters. */
export const plainUsername = (typed: string): string =>
	typed
		.trim()
		.replace(/^(https?:\/\/)?(www\.)?instagram\.com\//i, '')
		.replace(/^@/, '')
		.replace(/[/?#].*$/, '')
		.toLowerCase();

const participantsOf = ({ from, to }: MessageDetails): Participant[] =>
	[from, ...(to?.data ?? [])].filter((one): one is Participant => Boolean(one?.id));

/** Instagram refuses a message that was unsent or is too old as an object it does not know. */
function isGone(error: unknown): boolean {
	if (!(error instanceof ProviderError)) return false;
	const { status = 0, body } = error.reason;
	const { code } = ((body ?? {}) as { error?: { code?: number } }).error ?? {};
	return status < 500 && code === 100;
}

/** A message; undefined where it was unsent or is too old. */
export const detailsOf = async (connection: Connection, id: string): Promise<MessageDetails | undefined> =>
	await getMessage(connection, id).catch((error: unknown) => {
		if (isGone(error)) return undefined;
		throw error;
	});

/** Who a conversation is with: the other side of its newest message that has details. */
export async function personIn(
	connection: Connection,
	conversationId: string,
): Promise<Participant | undefined> {
	const own = await connection.account();
	for (const id of (await listMessageIds(connection, conversationId)).slice(0, TRIES)) {
		const details = await detailsOf(connection, id);
		const person = details && participantsOf(details).find(({ id: other }) => other !== own.user_id);
		if (person) return person;
	}
	return undefined;
}

/**
 * The people who have written to the account, read from its conversations as far as a run has to look: several
 * searches of one run share what was read, since Instagram allows 2 calls a second and each conversation takes 2.
 */
export class Directory {
	private read: Contact[] = [];
	private rest?: AsyncGenerator<ConversationEntry, void>;
	private complete = false;
	private last: Promise<unknown> = Promise.resolve();

	constructor(private readonly connection: () => Connection) {}

	/**
	 * Finds a person by the exact username, whatever its letters' case.
	 *
	 * @param username as `plainUsername` gives it
	 * @param most how many conversations to look into, the latest first
	 * @throws ProviderError
	 */
	async find(username: string, most: number): Promise<Finding> {
		const search = this.last.then(async () => await this.search(username, most));
		this.last = search.catch(() => undefined);
		return await search;
	}

	private async search(username: string, most: number): Promise<Finding> {
		for (let checked = 0; checked < most; checked++) {
			const contact = this.read[checked] ?? (await this.next());
			if (!contact) return { checked, complete: true };
			if (contact.person?.username?.toLowerCase() === username) {
				return { contact, checked: checked + 1, complete: false };
			}
		}
		return { checked: most, complete: this.complete && this.read.length <= most };
	}

	/** Reads on. A read that failed is forgotten whole, or it would look like the end. */
	private async next(): Promise<Contact | undefined> {
		if (this.complete) return undefined;
		return await this.readOne(this.connection()).catch((error: unknown) => {
			this.read = [];
			this.rest = undefined;
			throw error;
		});
	}

	private async readOne(connection: Connection): Promise<Contact | undefined> {
		this.rest ??= conversations(connection);
		const { value: conversation } = await this.rest.next();
		if (!conversation) {
			this.complete = true;
			return undefined;
		}
		const contact = { conversation, person: await personIn(connection, conversation.id) };
		this.read.push(contact);
		return contact;
	}
}
