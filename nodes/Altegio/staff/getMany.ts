import type { IDataObject } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { listStaff } from '../api';
import type { AltegioApi } from '../connection';
import { limit, limitFrom, location, numericId, returnAll, simplify } from '../fields';
import type { StaffMember } from '../types';

const toStaff = (member: StaffMember): IDataObject => ({
	provider: 'altegio',
	id: String(member.id),
	name: member.name ?? null,
	specialization: member.specialization || null,
	hidden: Number(member.hidden ?? 0) === 1,
});

/** Reads a location's staff, without those who left: GET /company/{company}/staff. */
export const getMany = operation<AltegioApi>({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many team members',
	description: 'Read many team members of a location',
	fields: [location, returnAll, limit, simplify],
	run: async ({ api, input }) => {
		const members = await listStaff(api, numericId(input, 'location'));
		const wanted = members.slice(0, limitFrom(input));
		return input.boolean('simplify') ? wanted.map(toStaff) : wanted.map((member) => ({ ...member }));
	},
});
