import { resource } from '../../../lib/operations';
import type { Connection } from '../connection';
import { toAppointment } from './toAppointment';

/** What the built-in Calendly Trigger hands on. */
export const event = resource<Connection>({ name: 'Event', value: 'event', operations: [toAppointment] });
