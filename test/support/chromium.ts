import { existsSync } from 'node:fs';

const PLACES = [
	process.env.FRONTDESK_CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser for editor tests; undefined where the machine has none. */
export const chromium = PLACES.find((place) => place !== undefined && existsSync(place));

/** Without its own background talk, and able to run as root in a container. */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
