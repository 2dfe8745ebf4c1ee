import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { getMany } from './getMany';

/** The clients of a scheduled event. */
export const invitee = resource<Connection>({ name: 'Invitee', value: 'invitee', operations: [getMany] });
