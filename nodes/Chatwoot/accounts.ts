import { path, type HttpClient } from '../../lib/http';
import { unwrap } from './answers';
import { accountPath } from './connection';
import type { Inbox, Named } from './types';

/** The accounts of the token's user: GET /api/v1/profile. A bot's token has no profile. */
export async function listAccounts(http: HttpClient): Promise<Named[]> {
	const { accounts = [] } = await http.get<{ accounts?: Named[] }>(path`/api/v1/profile`);
	return accounts;
}

/** GET /inboxes: all of them, Chatwoot does not page here. */
export const listInboxes = async (http: HttpClient, account: string): Promise<Inbox[]> =>
	unwrap(await http.get(`${accountPath(account)}/inboxes`));

/** GET /agents: all of them. */
export const listAgents = async (http: HttpClient, account: string): Promise<Named[]> =>
	unwrap(await http.get(`${accountPath(account)}/agents`));

/** GET /teams: all of them. */
export const listTeams = async (http: HttpClient, account: string): Promise<Named[]> =>
	unwrap(await http.get(`${accountPath(account)}/teams`));
