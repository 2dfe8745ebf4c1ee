import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import { systemClock, type Clock } from '../clock';
import { errorDetails } from '../http';
import { dropOldest } from './oldest';

type Credential = Promise<ICredentialDataDecryptedObject>;

/** What reading needs of a trigger's `this` in `webhook()`. */
type Context = Pick<IWebhookFunctions, 'getCredentials' | 'getNode' | 'getWorkflow' | 'logger'>;

const MAX_AGE = 1000;
const MAX_ENTRIES = 1000;

/**
 * Reads credentials for triggers that are called, and gives what it read again for a second. In a webhook n8n makes
 * an isolate for each credential that is read (2.40.7, credentials-helper `applyDefaultsAndOverwrites`), long before
 * it is known who calls: half of what a forged call costs. So a secret that is replaced still holds for a second.
 */
export class CredentialReader {
	private readonly readings = new Map<string, { at: number; credential: Credential }>();

	constructor(private readonly clock: Pick<Clock, 'now'> = systemClock) {}

	/** See `triggerCredential`. */
	async read(context: Context, type: string): Credential {
		const { id, name, credentials } = context.getNode();
		const key = [context.getWorkflow().id, id, type, credentials?.[type]?.id].join('\n');
		const now = this.clock.now();
		const known = this.readings.get(key);
		if (known && now - known.at < MAX_AGE) return await known.credential;
		const credential = context.getCredentials<ICredentialDataDecryptedObject>(type).catch((error: Error) => {
			if (errorDetails(error)) {
				this.readings.delete(key);
				throw error;
			}
			context.logger.warn(`${name} has no credential: ${error.message}`);
			return {};
		});
		this.readings.delete(key);
		this.readings.set(key, { at: now, credential });
		if (this.readings.size > MAX_ENTRIES) dropOldest(this.readings);
		return await credential;
	}
}

const shared = new CredentialReader();

/**
 * Reads a credential of the trigger that was called, at most a second ago.
 *
 * @param type the credential's type
 * @returns an empty one where the node has none: a missing secret refuses everything
 * @throws what passes by itself, such as n8n's database being away: n8n answers 500, and the provider comes again
 */
export const triggerCredential = async (context: Context, type: string): Credential =>
	await shared.read(context, type);
