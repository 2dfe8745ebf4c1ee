import nock from 'nock';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { credentials } from '../house/registry';
import { testCredential } from '../support/credentialTest';

const OWN = 'own.example';
const ELSEWHERE = 'elsewhere.example';

/** What an operator types who runs the provider at an address of her own, by credential. */
const AT_HOME: Record<string, ICredentialDataDecryptedObject> = {
	booksyApi: { way: 'apiKey', baseUrl: `https://${OWN}` },
	calComApi: { region: 'selfHosted', baseUrl: `https://${OWN}` },
	chatwootAccountApi: { installation: 'selfHosted', baseUrl: `https://${OWN}` },
	twilioMessageApi: { region: 'custom', baseUrl: `https://${OWN}` },
};

const withAddress = credentials.filter(({ type }) =>
	type.properties.some(({ name, type: kind }) => /baseUrl$/i.test(name) && kind === 'string'),
);

it('knows every credential whose address is typed', () => {
	expect(withAddress.map(({ type }) => type.name).sort()).toEqual(Object.keys(AT_HOME).sort());
});

describe.each(withAddress)('the test of $name', ({ type }) => {
	afterEach(() => {
		nock.cleanAll();
		nock.enableNetConnect();
		nock.restore();
	});

	it('goes to no other host, so that no secret does', async () => {
		const reached: string[] = [];
		if (!nock.isActive()) nock.activate();
		nock.disableNetConnect();
		for (const host of [OWN, ELSEWHERE]) {
			nock(`https://${host}`)
				.persist()
				.get(() => true)
				.reply(() => {
					reached.push(host);
					return [302, '', { location: `https://${ELSEWHERE}/` }];
				});
		}
		const typed = type.properties.map(({ name, default: value, typeOptions }) => [
			name,
			typeOptions?.password ? 'a secret of the test' : value,
		]);
		const data = { ...(Object.fromEntries(typed) as object), ...AT_HOME[type.name] };
		await testCredential({ type, data: data as ICredentialDataDecryptedObject });
		expect(reached).toEqual([OWN]);
	});
});
