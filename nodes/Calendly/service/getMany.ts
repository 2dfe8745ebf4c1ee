import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { eventTypes, type Scope } from '../api';
import type { Connection } from '../connection';
import { limit, returnAll, scope, simplify } from '../fields';
import { PROVIDER } from '../shape';
import type { EventType } from '../types';
import { uuidOf } from '../uris';

const simplified = (type: EventType): IDataObject => ({
	provider: PROVIDER,
	id: uuidOf(type.uri),
	name: type.name,
	slug: type.slug ?? null,
	description: type.description_plain || null,
	durationMinutes: type.duration,
	durationOptions: type.duration_options ?? [type.duration],
	kind: type.kind,
	active: type.active,
	url: type.scheduling_url,
});

/** GET /event_types, all pages up to the limit. */
export const getMany = operation<Connection>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many event types',
	description: 'Get many event types of the account or of its organization',
	fields: [
		scope,
		returnAll,
		limit,
		simplify,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Active',
					name: 'active',
					type: 'boolean',
					default: true,
					description: 'Whether to get those that can be booked, or those switched off',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const { active } = (input.value('filters') ?? {}) as IDataObject;
		const found = await eventTypes(api, {
			scope: input.text('scope') as Scope,
			active: active === undefined ? undefined : input.collection('filters').boolean('active'),
			limit: input.boolean('returnAll') ? Infinity : input.number('limit', { min: 1, integer: true }),
		});
		return found.map((type) =>
			input.boolean('simplify') ? simplified(type) : (type as unknown as IDataObject),
		);
	},
});
