import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { AltegioApi } from '../../../credentials/AltegioApi.credentials';
import { Altegio } from '../../../nodes/Altegio/Altegio.node';
import { AltegioTrigger } from '../../../nodes/Altegio/AltegioTrigger.node';
import { additionalDataFor, credentialsHelper, workflowWith } from '../../support/n8n';
import { book, COMPANY, credential, openBench, pick, type Bench } from './bench';

let bench: Bench;

beforeEach(() => {
	bench = openBench();
});

afterEach(() => {
	bench.stop();
});

/** The editor's `this`. */
function editor(): ILoadOptionsFunctions {
	const parameters = { location: pick(COMPANY) } as unknown as INodeParameters;
	const { workflow, node } = workflowWith(new Altegio(), {
		parameters,
		credentials: { altegioApi: { id: 'altegioApi', name: 'altegioApi' } },
	});
	const additionalData = Object.assign(
		additionalDataFor([credential()], () => workflow),
		{ currentNodeParameters: parameters },
	);
	return new LoadOptionsContext(workflow, node, additionalData, '');
}

describe('lists in the editor', () => {
	const { listSearch } = new Altegio().methods;

	it.each([
		['searchLocations', undefined, [{ name: 'Nova Studio', value: '123456' }]],
		['searchLocations', 'nothing', []],
		[
			'searchServices',
			undefined,
			[
				{ name: 'Brows', value: '332' },
				{ name: 'Haircut', value: '331' },
			],
		],
		['searchServices', 'HAIR', [{ name: 'Haircut', value: '331' }]],
		['searchStaff', '556', [{ name: 'Oksana Melnyk', value: '556' }]],
		['searchClients', 'jane', [{ name: 'Jane', value: '1121412' }]],
	] as const)('%s (%p)', async (method, filter, results) => {
		expect(await listSearch[method].call(editor(), filter)).toEqual({ results });
	});

	it('has the visits of the last week', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(bench.clock.now());
		const { visitId } = book(bench, '2026-03-02 10:00:00');
		book(bench, '2026-02-01 10:00:00', { save_if_busy: true });
		expect(await listSearch.searchVisits.call(editor(), 'jane')).toEqual({
			results: [{ name: '2026-03-02 10:00:00, Jane', value: String(visitId) }],
		});
	});

	it('has locations in the trigger too', async () => {
		const { searchLocations } = new AltegioTrigger().methods.listSearch;
		expect((await searchLocations.call(editor())).results).toHaveLength(1);
	});
});

describe('a location given by its address', () => {
	it.each([
		['https://app.alteg.io/timetable/123456', true],
		['https://yclients.com/timetable/123456/?date=x', true],
		['https://www.yclients.com/settings/menu/123456', true],
		['https://evil.example.com/timetable/123456', false],
	])('%s', async (url, accepted) => {
		const { error } = await bench.run('staff', 'getMany', {
			location: { __rl: true, mode: 'url', value: url },
		});
		expect(error === undefined).toBe(accepted);
		expect(bench.asked()).toEqual(accepted ? [`GET /company/${COMPANY}/staff`] : []);
	});
});

describe('the credential', () => {
	const type = new AltegioApi();

	it('puts both tokens into one header', async () => {
		const helper = credentialsHelper([credential()], () => workflowWith(new Altegio()).workflow);
		const signed = await helper.authenticate(credential().data, 'altegioApi', { url: 'x' });
		expect(signed.headers).toEqual({
			Authorization: 'Bearer sandbox-altegio-partner, User sandbox-altegio-user',
			Accept: 'application/vnd.api.v2+json',
		});
	});

	it("is tested by the user's own locations, and fails on success: false", () => {
		expect(type.test.request).toMatchObject({ url: '/api/v1/companies', qs: { my: 1 } });
		expect(type.test.rules).toMatchObject([
			{ type: 'responseSuccessBody', properties: { key: 'success', value: false } },
		]);
	});

	it('hides every secret', () => {
		const secrets = type.properties.filter(({ name }) => /token|secret/i.test(name));
		expect(secrets.map(({ typeOptions }) => typeOptions?.password)).toEqual([true, true, true]);
	});
});
