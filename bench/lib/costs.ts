import { Kind, parse } from 'graphql';
import type { SimRequest } from '../../sandbox/simulators/kit';

/** What a request takes where it is not said otherwise. */
const REQUEST_MILLISECONDS = 50;
const MONDAY_REQUEST_MILLISECONDS = 30;
const MONDAY_MUTATION_MILLISECONDS = 20;

/** Root fields of the mutations in a request's document: monday.com carries aliases out one after another. */
function mutationsIn(text: string): number {
	const { query } = JSON.parse(text) as { query: string };
	return parse(query, { noLocation: true }).definitions.reduce(
		(count, definition) =>
			definition.kind === Kind.OPERATION_DEFINITION && String(definition.operation) === 'mutation'
				? count + definition.selectionSet.selections.length
				: count,
		0,
	);
}

/** How long a provider takes to answer, in milliseconds: monday.com by what is asked, the others alike. */
export function honestCost(provider: string, { text }: SimRequest): number {
	if (provider !== 'monday') return REQUEST_MILLISECONDS;
	return MONDAY_REQUEST_MILLISECONDS + MONDAY_MUTATION_MILLISECONDS * mutationsIn(text);
}
