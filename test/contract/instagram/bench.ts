import type { IDataObject } from 'n8n-workflow';
import { InstagramDirectApi } from '../../../credentials/InstagramDirectApi.credentials';
import { systemClock } from '../../../lib/clock';
import { InstagramDirect } from '../../../nodes/InstagramDirect/InstagramDirect.node';
import {
	CREDENTIALS,
	InstagramSimulator,
	type InstagramSettings,
} from '../../../sandbox/simulators/instagram';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRunOptions } from '../../support/n8n';

export const DAY = 24 * 3600 * 1000;
export const ANNA = '17841400000000123';

export const credential = (data: IDataObject = {}) => ({
	type: new InstagramDirectApi(),
	data: { ...CREDENTIALS, ...data } as Record<string, string>,
});

/** The gates of a token outlive a test, so each test's clock starts later than the one before. */
let start = Date.parse('2026-03-02T08:00:00Z');

/** An account with an open window to Anna, on a clock that only waiting moves. */
export function studio(settings: InstagramSettings = {}) {
	let time = (start += 100 * DAY);
	const clock = {
		waited: 0,
		now: () => time,
		advance: (milliseconds: number) => {
			time += milliseconds;
		},
	};
	jest.spyOn(systemClock, 'now').mockImplementation(() => time);
	jest.spyOn(systemClock, 'wait').mockImplementation(async (milliseconds) => {
		// Requests under way arrive before the clock moves on.
		await new Promise((resolve) => setTimeout(resolve, 3));
		time += milliseconds;
		clock.waited += milliseconds;
	});
	const simulator = new InstagramSimulator({ now: () => new Date(time), ...settings });
	const world = intercept(simulator);
	simulator.write(ANNA, 'Hello');
	return {
		simulator,
		world,
		clock,
		run: (parameters: IDataObject, options: NodeRunOptions = {}) =>
			runNode(new InstagramDirect(), { credentials: [credential()], ...options, parameters }),
		calls: () => world.callsTo('instagram').map(({ request }) => request),
		bodies: () => world.callsTo('instagram').map(({ request }) => JSON.parse(request.body) as unknown),
		stop: () => {
			world.stop();
			jest.restoreAllMocks();
		},
	};
}

export type Studio = ReturnType<typeof studio>;

export const sendText = (more: IDataObject = {}): IDataObject => ({
	resource: 'message',
	operation: 'sendText',
	igsid: ANNA,
	text: 'Hi Anna',
	...more,
});

export const sendReplies = (titles: string[], more: IDataObject = {}): IDataObject => ({
	resource: 'message',
	operation: 'sendQuickReplies',
	igsid: ANNA,
	text: 'When?',
	quickReplies: { reply: titles.map((title) => ({ title })) },
	...more,
});

export const sendMedia = (more: IDataObject = {}): IDataObject => ({
	resource: 'message',
	operation: 'sendMedia',
	igsid: ANNA,
	mediaType: 'image',
	url: 'https://example.com/a.jpg',
	...more,
});

export const getMessages = (more: IDataObject = {}): IDataObject => ({
	resource: 'message',
	operation: 'getMany',
	igsid: ANNA,
	...more,
});

export const getProfile = (more: IDataObject = {}): IDataObject => ({
	resource: 'profile',
	operation: 'get',
	igsid: ANNA,
	...more,
});

export const find = (username: string, more: IDataObject = {}): IDataObject => ({
	resource: 'conversation',
	operation: 'findByUsername',
	username,
	...more,
});

export const getConversations = (more: IDataObject = {}): IDataObject => ({
	resource: 'conversation',
	operation: 'getMany',
	...more,
});
