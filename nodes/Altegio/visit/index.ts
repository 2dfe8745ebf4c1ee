import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { get } from './get';
import { getCompleted } from './getCompleted';

/** Times a client came: one or several appointments on end. */
export const visit = resource<AltegioApi>({
	name: 'Visit',
	value: 'visit',
	operations: [get, getCompleted],
});
