import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { getMany } from './getMany';

/** Times that can be booked online. */
export const slot = resource<AltegioApi>({ name: 'Slot', value: 'slot', operations: [getMany] });
