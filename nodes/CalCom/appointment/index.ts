import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { cancel } from './cancel';
import { confirm } from './confirm';
import { create } from './create';
import { decline } from './decline';
import { get } from './get';
import { getMany } from './getMany';
import { markNoShow } from './markNoShow';
import { reschedule } from './reschedule';

/** Booked times, which Cal.com calls bookings. */
export const appointment = resource<Connection>({
	name: 'Booking',
	value: 'appointment',
	operations: [create, cancel, confirm, decline, get, getMany, markNoShow, reschedule],
});
