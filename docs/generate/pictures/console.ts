import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PictureKind } from './kind';

const PAGE = path.resolve(__dirname, '../../../sandbox/console/page');
/** How wide the windows are in which the console is shown. */
export const WIDTHS = { desktop: 1440, phone: 390 };

const sources = () =>
	readdirSync(PAGE)
		.sort()
		.map((file) => [file, readFileSync(path.join(PAGE, file), 'utf8')]);

/** The sandbox's console after a booking by chat, wide and narrow. */
export const CONSOLE: PictureKind = {
	folder: 'console',
	shown: async () =>
		new Map(Object.entries(WIDTHS).map(([name, width]) => [name, { width, page: sources() }])),
};
