import { LoadOptionsContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';
import { Booksy } from '../../../nodes/Booksy/Booksy.node';
import type { SimResponse } from '../../../sandbox/simulators/kit';
import { describeWithSpecs, jsonPayload } from '../../support/specs';
import { additionalDataFor, workflowWith } from '../../support/n8n';
import { ANNA, booked, booksyBench, credential, PIOTR, run, type Bench, type Way } from './bench';

interface Call {
	method?: string;
	body?: unknown;
	form?: Record<string, string>;
	headers?: Record<string, string>;
}

describe('Booksy, simulated', () => {
	let bench: Bench;
	let access: string;
	beforeEach(() => {
		bench = booksyBench();
		access = bench.simulator.tokens.issue().access;
	});
	afterEach(() => bench.stop());

	const ask = async (url: string, { method = 'GET', body, form, headers }: Call = {}): Promise<SimResponse> =>
		await bench.simulator.handle({
			method,
			url: new URL(url),
			headers: { accept: 'application/json; version=0.3', authorization: `Bearer ${access}`, ...headers },
			text: form ? new URLSearchParams(form).toString() : JSON.stringify(body ?? {}),
		});
	const api = 'https://pl.booksy.com/public-api/pl';

	it('leads from api.booksy.com, and from anything but the API, to the marketplace', async () => {
		const away = { status: 301, headers: { location: 'https://booksy.com/' } };
		expect(await ask('https://api.booksy.com/api/v1/availability')).toMatchObject(away);
		expect(await ask('https://pl.booksy.com/core/v2/customer_api/me')).toMatchObject(away);
		expect(await ask('https://pl.booksy.com/public-api/us/business/')).toMatchObject(away);
		expect(await ask('https://booksy.com/')).toMatchObject({
			status: 200,
			headers: { 'content-type': /html/ },
		});
	});

	it('refuses what Booksy refuses', async () => {
		const refusals: Array<[number, string, Call?]> = [
			[401, 'business/', { headers: { authorization: '' } }],
			[401, 'business/', { headers: { authorization: 'Bearer old' } }],
			[405, 'token/'],
			[401, 'token/', { method: 'POST', form: { partner_name: 'frontdesk', token: 'a.b.c' } }],
			[401, 'refresh/', { method: 'POST', form: { refresh: 'none' } }],
			[406, 'business/', { headers: { accept: 'text/html' } }],
			[403, 'business/223/'],
			[404, 'schema/'],
			[404, 'business/123/appointment/1/'],
			[404, 'business/123/nothing/'],
			[405, 'business/123/appointment/', { method: 'DELETE' }],
			[400, 'business/123/appointment/', { method: 'POST' }],
		];
		for (const [status, path, call] of refusals) {
			expect([path, (await ask(`${api}/${path}`, call)).status]).toEqual([path, status]);
		}
	});

	it('ends access tokens after five minutes, and renews them for three days', async () => {
		const { refresh } = bench.simulator.tokens.issue();
		bench.pass(5 * 60_000);
		expect((await ask(`${api}/business/`)).status).toBe(401);
		const renewed = await ask(`${api}/refresh/`, { method: 'POST', form: { refresh } });
		access = (renewed.body as { access: string }).access;
		expect((await ask(`${api}/business/`)).status).toBe(200);
		bench.pass(3 * 24 * 3600_000);
		expect((await ask(`${api}/refresh/`, { method: 'POST', form: { refresh } })).status).toBe(401);
	});

	it('gives ten tokens and two hundred answers a minute', async () => {
		const statuses = async (count: number, path: string) => {
			const answers = [];
			for (let index = 0; index < count; index++) answers.push((await ask(`${api}/${path}`)).status);
			return answers;
		};
		expect((await statuses(201, 'business/')).filter((status) => status === 429)).toHaveLength(1);
		expect((await statuses(11, 'token/')).filter((status) => status === 429)).toHaveLength(1);
		expect(await ask(`${api}/business/`)).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
		bench.pass(60_000);
		expect((await ask(`${api}/business/`)).status).toBe(200);
	});

	it('books over others when forced, and whoever is free for -1', async () => {
		const book = async (staffer_id: number, force = false) =>
			await ask(`${api}/business/123/appointment/`, {
				method: 'POST',
				body: {
					force,
					subbookings: [{ booked_from: '2026-06-02T10:00', service_variant_id: 782, staffer_id }],
				},
			});
		const staffer = ({ body }: SimResponse) =>
			(body as { subbookings: Array<{ staffer_id: number }> }).subbookings[0]?.staffer_id;
		expect(staffer(await book(-1))).toBe(456);
		expect(staffer(await book(-1))).toBe(457);
		expect((await book(-1)).status).toBe(409);
		expect((await book(456)).body).toMatchObject({
			description: 'The specified resource is not available in this time.',
		});
		expect((await book(456, true)).status).toBe(201);
	});

	it('forgets on reset', async () => {
		await bench.book(ANNA);
		expect(bench.simulator.state()[0]?.appointments).toHaveLength(1);
		bench.simulator.reset();
		expect(bench.simulator.state()[0]?.appointments).toHaveLength(0);
	});
});

describeWithSpecs('the webhooks of Booksy, simulated', () => {
	it('tell of a new, a changed and a cancelled appointment, unsigned, in the documented envelope', async () => {
		const sent: Array<{ url: string; headers: object; body: string }> = [];
		const bench = booksyBench({
			webhookUrl: 'https://n8n.example.com/webhook/booksy',
			send: (url, { headers, body }) => void sent.push({ url, headers, body }),
		});
		const id = await booked('partner');
		await run('appointment.reschedule', { appointmentId: id, newStart: '2026-06-03T12:00:00' });
		await run('appointment.cancel', { appointmentId: id });
		bench.stop();
		const bodies = sent.map(({ body }) => JSON.parse(body) as { action: string; appointment: object });
		expect(bodies.map(({ action }) => action)).toEqual(['CREATED', 'MODIFIED', 'CANCELLED']);
		expect(sent[0]).toMatchObject({
			url: 'https://n8n.example.com/webhook/booksy',
			headers: { 'content-type': 'application/json' },
		});
		const documented = jsonPayload<{ appointment: object }>('booksy', 'public-api.webhook.json');
		expect(Object.keys(bodies[0]!).sort()).toEqual(Object.keys(documented).sort());
		expect(Object.keys(bodies[0]!.appointment).sort()).toEqual(Object.keys(documented.appointment).sort());
	});
});

describe.each(['partner', 'apiKey'] as Way[])("the editor's lists, %s", (way) => {
	let bench: Bench;
	beforeEach(() => (bench = booksyBench()));
	afterEach(() => bench.stop());

	const type = new Booksy();
	function editor(parameters: INodeParameters = {}) {
		const credentials = [credential(way)];
		const { workflow, node } = workflowWith(type, {
			parameters,
			credentials: { booksyApi: { id: 'booksyApi', name: 'booksyApi' } },
		});
		const additionalData = additionalDataFor(credentials, () => workflow);
		additionalData.currentNodeParameters = parameters;
		return new LoadOptionsContext(workflow, node, additionalData, 'parameters.service');
	}

	it('show services with their length, by name or ID', async () => {
		const { searchServices } = type.methods.listSearch;
		expect((await searchServices.call(editor())).results).toEqual([
			{ name: 'Colouring (120 min)', value: '791' },
			{ name: 'Haircut, Long hair (60 min)', value: '782' },
			{ name: 'Haircut, Short hair (45 min)', value: '781' },
		]);
		expect((await searchServices.call(editor(), 'LONG')).results).toHaveLength(1);
		expect((await searchServices.call(editor(), '791')).results).toHaveLength(1);
	});

	it('show staff', async () => {
		const { searchStaff } = type.methods.listSearch;
		expect((await searchStaff.call(editor({ timeZone: 'Europe/Kyiv' }))).results).toEqual([
			{ name: 'Anna', value: ANNA },
			{ name: 'Piotr', value: PIOTR },
		]);
	});

	it('are of the business that the node names', async () => {
		const list = type.methods.listSearch.searchStaff.call(editor({ options: { businessId: '999' } }));
		if (way === 'partner') await expect(list).rejects.toThrow('does not allow this');
		else expect((await list).results).toHaveLength(2);
	});
});
