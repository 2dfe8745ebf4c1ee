import { InstagramDirectApi } from '../../../credentials/InstagramDirectApi.credentials';
import { API_VERSION } from '../../../nodes/InstagramDirect/connection';
import { ACCOUNT, CREDENTIALS, InstagramSimulator } from '../../../sandbox/simulators/instagram';

const type = new InstagramDirectApi();

describe('Instagram Direct API credential', () => {
	it('sends the token as a header', () => {
		expect(type.authenticate.properties).toEqual({
			headers: { Authorization: '=Bearer {{ $credentials.accessToken }}' },
		});
	});

	it('asks whose the token is, in the version of the node', () => {
		const { baseURL, url = '', qs = {} } = type.test.request;
		expect(url).toContain(`|| "${API_VERSION}"`);
		expect(type.properties.at(-1)?.description).toContain(API_VERSION);
		const address = new URL(
			`${baseURL}/${API_VERSION}/me?${new URLSearchParams(qs as Record<string, string>)}`,
		);
		const ask = (token: string) =>
			new InstagramSimulator().handle({
				method: 'GET',
				url: address,
				headers: { authorization: `Bearer ${token}` },
				text: '',
			});
		expect(ask(CREDENTIALS.accessToken)).toMatchObject({ status: 200, body: { user_id: ACCOUNT.id } });
		expect(ask('wrong')).toMatchObject({ status: 400, body: { error: { code: 190 } } });
	});
});
