import type { IDataObject } from 'n8n-workflow';
import { TwilioMessageApi } from '../../../credentials/TwilioMessageApi.credentials';
import { TwilioMessageTrigger } from '../../../nodes/TwilioMessage/TwilioMessageTrigger.node';
import { CREDENTIALS, TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { workflowWith } from '../../support/n8n';

const { test, authenticate } = new TwilioMessageApi();
const { workflow, node } = workflowWith(new TwilioMessageTrigger());

/** What n8n makes of the credential's expressions. */
function evaluated(data: IDataObject) {
	const $credentials = { ...CREDENTIALS, authType: 'authToken', region: 'us1', baseUrl: '', ...data };
	const value = (expression: unknown) =>
		String(
			workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', { $credentials }),
		);
	const { username, password } = authenticate.properties.auth as { username: string; password: string };
	const { baseURL, url } = test.request;
	const user = `${value(username)}:${value(password)}`;
	return { url: value(baseURL) + value(url), authorization: `Basic ${Buffer.from(user).toString('base64')}` };
}

const tried = (data: IDataObject) => {
	const { url, authorization } = evaluated(data);
	return new TwilioSimulator().handle({
		...{ method: 'GET', url: new URL(url), headers: { authorization }, text: '' },
	}).status;
};

describe("Twilio credential: the editor's test", () => {
	const account = `/2010-04-01/Accounts/${CREDENTIALS.accountSid}`;

	it.each<[IDataObject, string]>([
		[{}, `https://api.twilio.com${account}.json`],
		[{ accountSid: ` ${CREDENTIALS.accountSid} ` }, `https://api.twilio.com${account}.json`],
		[{ authType: 'apiKey' }, `https://api.twilio.com${account}/Messages.json?PageSize=1`],
		[{ region: 'ie1' }, `https://api.dublin.ie1.twilio.com${account}.json`],
		[{ region: 'au1' }, `https://api.sydney.au1.twilio.com${account}.json`],
		[{ region: 'custom', baseUrl: 'https://api.x.twilio.com/' }, `https://api.x.twilio.com${account}.json`],
		[{ region: 'custom', baseUrl: 'http://api.x.twilio.com' }, `https://api.x.twilio.com${account}.json`],
	])('of %p asks for %s', (data, url) => {
		expect(evaluated(data).url).toBe(url);
	});

	it('proves the Auth Token and the API key', () => {
		expect(tried({})).toBe(200);
		expect(tried({ authToken: 'wrong' })).toBe(401);
		expect(tried({ authType: 'apiKey', authToken: '' })).toBe(200);
		expect(tried({ authType: 'apiKey', apiKeySecret: 'wrong' })).toBe(401);
	});
});
