import { resource } from '../../../lib/operations';
import type { ChatfuelApi } from '../api';
import { add } from './add';

/** People a bot of the newer product knows. */
export const contact = resource<ChatfuelApi>({ name: 'Contact', value: 'contact', operations: [add] });
