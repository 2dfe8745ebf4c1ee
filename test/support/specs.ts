import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = process.env.FRONTDESK_SPECS ?? path.resolve(__dirname, '../../../shared/providers');

/** The folder with the providers' official specs and recorded payloads; undefined where it is absent. */
export const specs = existsSync(folder) ? folder : undefined;

const read = (...parts: string[]) => readFileSync(path.join(folder, ...parts), 'utf8');

/** A recorded payload as text. */
export const readPayload = (provider: string, file: string): string => read('payloads', provider, file);

/** A recorded payload, parsed. */
export const jsonPayload = <T = unknown>(provider: string, file: string): T =>
	JSON.parse(readPayload(provider, file)) as T;

/** An official spec as text. */
export const readSpec = (file: string): string => read('specs', file);

/** Describes tests that need the specs; where they are absent the suite is reported as skipped. */
export const describeWithSpecs = specs ? describe : describe.skip;
