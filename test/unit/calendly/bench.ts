import type { IDataObject } from 'n8n-workflow';
import { CalendlyBookingOAuth2Api } from '../../../credentials/CalendlyBookingOAuth2Api.credentials';
import { CalendlyTokenApi } from '../../../credentials/CalendlyTokenApi.credentials';
import { systemClock } from '../../../lib/clock';
import { Calendly } from '../../../nodes/Calendly/Calendly.node';
import { CalendlySimulator, CREDENTIALS, type CalendlySettings } from '../../../sandbox/simulators/calendly';
import { intercept } from '../../support/intercept';
import { runNode, type NodeRun, type NodeRunOptions } from '../../support/n8n';

/** A Monday, 9:00 in Warsaw. */
export const NOW = Date.parse('2026-12-07T08:00:00Z');

/** Consultation: 30 minutes, with questions and locations. */
export const TYPE = 'CONSULTATION0001';
export const TYPE_URI = `https://api.calendly.com/event_types/${TYPE}`;
export const GROUP_TYPE = 'WORKSHOP00000001';
export const USER_URI = 'https://api.calendly.com/users/STUDIOUSER000001';
export const ORGANIZATION_URI = 'https://api.calendly.com/organizations/STUDIOORG0000001';

export const token = (accessToken = CREDENTIALS.accessToken) => ({
	type: new CalendlyTokenApi(),
	data: { accessToken },
});

/** An OAuth2 credential as it is once somebody has connected it. */
export const oAuth2 = (accessToken = CREDENTIALS.bookingToken) => ({
	type: new CalendlyBookingOAuth2Api(),
	data: {
		grantType: 'authorizationCode',
		accessTokenUrl: 'https://auth.calendly.com/oauth/token',
		clientId: 'id',
		clientSecret: 'secret',
		authentication: 'header',
		oauthTokenData: { access_token: accessToken, refresh_token: 'refresh', token_type: 'Bearer' },
	},
});

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Runs an operation of the node, by personal access token. */
export const run = async (
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	options: Omit<NodeRunOptions, 'parameters'> = {},
): Promise<NodeRun> =>
	await runNode(new Calendly(), {
		credentials: [token()],
		...options,
		parameters: { resource, operation, ...parameters },
	});

/** The fields of Create, as an operator fills them in. */
export const booking = (more: IDataObject = {}): IDataObject => ({
	service: byId(TYPE),
	start: '2026-12-08T10:00:00',
	timeZone: 'Europe/Warsaw',
	clientName: 'Jane Kowalska',
	clientEmail: 'jane@example.com',
	...more,
});

/** The first item of the first output. */
export const first = ({ outputs, error }: NodeRun): IDataObject => {
	if (error) throw error;
	return outputs[0]?.[0]?.json ?? {};
};

/** Calendly at its host on a Monday morning, and a clock that makes waits short and notes them. */
export function calendlyBench(settings: CalendlySettings = {}) {
	const clock = { now: NOW };
	const simulator = new CalendlySimulator({ now: () => new Date(clock.now), ...settings });
	const world = intercept(simulator);
	const waits: number[] = [];
	const date = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
	const wait = jest.spyOn(systemClock, 'wait').mockImplementation(async (milliseconds) => {
		waits.push(milliseconds);
	});
	const calls = () => world.callsTo('calendly');
	return {
		simulator,
		world,
		waits,
		clock,
		calls,
		/** Method and path of every call, in order. */
		routes: () => calls().map(({ request }) => `${request.method} ${new URL(request.url).pathname}`),
		/** Calls of one route. */
		to: (method: string, path: string) =>
			calls().filter(({ request }) => request.method === method && new URL(request.url).pathname === path),
		/** A client books on Calendly's page. */
		given: (start: string, client: IDataObject = {}, type = TYPE) =>
			simulator.bookings.bookOnPage({
				event_type: `https://api.calendly.com/event_types/${type}`,
				start_time: start,
				invitee: {
					name: 'Jan Nowak',
					email: 'jan@example.com',
					timezone: 'Europe/Warsaw',
					...client,
				},
			}),
		stop: () => {
			wait.mockRestore();
			date.mockRestore();
			world.stop();
		},
	};
}

export type Bench = ReturnType<typeof calendlyBench>;

/** The query of a call as an object. */
export const queryOf = ({ request }: { request: { url: string } }) =>
	Object.fromEntries(new URL(request.url).searchParams);

/** The JSON body of a call. */
export const bodyOf = ({ request }: { request: { body: string } }) =>
	JSON.parse(request.body || '{}') as IDataObject;
