import type { InboxView, View } from '../simulators/panel';
import { PEOPLE } from '../simulators/instagram';
import { OWNER } from '../src/editor-api';
import type { House } from '../src/house';
import { freePort } from '../src/n8n';
import { act, type Desk } from './actions';
import { bundlePage } from './bundle';
import { Calls } from './calls';
import { ChatfuelChat } from './channels/chatfuel';
import { connectInstagram } from './channels/instagram';
import { TwilioChat } from './channels/twilio';
import { MovedClock } from './clock';
import { requestsOf } from './exchanges';
import { Live } from './live';
import { mailPage } from './mail';
import type { Meta, ProviderPanel } from './model';
import { stranger } from './people';
import { Records } from './records';
import { serve } from './server';
import { Stage } from './stage';
import { FAULTS, troubles } from './trouble';

export interface ConsoleOptions {
	/** The port to try first; any free one unless given. */
	port?: number;
	/** How long the Chatfuel bot waits for a flow: 10 seconds, as Chatfuel does, unless given. */
	patienceSeconds?: number;
}

/** A console that is open. */
export interface OpenConsole {
	url: string;
	close(): Promise<void>;
}

const PREVIEW_CHARACTERS = 120;
/** What a sandbox without leads starts with, so that every stage of a lead can be seen. */
const FIRST_SETTINGS = {
	alertEmail: 'owner@frontdesk.example',
	surveyEnabled: 'yes',
	surveyWithoutInstagram: 'whatsapp,sms',
};

const titleOf = (house: House, name: string) => house.panels.get(name)?.title ?? name;

const meta = (house: House): Meta => ({
	editor: house.n8n.url,
	email: OWNER.email,
	password: OWNER.password,
	providers: house.world.simulators
		.filter(({ hosts }) => hosts.length > 0)
		.map(({ name }) => ({ name, title: titleOf(house, name) })),
	faults: Object.entries(FAULTS).map(([key, { title }]) => ({ key, title })),
	people: PEOPLE.map(({ igsid, username, name }) => ({ igsid, username, name: name ?? username })),
});

/** A mail's body goes to its own page; the list has its beginning. */
const withoutBodies = (view: View): View =>
	view.kind !== 'inbox'
		? view
		: {
				...view,
				mails: view.mails.map((mail) => ({
					...mail,
					body: mail.isHtml ? '' : mail.body.slice(0, PREVIEW_CHARACTERS),
					attachments: mail.attachments.map(({ name }) => ({ name })),
				})),
			};

const viewsOf = (house: House, name: string): View[] => {
	const simulator = house.world.simulators.find((one) => one.name === name);
	return simulator ? (house.panels.get(name)?.views(simulator.state()) ?? []) : [];
};

const panelOf = (house: House, name: string): ProviderPanel => ({
	name,
	title: titleOf(house, name),
	views: viewsOf(house, name).map(withoutBodies),
});

function mailOf(house: House, provider: string, id: string): string | undefined {
	const inboxes = viewsOf(house, provider).filter((view): view is InboxView => view.kind === 'inbox');
	const mail = inboxes.flatMap(({ mails }) => mails).find((one) => one.id === id);
	return mail && mailPage(mail);
}

function watchAll(live: Live, desk: Desk, records: Records): void {
	const { house, calls, chatfuel, twilio, stage, clock } = desk;
	const fixed = meta(house);
	live.watch('meta', () => fixed);
	live.watch('customer', () => desk.customer);
	live.watch('chatfuel', () => chatfuel.talk);
	live.watch('twilio', () => twilio.routes);
	live.watch('play', () => stage.state);
	live.watch('clock', () => clock.state);
	live.watch('trouble', () => troubles(house.world));
	live.watch('lastCall', () => calls.state);
	live.watch('requests', () => requestsOf(house.world.exchanges));
	live.watch('runs', () => records.runs);
	live.watch('leads', () => records.leads);
	for (const name of house.panels.keys()) live.watch(`panel:${name}`, () => panelOf(house, name));
}

async function firstSettings({ editor }: House): Promise<void> {
	const leads = await editor.rows('frontdesk_leads');
	if (leads.length === 0) await editor.changeSettings(FIRST_SETTINGS);
}

/** Opens the console of an open sandbox on 127.0.0.1. */
export async function openConsole(house: House, options: ConsoleOptions = {}): Promise<OpenConsole> {
	const calls = new Calls(house);
	const desk: Desk = {
		house,
		calls,
		chatfuel: new ChatfuelChat(house, calls, options.patienceSeconds),
		twilio: new TwilioChat(house),
		stage: new Stage(house),
		clock: new MovedClock(house),
		customer: stranger(),
	};
	connectInstagram(house);
	desk.chatfuel.meet(desk.customer);
	await desk.stage.open();
	await firstSettings(house);
	const live = new Live();
	const records = new Records(house, () => live.isHeard);
	watchAll(live, desk, records);
	const free = await freePort(options.port);
	const server = await serve(free, {
		assets: await bundlePage(),
		live,
		act: async (name, values) => await act(desk, name, values),
		mail: (provider, id) => mailOf(house, provider, id),
	});
	return {
		url: `http://127.0.0.1:${free}`,
		close: async () => {
			live.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await records.close();
		},
	};
}
