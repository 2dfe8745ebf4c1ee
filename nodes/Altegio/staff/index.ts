import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { getMany } from './getMany';

/** People, and rooms or devices that are booked like people. */
export const staff = resource<AltegioApi>({ name: 'Team Member', value: 'staff', operations: [getMany] });
