import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { eventTypes, teamEventTypes } from '../api';
import type { Connection } from '../connection';
import { limit, returnAll, simplify } from '../fields';
import { priceOf } from '../price';
import { PROVIDER } from '../shape';
import type { EventType } from '../types';

const simplified = (type: EventType): IDataObject => ({
	provider: PROVIDER,
	id: String(type.id),
	name: type.title,
	slug: type.slug,
	description: type.description || null,
	durationMinutes: type.lengthInMinutes,
	durationOptions: type.lengthInMinutesOptions ?? [type.lengthInMinutes],
	...priceOf(type.price, type.currency),
	hidden: type.hidden ?? false,
	url: type.bookingUrl ?? null,
});

/** GET /v2/event-types, or a team's (Event types page, 2024-06-14); Cal.com gives all of them at once. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many event types',
	description: 'Get many event types of the account, of a user or of a team',
	fields: [
		returnAll,
		limit,
		simplify,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Team ID',
					name: 'teamId',
					type: 'string',
					default: '',
					placeholder: 'e.g. 42',
					description: "The team whose event types to get instead of the account's own",
				},
				{
					displayName: 'Username',
					name: 'username',
					type: 'string',
					default: '',
					placeholder: 'e.g. jane',
					description: "The user whose public event types to get instead of the account's own",
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const options = input.collection('options');
		const teamId = options.optionalId('teamId');
		const found = teamId
			? await teamEventTypes(api, teamId)
			: await eventTypes(api, { username: options.optionalId('username') });
		const wanted = input.boolean('returnAll') ? found : found.slice(0, input.number('limit', { min: 1 }));
		return wanted.map((type) =>
			input.boolean('simplify') ? simplified(type) : (type as unknown as IDataObject),
		);
	},
});
