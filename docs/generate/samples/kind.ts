import type { IDataObject } from 'n8n-workflow';
import type { Simulator } from '../../../sandbox/simulators/kit';
import type { TestCredential } from '../../../test/support/n8n';

/** The first output item of an earlier run, by "resource.operation" or by the name in `as`. */
export type Earlier = (run: string) => IDataObject;

type Given = IDataObject | ((earlier: Earlier) => IDataObject);

/** One operation as an operator would set it up, run in its turn. */
export interface SampleRun {
	resource: string;
	operation: string;
	parameters?: Given;
	/** The item that comes in, where the operation reads it. */
	item?: Given;
	/** A name for a run that only prepares another one; it is not shown. */
	as?: string;
	/** Moves the clock to here first; ISO 8601. */
	at?: string;
	/** Whose schema the output has to keep; by the resource where not set. */
	shape?: 'appointment' | 'slot' | 'none';
	/** Fields that the output has on top of the shape. */
	beyond?: string[];
	/** For what happens at the provider in between. */
	before?: (earlier: Earlier) => void;
}

/** How the samples of one page come about. */
export interface Samples {
	credentials?: TestCredential[];
	simulators?: Simulator[];
	/** In order: they happen one after another to the same provider. */
	runs: SampleRun[];
}

/** A Monday, 9 o'clock in Warsaw: when the samples begin. */
export const BEGINNING = '2027-03-01T09:00:00+01:00';

/** The value of a resource locator, by ID. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
