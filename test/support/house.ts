import axios from 'axios';
import { House, type HouseOptions } from '../../sandbox/src/house';
import type { Simulator } from '../../sandbox/simulators/kit';

let house: House | undefined;

/** Opens the sandbox, with all flows unless said, in a folder of its own that goes when it closes. */
export async function openHouse(options: Omit<HouseOptions, 'home'> = {}): Promise<void> {
	house = await House.open(options);
}

export async function closeHouse(): Promise<void> {
	await house?.close();
	house = undefined;
}

/** The open sandbox. */
export function theHouse(): House {
	if (!house) throw new Error('The sandbox is not open: call openHouse in beforeAll');
	return house;
}

/** The provider of that name in the open sandbox. */
export function simulated<Provider extends Simulator>(name: string): Provider {
	return theHouse().provider<Provider>(name);
}

/**
 * Posts by hand what no provider would send, such as a forged call, to a public address of ours.
 *
 * @returns the answer's status
 */
export async function postByHand(
	url: string,
	{ headers, body }: { headers: Record<string, string>; body: string },
): Promise<number> {
	const { status } = await axios.post(url.replace(/^https:\/\/[^/]+/, theHouse().n8n.webhookUrl), body, {
		headers,
		proxy: false,
		validateStatus: () => true,
		transformRequest: (data: string) => data,
	});
	return status;
}

/** Waits until something holds; ends with the last error where it does not in time. */
export async function eventually<T>(check: () => Promise<T> | T, seconds = 20): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		try {
			return await check();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}
