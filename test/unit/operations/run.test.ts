import { NodeConnectionTypes, type IDataObject, type INodeProperties, type INodeType } from 'n8n-workflow';
import { requestOptions } from '../../../lib/http';
import { batchOperation, operation, propertiesOf, resource, runOperations } from '../../../lib/operations';
import { runNode } from '../../support/n8n';

const word: INodeProperties = { displayName: 'Word', name: 'word', type: 'string', default: '' };

interface Api {
	call(word: string): Promise<IDataObject>;
}

const echo = operation<Api>({
	name: 'Echo',
	value: 'echo',
	action: 'Echo word',
	description: 'Gives the word back',
	fields: [word],
	run: async ({ api, input }) => await api.call(input.text('word')),
});

const echoTwice = operation<Api>({
	...echo,
	value: 'echoTwice',
	run: async ({ api, input }) => [await api.call(input.text('word')), { second: true }],
});

const echoAll = (sent: string[][]) =>
	batchOperation<Api, string>({
		name: 'Echo All',
		value: 'echoAll',
		action: 'Echo all words',
		description: 'Gives all words back',
		fields: [word],
		batchSize: () => 2,
		prepare: ({ input }) => input.text('word'),
		runBatch: async (_, words) => {
			sent.push(words);
			return words.map((one) => (one === 'bad' ? new Error('bad word') : { word: one }));
		},
	});

