import { NodeOperationError, type INode } from 'n8n-workflow';
import { CredentialReader } from '../../../lib/webhook/credential';

const TYPE = 'doorbellApi';

const nodeWith = (credentialId: string) =>
	({
		id: 'node',
		name: 'Doorbell',
		credentials: { [TYPE]: { id: credentialId, name: TYPE } },
	}) as unknown as INode;

function doorbell() {
	let now = 0;
	let secret = 'first';
	const said: string[] = [];
	const getCredentials = jest.fn(async () => await Promise.resolve({ secret }));
	const reader = new CredentialReader({ now: () => now });
	const context = (credentialId: string, flow: string) => ({
		getCredentials: getCredentials as never,
		getNode: () => nodeWith(credentialId),
		getWorkflow: () => ({ id: flow, active: true }),
		logger: { warn: (text: string) => void said.push(text) } as never,
	});
	return {
		getCredentials,
		said,
		read: async (credentialId = 'credential', flow = 'flow') =>
			await reader.read(context(credentialId, flow), TYPE),
		replace: (by: string) => (secret = by),
		pass: (milliseconds: number) => (now += milliseconds),
	};
}

describe('CredentialReader', () => {
	it('reads once for the calls of a second, also where they come together', async () => {
		const { read, getCredentials, pass } = doorbell();
		await Promise.all([read(), read()]);
		pass(999);
		expect(await read()).toEqual({ secret: 'first' });
		expect(getCredentials).toHaveBeenCalledTimes(1);
	});

	it('knows a replaced secret a second later', async () => {
		const { read, replace, pass } = doorbell();
		await read();
		replace('second');
		pass(1000);
		expect(await read()).toEqual({ secret: 'second' });
	});

	it("gives no flow another's, and knows at once that another credential was chosen", async () => {
		const { read, replace } = doorbell();
		await read();
		replace('second');
		expect(await read('another')).toEqual({ secret: 'second' });
		expect(await read('credential', 'another flow')).toEqual({ secret: 'second' });
	});

	it('gives an empty one where the node has none, and tells the log', async () => {
		const { read, getCredentials, said } = doorbell();
		getCredentials.mockRejectedValueOnce(new NodeOperationError(nodeWith(''), 'Credentials not found'));
		expect(await read()).toEqual({});
		expect(said).toEqual(['Doorbell has no credential: Credentials not found']);
	});

	it('throws what passes by itself, to all who wait for it, and reads anew for the next', async () => {
		const { read, getCredentials } = doorbell();
		getCredentials.mockRejectedValueOnce(new Error('the database is starting up'));
		const together = await Promise.allSettled([read(), read()]);
		expect(together).toEqual(
			Array(2).fill({ status: 'rejected', reason: new Error('the database is starting up') }),
		);
		expect(await read()).toEqual({ secret: 'first' });
	});
});
