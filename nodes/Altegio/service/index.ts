import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { getMany } from './getMany';

/** What a location offers. */
export const service = resource<AltegioApi>({ name: 'Service', value: 'service', operations: [getMany] });
