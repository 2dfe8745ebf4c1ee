import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { getMany } from './getMany';
import { reserve } from './reserve';

/** Times that can be booked. */
export const slot = resource<Connection>({ name: 'Slot', value: 'slot', operations: [getMany, reserve] });
