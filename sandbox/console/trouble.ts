import type { Fault, World } from '../simulators/kit';
import type { Trouble } from './model';

/** Ways in which a provider can fail, as the operator chooses them. */
export const FAULTS: Record<string, { title: string; fault: Fault }> = {
	error: {
		title: 'Answers 500',
		fault: { kind: 'answer', response: { status: 500, body: 'Internal Server Error' } },
	},
	slow: { title: 'Takes 6 seconds', fault: { kind: 'latency', milliseconds: 6000 } },
	limit: { title: 'Says “too many requests”', fault: { kind: 'rateLimit', seconds: 5 } },
	cut: { title: 'Cuts the line', fault: { kind: 'reset' } },
	cutAfter: { title: 'Does it, then cuts the line', fault: { kind: 'resetAfter' } },
	silent: { title: 'Never answers', fault: { kind: 'timeout' } },
};

const wordsOf = (fault: Fault) =>
	Object.values(FAULTS).find((one) => one.fault.kind === fault.kind)?.title ?? fault.kind;

/**
 * Lets a provider fail at its next requests.
 *
 * @throws Error for a provider or a way to fail that does not exist
 */
export function fail(world: World, provider: string, key: string, requests: number): void {
	const chosen = FAULTS[key];
	if (!chosen) throw new Error(`There is no fault "${key}"`);
	if (!world.simulators.some(({ name }) => name === provider)) throw new Error(`There is no "${provider}"`);
	world.misbehave(provider, ...Array.from({ length: requests }, () => chosen.fault));
}

/** What waits for each provider's next requests. */
export const troubles = (world: World): Trouble[] =>
	world.simulators.flatMap(({ name }) => {
		const faults = world.faultsOf(name);
		return faults[0] ? [{ provider: name, kind: wordsOf(faults[0]), left: faults.length }] : [];
	});
