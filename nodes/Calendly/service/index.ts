import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { getMany } from './getMany';

/** What can be booked. */
export const service = resource<Connection>({ name: 'Event Type', value: 'service', operations: [getMany] });
