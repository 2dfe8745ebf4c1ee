import { resource } from '../../../lib/operations';
import type { Connection } from '../api';
import { create } from './create';
import { createOrUpdate } from './createOrUpdate';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { match } from './match';
import { merge } from './merge';
import { search } from './search';
import { update } from './update';

export { attributesFrom, customAttributes, customAttributesJson } from './fields';

/** A person the account has written or may write with. */
export const contact = resource<Connection>({
	name: 'Contact',
	value: 'contact',
	operations: [match, create, createOrUpdate, get, getMany, search, update, merge, remove],
});