const nodeWith = (
	api: Api,
	sent: string[][] = [],
	connect: () => Api | Promise<Api> = () => api,
): INodeType => {
	const resources = [
		resource<Api>({ name: 'Word', value: 'word', operations: [echo, echoTwice, echoAll(sent)] }),
	];
	return {
		description: {
			displayName: 'Words',
			name: 'words',
			group: ['transform'],
			version: 1,
			description: 'Echoes words',
			defaults: { name: 'Words' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [...propertiesOf(resources), requestOptions],
		},
		async execute() {
			return await runOperations(this, resources, connect);
		},
	};
};

const parameters = (operationValue: string, more: IDataObject = {}) => ({
	resource: 'word',
	operation: operationValue,
	word: '={{ $json.word }}',
	...more,
});

const words = (...list: string[]) => list.map((one) => ({ word: one }));

/** An api that answers later the earlier it was asked, and counts what runs at once. */
const slowApi = () => {
	const state = { running: 0, most: 0, started: [] as string[] };
	const api: Api = {
		call: async (one) => {
			state.started.push(one);
			state.most = Math.max(state.most, ++state.running);
			await new Promise((resolve) => setTimeout(resolve, 20 - state.started.length));
			state.running--;
			if (one === 'bad') throw new Error('bad word');
			return { word: one };
		},
	};
	return { api, state };
};

describe('runOperations', () => {
	it('keeps the order and links every item, five at a time by default', async () => {
		const { api, state } = slowApi();
		const list = Array.from({ length: 12 }, (_, index) => `w${index}`);
		const { outputs } = await runNode(nodeWith(api), {
			parameters: parameters('echo'),
			items: words(...list),
		});
		expect(outputs[0]?.map(({ json }) => json.word)).toEqual(list);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(list.map((_, item) => ({ item })));
		expect(state.most).toBe(5);
	});

	it('runs strictly one after another when Max Parallel Requests is 1', async () => {
		const { api, state } = slowApi();
		await runNode(nodeWith(api), {
			parameters: parameters('echo', { requestOptions: { maxParallelRequests: 1 } }),
			items: words('a', 'b', 'c'),
		});
		expect(state).toMatchObject({ most: 1, started: ['a', 'b', 'c'] });
	});

	it('links several output items to the one item they come from', async () => {
		const { api } = slowApi();
		const { outputs } = await runNode(nodeWith(api), {
			parameters: parameters('echoTwice'),
			items: words('a', 'b'),
		});
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 1, 1].map((item) => ({ item })));
	});

	it('ends the run at the lowest failing item and starts nothing more', async () => {
		const { api, state } = slowApi();
		const { error } = await runNode(nodeWith(api), {
			parameters: parameters('echo', { requestOptions: { maxParallelRequests: 1 } }),
			items: words('a', 'bad', 'c'),
		});
		expect(error?.message).toBe('bad word');
		expect(error?.context?.itemIndex).toBe(1);
		expect(state.started).toEqual(['a', 'bad']);
	});

	it('gives an error item in place, linked, with Continue On Fail', async () => {
		const { api } = slowApi();
		const { outputs, error } = await runNode(nodeWith(api), {
			parameters: parameters('echo'),
			items: words('a', '', 'c'),
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			{
				json: {
					error: '"Word" is empty [Item 1]',
					message: 'Fill the field in, or map it from the item that comes in.',
				},
				pairedItem: { item: 1 },
			},
			{ json: { word: 'c' }, pairedItem: { item: 2 } },
		]);
	});

	it.each([
		[true, '"Word" is empty [Item 0]\n\nDetails: Fill the field in, or map it from the item that comes in.'],
		[false, '"Word" is empty [Item 0]'],
	])('says in the message how to fix it where a model reads it: %s', async (asTool, message) => {
		const { error } = await runNode(nodeWith(slowApi().api), {
			parameters: parameters('echo'),
			items: words(''),
			asTool,
		});
		expect(error?.message).toBe(message);
		expect(error?.description).toBe('Fill the field in, or map it from the item that comes in.');
	});

	it('leaves a message as it is where there is no more to say to a model', async () => {
		const { error } = await runNode(nodeWith(slowApi().api), {
			parameters: parameters('echo'),
			items: words('bad'),
			asTool: true,
		});
		expect(error?.message).toBe('bad word');
	});

	it('sends failed items, with what they brought, to the error output', async () => {
		const { api } = slowApi();
		const { outputs } = await runNode(nodeWith(api), {
			parameters: parameters('echo'),
			items: words('a', 'bad'),
			onError: 'continueErrorOutput',
		});
		expect(outputs[0]?.map(({ json }) => json)).toEqual([{ word: 'a' }]);
		expect(outputs[1]).toEqual([{ json: { word: 'bad', error: 'bad word' }, pairedItem: { item: 1 } }]);
	});

	it('sends many items in one call and answers for each', async () => {
		const sent: string[][] = [];
		const { outputs } = await runNode(nodeWith(slowApi().api, sent), {
			parameters: parameters('echoAll'),
			items: words('a', 'bad', '', 'd', 'e'),
			onError: 'continueErrorOutput',
		});
		expect(sent).toEqual([
			['a', 'bad'],
			['d', 'e'],
		]);
		expect(outputs[0]?.map(({ json, pairedItem }) => ({ json, pairedItem }))).toEqual([
			{ json: { word: 'a' }, pairedItem: { item: 0 } },
			{ json: { word: 'd' }, pairedItem: { item: 3 } },
			{ json: { word: 'e' }, pairedItem: { item: 4 } },
		]);
		expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	it('tells each item, linked, that nothing was sent where n8n cannot read the credential', async () => {
		const { api, state } = slowApi();
		const unread = nodeWith(api, [], async () => {
			throw new Error('timeout exceeded when trying to connect');
		});
		const requestOptions = { errorDetails: true };
		const failed = { error: 'timeout exceeded when trying to connect', details: { outcome: 'temporary' } };
		const options = { parameters: parameters('echo', { requestOptions }), items: words('a', 'b') };
		const { outputs } = await runNode(unread, { ...options, onError: 'continueErrorOutput' });
		expect(outputs[0]).toEqual([]);
		expect(outputs[1]?.map(({ json, pairedItem }) => ({ json, pairedItem }))).toMatchObject([
			{ json: failed, pairedItem: { item: 0 } },
			{ json: failed, pairedItem: { item: 1 } },
		]);
		const { error } = await runNode(unread, options);
		expect(error?.message).toBe(failed.error);
		expect(state.started).toEqual([]);
	});

	it('starts no call after the execution was cancelled', async () => {
		const { api, state } = slowApi();
		const controller = new AbortController();
		const running = runNode(nodeWith(api), {
			parameters: parameters('echo', { requestOptions: { maxParallelRequests: 1 } }),
			items: words('a', 'b', 'c', 'd'),
			signal: controller.signal,
		});
		await new Promise((resolve) => setTimeout(resolve, 25));
		controller.abort();
		await running;
		const started = state.started.length;
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect(started).toBeLessThan(4);
		expect(state.started.length).toBe(started);
	});
});
