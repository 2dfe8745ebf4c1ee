import { resource } from '../../../lib/operations';
import type { AltegioApi } from '../connection';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { reschedule } from './reschedule';
import { update } from './update';

/** Booked times, which Altegio calls appointments in its interface and records in its API. */
export const appointment = resource<AltegioApi>({
	name: 'Appointment',
	value: 'appointment',
	operations: [cancel, create, get, getMany, reschedule, update],
});
