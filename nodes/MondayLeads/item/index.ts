import { resource } from '../../../lib/operations';
import type { Connection } from '../api';
import { addComment } from './addComment';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { get } from './get';
import { getMany } from './getMany';
import { search } from './search';
import { update } from './update';

/** A row of a board: a lead. */
export const item = resource<Connection>({
	name: 'Item',
	value: 'item',
	operations: [createOrUpdate, create, update, get, getMany, search, addComment],
});
