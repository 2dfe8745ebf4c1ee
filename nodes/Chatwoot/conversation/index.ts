import { resource } from '../../../lib/operations';
import type { Connection } from '../api';
import { addLabels } from './addLabels';
import { assignTo } from './assign';
import { findOrCreate } from './findOrCreate';
import { get } from './get';
import { getMany } from './getMany';
import { removeLabels } from './removeLabels';
import { setCustomAttributes } from './setCustomAttributes';
import { setLabels } from './setLabels';
import { changeStatus } from './setStatus';

/** What is said with one contact in one inbox. */
export const conversation = resource<Connection>({
	name: 'Conversation',
	value: 'conversation',
	operations: [
		findOrCreate,
		get,
		getMany,
		changeStatus,
		assignTo,
		addLabels,
		removeLabels,
		setLabels,
		setCustomAttributes,
	],
});
