import { operation } from '../../../lib/operations';
import { getProfile } from '../api';
import type { Connection } from '../connection';
import { client, igsidFrom } from '../fields';
import { toProfile } from '../shape';

/** GET /{IGSID} (User Profile API page); only of people who have written or tapped an icebreaker. */
export const get = operation<Connection>({
	name: 'Get',
	value: 'get',
	action: 'Get profile',
	description: 'Get the name and username of somebody who has written',
	fields: [client],
	run: async ({ api, input }) => {
		const igsid = igsidFrom(input);
		return toProfile(igsid, await getProfile(api, igsid));
	},
});
