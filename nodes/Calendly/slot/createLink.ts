import { operation } from '../../../lib/operations';
import { createSchedulingLink } from '../api';
import type { Connection } from '../connection';
import { readEventType } from '../eventTypes';
import { service } from '../fields';
import { PROVIDER } from '../shape';
import { uuidOf } from '../uris';

/** A booking page with its form filled in: Calendly takes these parameters on every booking page. */
function prefilled(link: string, values: Record<string, string | undefined>): string {
	const url = new URL(link);
	for (const [name, value] of Object.entries(values)) if (value) url.searchParams.set(name, value);
	return url.href;
}

/** POST /scheduling_links (Create Single-Use Scheduling Link page). */
export const createLink = operation<Connection>({
	name: 'Create Single-Use Link',
	value: 'createLink',
	action: 'Create single use link',
	description: 'Make the address of a booking page that takes one booking, for the client to choose a time',
	fields: [
		service,
		{
			displayName: 'Lead Key',
			name: 'leadKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. lead-1024',
			description: 'The lead it belongs to; travels as utm_content and comes back with the booking',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Client Email',
					name: 'clientEmail',
					type: 'string',
					default: '',
					placeholder: 'e.g. jane@example.com',
					description: 'Filled into the form',
				},
				{
					displayName: 'Client Name',
					name: 'clientName',
					type: 'string',
					default: '',
					placeholder: 'e.g. Jane Kowalska',
					description: 'Filled into the form',
				},
			],
		},
	],
	run: async ({ api, input }) => {
		const type = await readEventType(api, input);
		const leadKey = input.optionalId('leadKey');
		const options = input.collection('options');
		const link = await createSchedulingLink(api, uuidOf(type.uri));
		return {
			provider: PROVIDER,
			url: prefilled(link, {
				name: options.optionalText('clientName'),
				email: options.optionalId('clientEmail'),
				utm_content: leadKey,
			}),
			service: { id: uuidOf(type.uri), name: type.name },
			leadKey: leadKey ?? null,
		};
	},
});
