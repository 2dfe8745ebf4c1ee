import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { get } from './get';

/** People who have written to the account. */
export const profile = resource<Connection>({ name: 'Profile', value: 'profile', operations: [get] });
