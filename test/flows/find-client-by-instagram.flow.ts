import axios from 'axios';
import { DateTime } from 'luxon';
import type { AltegioSimulator } from '../../sandbox/simulators/altegio';
import { STAFF, STAFF_TOOL_HEADERS } from '../../sandbox/simulators/operator';
import { restoreSettings, setSettings } from '../support/settings';
import { untilIdle } from '../support/executions';
import { eventually, simulated, theHouse } from '../support/house';

const altegio = () => simulated<AltegioSimulator>('altegio');
const AUTH = { username: STAFF.user, password: STAFF.password };

const ask = async (instagram: string, headers: Record<string, string> = STAFF_TOOL_HEADERS) => {
	const url = theHouse().webhook('clients/by-instagram');
	return await axios.get(url, { params: { instagram }, headers, proxy: false, validateStatus: () => true });
};

const formUrl = () => `${theHouse().n8n.url}/form/find-client-by-instagram`;

/** Fills in the form, and reads the page that follows it. */
async function fill(instagram: string): Promise<string> {
	const form = new FormData();
	form.append('field-0', instagram);
	const { data } = await axios.post<{ formWaitingUrl: string }>(formUrl(), form, {
		auth: AUTH,
		proxy: false,
	});
	const page = new URL(data.formWaitingUrl.replace(/^https?:\/\/[^/]+/, theHouse().n8n.url));
	const status = new URL(page);
	status.pathname += '/n8n-execution-status';
	await eventually(async () => {
		expect((await axios.get<string>(status.href, { proxy: false })).data.trim()).toBe('form-waiting');
	}, 40);
	const { data: html } = await axios.get<string>(page.href, { proxy: false });
	// The last page tells n8n by itself that it was shown.
	await axios.post(page.href, {}, { proxy: false, validateStatus: () => true });
	return html;
}

/** Noon of a day from now, on the salon's clocks. */
const noon = (days: number) =>
	DateTime.now().setZone('Europe/Warsaw').plus({ days }).startOf('day').set({ hour: 12 });

function book(days: number, phone: string) {
	const body = {
		staff_id: 555,
		services: [{ id: 331 }],
		client: { phone },
		datetime: noon(days).toISO(),
		save_if_busy: true,
	};
	return altegio().records.create(body, false).id;
}

describe('Find a client by Instagram username', () => {
	beforeEach(async () => {
		await untilIdle();
		theHouse().world.reset();
		// Nobody else shall hear of what is booked here, and ask Altegio about it.
		jest.spyOn(altegio().hooks, 'tell').mockImplementation();
		await setSettings({ altegioInstagramIn: 'email', altegioInstagramField: '' });
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		await restoreSettings();
	});

	it.each(['jane.example', '@Jane.Example', 'https://www.instagram.com/jane.example/'])(
		'tells a tool who %s is, with last and next visit',
		async (username) => {
			const [last, next] = [book(-3, '+12025550123'), book(4, '+12025550123')];
			altegio().records.edit(last, { attendance: 1 });
			book(-20, '+12025550123');
			book(9, '+12025550123');
			book(1, '+380671234567');
			const { status, data } = await ask(username);
			expect(status).toBe(200);
			expect(data).toEqual({
				found: 1,
				username,
				clients: [
					expect.objectContaining({
						id: '1121412',
						name: 'Jane Example',
						phone: '+12025550123',
						instagram: 'jane.example',
						lastVisit: {
							id: String(last),
							start: noon(-3).toISO({ suppressMilliseconds: true }),
							status: 'completed',
							service: 'Haircut',
							staff: 'Anna Kowal',
						},
						nextVisit: {
							id: String(next),
							start: noon(4).toISO({ suppressMilliseconds: true }),
							status: 'confirmed',
							service: 'Haircut',
							staff: 'Anna Kowal',
						},
					}),
				],
			});
		},
	);

	it('finds a client without any appointment, by custom field where the salon keeps usernames there', async () => {
		await setSettings({ altegioInstagramIn: 'customField', altegioInstagramField: 'instagram' });
		const { data } = await ask('olha.pryklad');
		expect(data).toMatchObject({
			found: 1,
			clients: [{ name: 'Olha Приклад', lastVisit: null, nextVisit: null }],
		});
	});

	it('says clearly that there is nobody, or that there are several', async () => {
		expect(await ask('jane.exampl')).toMatchObject({ status: 200, data: { found: 0, clients: [] } });
		const twin = { name: 'Janet', phone: '+48601234567', email: 'jane.example@gmail.com' };
		altegio().clients.create(twin, false);
		book(2, '+48601234567');
		const { status, data } = await ask('jane.example');
		expect(status).toBe(200);
		expect(data).toMatchObject({
			found: 2,
			clients: [
				{ name: 'Jane Example', nextVisit: null },
				{ name: 'Janet', nextVisit: { service: 'Haircut' } },
			],
		});
	});

	it.each(['', 'two words', 'a'.repeat(31), '{{ 1 + 1 }}'])(
		'refuses "%s" without asking Altegio',
		async (username) => {
			expect(await ask(username)).toMatchObject({
				status: 200,
				data: { found: 0, error: 'This is no Instagram username' },
			});
			expect(theHouse().world.callsTo('altegio')).toEqual([]);
		},
	);

	it('says what went wrong where Altegio refuses, once', async () => {
		const refusal = { status: 403, body: { success: false, data: null, meta: { message: 'No rights' } } };
		const refusals = Array.from({ length: 3 }, () => ({ kind: 'answer' as const, response: refusal }));
		theHouse().world.misbehave('altegio', ...refusals);
		expect((await ask('jane.example')).status).toBe(500);
		theHouse().world.misbehave('altegio', ...refusals);
		const page = await fill('jane.example');
		expect(page).toContain('Altegio did not answer as it should');
		expect(page).toContain('does not allow this with the credential in use');
	}, 60_000);

	it.each<[string, Record<string, string>]>([
		['no secret', {}],
		['a wrong secret', { 'x-staff-secret': 'wrong' }],
	])('answers a tool with %s by 403 and asks Altegio nothing', async (_, headers) => {
		expect((await ask('jane.example', headers)).status).toBe(403);
		expect(theHouse().world.callsTo('altegio')).toEqual([]);
	});

	it('shows staff the client on a page, with names as they are written', async () => {
		book(4, '+12025550123');
		altegio().clients.replace(
			1121412,
			{ name: '<b>Jane</b> & "Co"', phone: '+12025550123', email: 'jane.example@gmail.com' },
			false,
		);
		const page = await fill('@jane.example');
		expect(page).not.toContain('<b>Jane</b>');
		expect(page).toMatch(/&lt;b&gt;Jane&lt;\/b&gt; &amp; ("|&quot;)Co\1 \(client 1121412\)/);
		expect(page).toContain('Last visit: none');
		expect(page).toContain(`Next visit: ${noon(4).toFormat('yyyy-MM-dd HH:mm')}, Haircut, Anna Kowal`);
	});

	it('tells staff that nobody has the username', async () => {
		expect(await fill('nobody.here')).toContain('No client has this username');
	});

	it('shows the form to nobody without the password', async () => {
		const open = async (auth?: typeof AUTH) =>
			(await axios.get<string>(formUrl(), { auth, proxy: false, validateStatus: () => true })).status;
		expect(await open()).toBe(401);
		expect(await open({ ...AUTH, password: 'wrong' })).toBe(401);
		expect(await open(AUTH)).toBe(200);
	});
});
