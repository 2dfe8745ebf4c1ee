import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** A property, and where it stands: `options > Limit`. */
export interface Placed {
	at: string;
	property: INodeProperties;
}

type Entry = NonNullable<INodeProperties['options']>[number];

export const isProperty = (entry: Entry): entry is INodeProperties => 'type' in entry;
export const isGroup = (entry: Entry): entry is INodePropertyCollection => 'values' in entry;
export const isChoice = (entry: Entry): entry is INodePropertyOptions => 'value' in entry;

const inside = (property: INodeProperties): INodeProperties[] =>
	(property.options ?? []).flatMap((entry) =>
		isGroup(entry) ? entry.values : isProperty(entry) ? [entry] : [],
	);

/** All properties with those in their collections, each with the labels that lead to it. */
export function walk(properties: INodeProperties[], above = ''): Placed[] {
	return properties.flatMap((property) => {
		const at = `${above}${property.displayName}${shownFor(property)}`;
		return [{ at, property }, ...walk(inside(property), `${at} > `)];
	});
}

function shownFor({ displayOptions }: INodeProperties): string {
	const { resource, operation } = displayOptions?.show ?? {};
	const where = [resource, operation].filter(Boolean).map((values) => values?.join('|'));
	return where.length > 0 ? ` (${where.join(' ')})` : '';
}

const conditions = (property: INodeProperties) =>
	new Map(
		Object.entries(property.displayOptions?.show ?? {}).map(([key, values]) => [
			key.replace(/^\//, ''),
			values,
		]),
	);

/** Whether no choice of other fields shows both; conditions other than plain values count as exclusive. */
function exclusive(one: INodeProperties, other: INodeProperties): boolean {
	const others = conditions(other);
	return [...conditions(one)].some(([key, values = []]) => {
		const against = others.get(key);
		if (!against) return hides(other, key, values);
		const plain = [...values, ...against].every((value) => typeof value !== 'object');
		return !plain || !values.some((value) => against.includes(value));
	});
}

function hides(property: INodeProperties, key: string, values: unknown[]): boolean {
	const hidden = property.displayOptions?.hide?.[key] ?? [];
	return values.length > 0 && values.every((value) => hidden.some((hiddenValue) => hiddenValue === value));
}

/** Names that two properties of one list have while both are on the screen. */
export function clashes(properties: INodeProperties[]): string[] {
	const here = properties.flatMap((one, index) =>
		properties
			.slice(index + 1)
			.filter((other) => one.name === other.name && !exclusive(one, other) && !exclusive(other, one))
			.map(() => `${one.name}${shownFor(one)}`),
	);
	const below = properties.flatMap((property) =>
		(property.options ?? []).some(isGroup)
			? (property.options ?? []).filter(isGroup).flatMap(({ values }) => clashes(values))
			: clashes(inside(property)),
	);
	return [...here, ...below];
}
