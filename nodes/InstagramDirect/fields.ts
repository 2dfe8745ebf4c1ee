import type { INodeProperties } from 'n8n-workflow';
import type { ItemInput } from '../../lib/operations';
import type { Outgoing } from './api';

export { limit, returnAll } from '../../lib/fields';

const igsidField = (displayName: string): INodeProperties => ({
	displayName,
	name: 'igsid',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 17841400000000123',
	description:
		'The Instagram-scoped ID, which the Instagram Direct Trigger gives as client.igsid. A username does not do: find it first with Conversation: Find by Username.',
});

/** To whom; read it with `igsidFrom`. */
export const recipient = igsidField('Recipient IGSID');

/** Of whom; read it with `igsidFrom`. */
export const client = igsidField('Client IGSID');

/** What every sending may add; read it with `tagFrom`. */
export const humanAgent: INodeProperties = {
	displayName: 'Human Agent Tag',
	name: 'humanAgent',
	type: 'boolean',
	default: false,
	description:
		'Whether a member of staff wrote this, which Instagram takes for 7 days instead of 24 hours. The app needs Human Agent approval; automatic messages must not use it.',
};

/** The options of a sending that has no others. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [humanAgent],
};

/** Reads an IGSID and refuses what cannot be one. */
export function igsidFrom(input: ItemInput): string {
	const igsid = input.id('igsid');
	if (/^\d{5,25}$/.test(igsid)) return igsid;
	return input.refuse(
		'igsid',
		'is no Instagram-scoped ID',
		'It is a long number. To reach somebody whose username you know, use Conversation: Find by Username first.',
	);
}

/** How many results are wanted. */
export const limitFrom = (input: ItemInput): number =>
	input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true });

/** The tag of a sending, where it has one. */
export const tagFrom = (input: ItemInput): Pick<Outgoing, 'tag'> =>
	input.collection('options').boolean('humanAgent') ? { tag: 'HUMAN_AGENT' } : {};
