import { NodeApiError, NodeOperationError, OperationalError, UserError } from 'n8n-workflow';
import { PhoneNumberError } from '../../../lib/phone';

/** No input may take longer. */
const LONGEST_MILLISECONDS = 100;

const REFUSALS = [NodeApiError, NodeOperationError, OperationalError, UserError, PhoneNumberError];

/**
 * Runs a parser on one input. It may give a value, or refuse in the house's own words; another error is a crash.
 *
 * @returns the value; undefined where it refused
 */
export function attempt<Value>(run: () => Value): Value | undefined {
	try {
		return timed(run);
	} catch (error) {
		if (!REFUSALS.some((type) => error instanceof type)) throw error;
		expect((error as Error).message).not.toMatch(/\[object \w+\]|\bundefined\b/);
		expect((error as Error).message.length).toBeGreaterThan(10);
		return undefined;
	}
}

/** This process's own time in milliseconds, which a busy machine does not stretch. */
function ownTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** A run may meet a pause of the machine or of its memory; the quickest of these is the one that tells. */
const MORE_RUNS = 3;

function timed<Value>(run: () => Value): Value {
	const started = performance.now();
	try {
		return run();
	} finally {
		if (performance.now() - started > LONGEST_MILLISECONDS) {
			const times = Array.from({ length: MORE_RUNS }, () => {
				const again = ownTime();
				try {
					run();
				} catch {
					// Whether it may throw is judged by the first run.
				}
				return ownTime() - again;
			});
			expect(Math.min(...times)).toBeLessThan(LONGEST_MILLISECONDS);
		}
	}
}

/** As for `attempt`, the time that a call takes which answers later. */
export async function timedLater<Value>(run: () => Promise<Value>): Promise<Value> {
	const started = performance.now();
	const value = await run();
	if (performance.now() - started <= LONGEST_MILLISECONDS) return value;
	const times: number[] = [];
	for (let more = 0; more < MORE_RUNS; more++) {
		const again = ownTime();
		await run();
		times.push(ownTime() - again);
	}
	expect(Math.min(...times)).toBeLessThan(LONGEST_MILLISECONDS);
	return value;
}

/** What is left of a value that was made text without being looked at. */
const NONSENSE = /\[object \w+\]|\bNaN\b|Invalid Date|\bundefined\b|\bInfinity\b/;

/** ISO 8601 with offset, as the schema of appointments has it. */
export const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
export const E164 = /^\+[1-9]\d{2,14}$/;

const ID = /^(id|.*Id|igsid|eventKey)$/;
const TIME = /^(start|end|at|.*At)$/;
const PHONE = /^(phone|phoneKey)$/;
/** The customer's or provider's own, given on as it came. */
const AS_IT_CAME = new Set([
	...['raw', 'attributes', 'fields', 'headers', 'query', 'referral', 'customFields', 'customAttributes'],
	...['payload', 'externalError', 'labels', 'changes', 'quickReplyPayload'],
]);

export interface Judgement {
	/** The input, whose own words an item may repeat. */
	body: string;
	/** Phones are passed on as they came. */
	phonesAsTheyCame?: boolean;
}

/** Insists that what a flow would start with is sound: ids text, moments ISO, phones E.164, nothing made up. */
export function judgeItem(value: unknown, judgement: Judgement, key = ''): void {
	const { body, phonesAsTheyCame = false } = judgement;
	if (typeof value === 'number' && !Number.isFinite(value)) fail(key, value);
	if (typeof value === 'string' && NONSENSE.test(value) && !NONSENSE.test(body)) fail(key, value);
	if (value !== null && value !== undefined) {
		if (ID.test(key) && (typeof value !== 'string' || value === '')) fail(key, value);
		if (TIME.test(key) && !MOMENT.test(String(value))) fail(key, value);
		if (PHONE.test(key) && !phonesAsTheyCame && !E164.test(String(value))) fail(key, value);
	}
	if (typeof value !== 'object' || value === null) return;
	if (Object.hasOwn(value, '__proto__')) fail(key, value);
	for (const [name, inner] of Object.entries(value)) {
		if (!Array.isArray(value) && AS_IT_CAME.has(name)) judgeForeign(inner, name);
		else judgeItem(inner, judgement, Array.isArray(value) ? '' : name);
	}
}

/** Of what is not ours only that it harms no flow. */
function judgeForeign(value: unknown, key: string): void {
	if (typeof value === 'number' && !Number.isFinite(value)) fail(key, value);
	if (typeof value !== 'object' || value === null) return;
	if (Object.hasOwn(value, '__proto__')) fail(key, value);
	for (const inner of Object.values(value)) judgeForeign(inner, key);
}

function fail(key: string, value: unknown): never {
	throw new Error(`The item's "${key}" is ${JSON.stringify(value)?.slice(0, 200)} (${typeof value})`);
}

/** Insists that no input has reached into JavaScript's own objects. */
export function judgeWorld(): void {
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(([] as unknown as Record<string, unknown>).polluted).toBeUndefined();
}
