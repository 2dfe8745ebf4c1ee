import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { createLink } from './createLink';
import { getMany } from './getMany';

/** Times that can be booked. */
export const slot = resource<Connection>({
	name: 'Slot',
	value: 'slot',
	operations: [getMany, createLink],
});
