import { existsSync } from 'node:fs';
import path from 'node:path';

const folder = process.env.FRONTDESK_SPECS ?? path.resolve(__dirname, '../../../shared/providers');

/** The folder with the providers' official specs and recorded payloads; undefined where it is absent. */
export const specs = existsSync(folder) ? folder : undefined;
