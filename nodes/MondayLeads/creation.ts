import { createItems, type Connection, type Item, type NewItem } from './api';

/**
 * Creates items, one request for all of them but those that bring a key of their own.
 *
 * @param units `key`: an idempotency key for this item alone
 * @returns for each the item, or why it is not there, in order
 */
export async function createEach(
	api: Connection,
	units: Array<{ item: NewItem; key?: string }>,
): Promise<Array<Item | Error>> {
	const answers: Array<Item | Error> = [];
	const together = units.flatMap(({ key }, index) => (key === undefined ? [index] : []));
	const shared = await createItems(
		api,
		together.map((index) => (units[index] as { item: NewItem }).item),
	);
	together.forEach((index, position) => {
		answers[index] = shared[position] as Item | Error;
	});
	for (const [index, { item, key }] of units.entries()) {
		if (key !== undefined) answers[index] = (await createItems(api, [item], key))[0] as Item | Error;
	}
	return answers;
}
