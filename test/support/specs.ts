import { readFileSync } from 'node:fs';
import path from 'node:path';
import { specs } from './specsFolder';

export { specs } from './specsFolder';

const read = (...parts: string[]) => readFileSync(path.join(specs ?? '', ...parts), 'utf8');

/** A recorded payload as text. */
export const readPayload = (provider: string, file: string): string => read('payloads', provider, file);

/** A recorded payload, parsed. */
export const jsonPayload = <T = unknown>(provider: string, file: string): T =>
	JSON.parse(readPayload(provider, file)) as T;

/** An official spec as text. */
export const readSpec = (file: string): string => read('specs', file);

/** Describes tests that need the specs; where they are absent the suite is reported as skipped. */
export const describeWithSpecs = specs ? describe : describe.skip;
