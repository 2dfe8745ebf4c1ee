import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { findByUsername } from './findByUsername';
import { getMany } from './getMany';

/** What the account and its clients have written to each other. */
export const conversation = resource<Connection>({
	name: 'Conversation',
	value: 'conversation',
	operations: [findByUsername, getMany],
});
