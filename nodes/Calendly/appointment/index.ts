import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { markNoShow } from './markNoShow';
import { reschedule } from './reschedule';

/** Booked times, which Calendly calls scheduled events. */
export const appointment = resource<Connection>({
	name: 'Scheduled Event',
	value: 'appointment',
	operations: [create, cancel, get, getMany, markNoShow, reschedule],
});
