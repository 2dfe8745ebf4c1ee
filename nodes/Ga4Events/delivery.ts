import { mapBounded } from '../../lib/parallel';
import { bodyOf, collect, type Envelope, type Ga4, type Ga4Event } from './api';
import { MAX_BODY_BYTES, MAX_EVENTS } from './limits';
import type { Measurement } from './measurement';

/** Events that go together, with their positions among all. */
interface Parcel {
	envelope: Envelope;
	events: Ga4Event[];
	positions: number[];
}

const fits = (parcel: Parcel, { envelope, event }: Measurement): boolean =>
	parcel.events.length < MAX_EVENTS &&
	JSON.stringify(parcel.envelope) === JSON.stringify(envelope) &&
	Buffer.byteLength(JSON.stringify(bodyOf(envelope, [...parcel.events, event]))) < MAX_BODY_BYTES;

/**
 * Packs events into requests. A request holds one client's events with the same user, properties and consent,
 * up to 25 and 130 kB (sending-events page); a client's events keep their order.
 *
 * @returns one list of requests for each client, to be sent one after another
 */
export function packed(measurements: Measurement[]): Parcel[][] {
	const lanes = new Map<string, Parcel[]>();
	measurements.forEach((measurement, position) => {
		const { envelope, event } = measurement;
		const lane = lanes.get(envelope.client_id) ?? [];
		lanes.set(envelope.client_id, lane);
		const last = lane.at(-1);
		if (last && fits(last, measurement)) {
			last.events.push(event);
			last.positions.push(position);
		} else {
			lane.push({ envelope, events: [event], positions: [position] });
		}
	});
	return [...lanes.values()];
}

/**
 * Sends all events: clients beside one another, each client's requests in order.
 *
 * @returns for each event how many travelled in its request, or why the request did not get through; after a
 *   failed request that ends the run, and after a cancellation, the rest is not sent and has no answer
 */
export async function deliver(
	api: Ga4,
	measurements: Measurement[],
): Promise<Array<number | Error | undefined>> {
	const answers: Array<number | Error | undefined> = measurements.map(() => undefined);
	let failed = false;
	const stopped = () => api.signal?.aborted === true || (failed && !api.continuesOnFailure);
	await mapBounded(packed(measurements), api.maxParallel, stopped, async (lane) => {
		for (const { envelope, events, positions } of lane) {
			if (stopped()) return;
			const answer = await collect(api, envelope, events).then(
				() => events.length,
				(error: Error) => error,
			);
			failed ||= answer instanceof Error;
			for (const position of positions) answers[position] = answer;
		}
	});
	return answers;
}
