import { isSecretField, path } from '../../../lib/http';
import { secretsIn, withoutSecrets } from '../../../lib/http/secrets';
import { bench, failureOf, SECRET } from './bench';

const shownOf = async (body: unknown, status = 422) => {
	const error = await failureOf(bench([{ status, body }]).http.get(path`/things`));
	return JSON.stringify([error.message, error.description, error.messages, error.reason, { ...error }]);
};

describe('a secret that a provider quotes', () => {
	it.each<[string, string]>([
		['as it is', SECRET],
		['as base64', Buffer.from(SECRET).toString('base64')],
		['as Basic authentication', Buffer.from(`acme:${SECRET}`).toString('base64')],
	])('is blotted out %s', async (_, spelling) => {
		for (const status of [401, 422, 403]) {
			const shown = await shownOf({ message: `No key ${spelling} here`, [spelling]: [spelling] }, status);
			expect(shown).not.toContain(spelling);
			expect(shown).toContain('No key *** here');
		}
	});

	it('leaves no beginning where the words are cut', async () => {
		const shown = await shownOf({ message: `${'x'.repeat(495)}${SECRET}` });
		expect(shown).not.toContain(SECRET.slice(0, 4));
	});

	it('is blotted out of words that only the api reads', async () => {
		const { http } = bench([]);
		await http.get('/things');
		expect(http.error({ message: 'Taken', said: `by ${SECRET}` }).description).toContain('by ***');
	});

	it('leaves good answers as they are', async () => {
		const { http } = bench([{ status: 200, body: { token: SECRET } }]);
		expect(await http.get('/things')).toEqual({ token: SECRET });
	});
});

describe('the secrets of a credential', () => {
	it('are told by their names, those of OAuth2 too', () => {
		const data = {
			accountSid: 'AC0123456789',
			baseUrl: 'https://example.com',
			oauthTokenData: { access_token: 'opaque access', token_type: 'Bearer', expires_in: 3600 },
			apiKey: 'short',
		};
		const found = secretsIn(data as never);
		expect(found).toEqual(expect.arrayContaining(['opaque access', 'opaque%20access']));
		for (const plain of ['AC0123456789', 'https://example.com', 'Bearer', 'short']) {
			expect(found).not.toContain(plain);
		}
		expect(['apiKeySid', 'headerName', 'token_type', 'accessTokenUrl'].filter(isSecretField)).toEqual([]);
	});

	it('are replaced longest first, so that none leaves its end behind', () => {
		const secrets = secretsIn({ token: 'abcdefgh', apiKey: 'abcdefghijkl' });
		expect(withoutSecrets(['abcdefghijkl', 'abcdefgh', 7, null], secrets)).toEqual(['***', '***', 7, null]);
	});

	it('leave bytes alone', () => {
		const bytes = Buffer.from('abc');
		expect(withoutSecrets({ bytes }, ['abc']).bytes).toBe(bytes);
	});
});
