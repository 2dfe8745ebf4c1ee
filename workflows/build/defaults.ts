import { flowNames, type FlowSettings, readSettings } from './files';

/** Adds what a flow declares to what others did; the same key with another value is a mistake. */
function take<Value>(
	gathered: Map<string, { value: Value; folder: string }>,
	key: string,
	value: Value,
	folder: string,
): void {
	const known = gathered.get(key);
	if (known && JSON.stringify(known.value) !== JSON.stringify(value))
		throw new Error(`workflows/${known.folder} and workflows/${folder} have different defaults for "${key}"`);
	if (!known) gathered.set(key, { value, folder });
}

const sorted = <Value>(gathered: Map<string, { value: Value }>): Array<[key: string, value: Value]> =>
	[...gathered]
		.map(([key, { value }]): [string, Value] => [key, value])
		.sort(([one], [other]) => (one < other ? -1 : 1));

/**
 * The settings and texts of several flows together, each key once, in alphabetical order. A description that two
 * flows word differently is taken from the first.
 *
 * @param flows by folder
 * @throws Error that names the key and both flows where two flows have different defaults for it
 */
export function mergeDefaults(flows: Map<string, FlowSettings>): FlowSettings {
	const values = new Map<string, { value: string; folder: string }>();
	const texts = new Map<string, { value: FlowSettings['texts'][string]; folder: string }>();
	const descriptions = new Map<string, string>();
	for (const [folder, own] of flows) {
		for (const { key, value, description } of own.settings) {
			take(values, key, value, folder);
			if (!descriptions.has(key)) descriptions.set(key, description);
		}
		for (const [template, languages] of Object.entries(own.texts)) take(texts, template, languages, folder);
	}
	return {
		settings: sorted(values).map(([key, value]) => ({
			key,
			value,
			description: descriptions.get(key) ?? '',
		})),
		texts: Object.fromEntries(sorted(texts)),
	};
}

/** What `mergeDefaults` makes of every flow under workflows/. */
export const defaultsOfAllFlows = (): FlowSettings =>
	mergeDefaults(new Map(flowNames().map((folder) => [folder, readSettings(folder)])));
