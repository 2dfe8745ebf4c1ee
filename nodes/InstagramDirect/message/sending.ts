import type { IDataObject } from 'n8n-workflow';
import { ProviderError } from '../../../lib/http';
import { sendMessage, type Outgoing } from '../api';
import type { Connection } from '../connection';
import { toSending } from '../shape';
import type { Sent } from '../types';

/** Says how far a sending of several messages came, so that nobody repeats what was sent. */
function halfway({ http }: Connection, error: unknown, sent: number, all: number): unknown {
	if (!(error instanceof ProviderError) || sent === 0) return error;
	return http.error({
		...error.reason,
		said: undefined,
		message: `${error.message}; ${sent} of ${all} messages had been sent`,
		howToFix: `Do not send the whole text again. ${error.description ?? ''}`.trim(),
	});
}

/** Sends the messages of one item; the first that is refused ends it. */
async function sendInOrder(connection: Connection, igsid: string, messages: Outgoing[]): Promise<Sent[]> {
	const sent: Sent[] = [];
	for (const message of messages) {
		try {
			sent.push(await sendMessage(connection, igsid, message));
		} catch (error) {
			throw halfway(connection, error, sent.length, messages.length);
		}
	}
	return sent;
}

/**
 * Sends messages to one person, one after another. Items run side by side, but those for one person wait for each
 * other, so that a conversation keeps the items' order.
 *
 * @returns `igsid`, `messageId` (the first) and `messageIds`
 * @throws ProviderError, which says how many messages had been sent
 */
export async function sendAll(
	connection: Connection,
	igsid: string,
	messages: Outgoing[],
): Promise<IDataObject> {
	const before = connection.sendings.get(igsid) ?? Promise.resolve();
	const sending = before.then(async () => await sendInOrder(connection, igsid, messages));
	connection.sendings.set(
		igsid,
		sending.catch(() => undefined),
	);
	return toSending(igsid, await sending);
}
