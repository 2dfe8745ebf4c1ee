import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { LoadOptionsContext } from 'n8n-core';
import { TwilioMessage } from '../../../nodes/TwilioMessage/TwilioMessage.node';
import { additionalDataFor, workflowWith } from '../../support/n8n';
import {
	credential,
	NOBODY,
	office,
	scheduled,
	sending,
	sent,
	SERVICE,
	TEMPLATE,
	type Office,
} from './bench';

let at: Office;

beforeEach(() => (at = office()));
afterEach(() => at.stop());

/** An operation over two items; `bad` makes one fail. */
const cases: Array<{
	name: string;
	prepare(at: Office): Promise<{ parameters: IDataObject; good: IDataObject[]; bad: IDataObject }>;
}> = [
	{
		name: 'Send',
		prepare: async () => ({
			parameters: sending({ to: '={{ $json.to }}' }),
			good: [{ to: '+48600700800' }, { to: '+48600700801' }],
			bad: { to: '+15005550004' },
		}),
	},
	{
		name: 'Get',
		prepare: async (to) => ({
			parameters: { operation: 'get', messageSid: '={{ $json.sid }}' },
			good: [{ sid: await sent(to) }, { sid: await sent(to, { body: 'two' }) }],
			bad: { sid: NOBODY },
		}),
	},
	{
		name: 'Get Many',
		prepare: async (to) => {
			await sent(to);
			return {
				parameters: { operation: 'getMany', limit: 1, filters: { to: '={{ $json.to }}' } },
				good: [{ to: '+48600700800' }, { to: '+48600700800' }],
				bad: { to: '12' },
			};
		},
	},
	{
		name: 'Cancel Scheduled',
		prepare: async (to) => ({
			parameters: { operation: 'cancel', messageSid: '={{ $json.sid }}' },
			good: [{ sid: await scheduled(to) }, { sid: await scheduled(to) }],
			bad: { sid: NOBODY },
		}),
	},
	{
		name: 'Reply',
		prepare: async () => ({
			parameters: { operation: 'reply', text: '={{ $json.text }}' },
			good: [{ text: 'one' }, { text: 'two' }],
			bad: { text: '' },
		}),
	},
];

describe.each(cases)('Message: $name', ({ prepare }) => {
	it('links every output item to the item it comes from', async () => {
		const { parameters, good } = await prepare(at);
		const { outputs, error } = await at.run(parameters, { items: good });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('gives a failed item in its place, linked, with what happened and how to fix it', async () => {
		const { parameters, good, bad } = await prepare(at);
		const items = [bad, good[1] ?? {}];
		const { outputs } = await at.run(parameters, { items, onError: 'continueRegularOutput' });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(outputs[0]?.[0]?.json).toEqual({ error: expect.any(String), message: expect.any(String) });
		expect(outputs[0]?.[1]?.json).not.toHaveProperty('error');
	});
});

describe("the editor's lists", () => {
	const search = async (
		method: keyof TwilioMessage['methods']['listSearch'],
		filter?: string,
		page?: string,
	): Promise<INodeListSearchResult> => {
		const type = new TwilioMessage();
		const { workflow, node } = workflowWith(type, {
			credentials: { twilioMessageApi: { id: 'twilioMessageApi', name: 'twilioMessageApi' } },
		});
		const additional = additionalDataFor([credential()], () => workflow);
		const context = new LoadOptionsContext(workflow, node, additional, '') as ILoadOptionsFunctions;
		return await type.methods.listSearch[method].call(context, filter, page);
	};

	it('show Messaging Services', async () => {
		expect((await search('searchServices')).results).toEqual([{ name: 'Service 1111', value: SERVICE }]);
		expect(at.world.callsTo('twilio')[0]?.request.url).toBe(
			'https://messaging.twilio.com/v1/Services?PageSize=100',
		);
	});

	it('show templates, by name and by SID', async () => {
		const expected = [{ name: 'reminder (en)', value: TEMPLATE }];
		expect((await search('searchTemplates', 'REMIND')).results).toEqual(expected);
		expect((await search('searchTemplates', TEMPLATE)).results).toEqual(expected);
		expect((await search('searchTemplates', 'else')).results).toEqual([]);
		expect(at.world.callsTo('twilio')[0]?.request.url).toBe(
			'https://content.twilio.com/v1/Content?PageSize=100',
		);
	});

	it('go on page by page', async () => {
		at.stop();
		const sids = Array.from({ length: 101 }, (_, index) => `MG${String(index).padStart(32, '0')}`);
		at = office({ messagingServices: Object.fromEntries(sids.map((sid) => [sid, []])) });
		const first = await search('searchServices');
		expect(first.results).toHaveLength(100);
		const second = await search('searchServices', undefined, first.paginationToken as string);
		expect(second).toEqual({ results: [{ name: expect.any(String), value: sids[100] }] });
	});
});
