import { mondayError, MondaySimulator } from '../../../sandbox/simulators/monday';
import { credential } from '../../unit/monday/bench';

describe('monday.com Leads API credential', () => {
	const { type } = credential();
	const { request, rules = [] } = type.test;

	it('sends the token as it is', () => {
		expect(type.authenticate.properties).toEqual({ headers: { Authorization: '={{$credentials.token}}' } });
	});

	it('asks who the user is', async () => {
		const { body } = await new MondaySimulator().handle({
			method: request.method ?? '',
			url: new URL(`${request.baseURL}${request.url}`),
			headers: { authorization: 'sandbox-monday-token' },
			text: JSON.stringify(request.body),
		});
		expect(body).toMatchObject({ data: { me: { id: '4012689' } } });
	});

	it.each([
		['a user', { data: { me: { id: '1' } } }, true],
		['HTTP 200 with errors', mondayError('USER_ACCESS_DENIED', 'no').body, false],
		['a user that is null', { data: { me: null } }, false],
	])('takes %s for what it is', (_, body, accepted) => {
		const [rule] = rules;
		const key = (rule?.properties as { key: string }).key;
		// n8n compares the value at the key with ===, and an equal one is a failed test.
		const found = key
			.split('.')
			.reduce<unknown>((value, name) => (value as Record<string, unknown> | null)?.[name], body);
		expect(found !== (rule?.properties as { value: unknown }).value).toBe(accepted);
	});
});
