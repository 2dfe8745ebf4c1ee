import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { connectEditor } from './api';
import type { Diary } from './diary';

async function diaryFor(context: ILoadOptionsFunctions): Promise<Diary> {
	const api = await connectEditor(context);
	const chosen = context.getCurrentNodeParameter('options') as { businessId?: string } | undefined;
	const timeZone = context.getCurrentNodeParameter('timeZone') as string | undefined;
	return api.open({ businessId: chosen?.businessId, timeZone });
}

function matching(entries: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	return {
		results: entries
			.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === filter.trim())
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

/** Lists what can be booked, with its length, for the *Service* locator. */
export async function searchServices(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const offers = await (await diaryFor(this)).offers();
	const entries = offers.map(({ id, name, durationMinutes }) => ({
		name: durationMinutes === null ? name : `${name} (${durationMinutes} min)`,
		value: id,
	}));
	return matching(entries, filter);
}

/** Lists who works there, for the *Staff Member* locator. */
export async function searchStaff(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const staff = await (await diaryFor(this)).staff();
	return matching(
		staff.map(({ id, name }) => ({ name, value: id })),
		filter,
	);
}
