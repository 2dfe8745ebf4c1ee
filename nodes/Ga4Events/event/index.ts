import { resource } from '../../../lib/operations';
import type { Ga4 } from '../api';
import { send } from './send';
import { validate } from './validate';

export const event = resource<Ga4>({ name: 'Event', value: 'event', operations: [send, validate] });
