import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { create } from './create';
import { findByInstagram } from './findByInstagram';
import { get } from './get';
import { search } from './search';
import { update } from './update';

export { clientName, clientPhone, phoneFrom } from './fields';

/** People in a location's client base. */
export const client = resource<AltegioApi>({
	name: 'Client',
	value: 'client',
	operations: [create, findByInstagram, get, search, update],
});
