import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { phoneCountries } from '../../lib/phone';

/**
 * Countries for the Default Country list, by English name.
 *
 * @param filter part of the name, the two-letter code or the calling code
 */
export async function searchCountries(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const names = new Intl.DisplayNames('en', { type: 'region' });
	const wanted = filter.trim().toLowerCase();
	const results = phoneCountries()
		.map(({ country, callingCode }) => ({
			name: `${names.of(country) ?? country} (${country}, +${callingCode})`,
			value: country,
		}))
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return { results };
}
