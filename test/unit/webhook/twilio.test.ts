import { createHash, createHmac } from 'node:crypto';
import { verify, type SignedRequest } from '../../../lib/webhook';
import { describeWithSpecs, jsonPayload, readPayload } from '../../support/specs';

interface Vectors {
	authToken: string;
	form: { url: string; params: Record<string, string>; 'X-Twilio-Signature': string };
	json: { url: string; rawBody: string; 'X-Twilio-Signature': string };
}

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const TOKEN = 's3cr3t';

const request = (url: string, signature: string | undefined, body = '', type = FORM): SignedRequest => ({
	rawBody: Buffer.from(body),
	headers: { 'x-twilio-signature': signature, 'content-type': type },
	query: new URL(url).searchParams,
	url,
});
const judge = (signed: SignedRequest, token = TOKEN) => verify({ scheme: 'twilio' }, signed, token, 0).ok;
const sign = (text: string, token = TOKEN) => createHmac('sha1', token).update(text).digest('base64');

describeWithSpecs('verify: Twilio, the vectors', () => {
	const { form, json, authToken } = jsonPayload<Vectors>('twilio', 'signature-vectors.json');
	const formBody = new URLSearchParams(form.params).toString();
	const signedForm = request(form.url, form['X-Twilio-Signature'], formBody);
	const signedJson = request(json.url, json['X-Twilio-Signature'], json.rawBody, 'application/json');

	it('takes the form and the JSON vector', () => {
		expect(judge(signedForm, authToken)).toBe(true);
		expect(judge(signedJson, authToken)).toBe(true);
	});

	it.each([
		['another token', signedForm, 's3cr3T'],
		['an empty token', signedForm, ''],
		[
			'one character changed in the form',
			{ ...signedForm, rawBody: Buffer.from(formBody.replace('Hola', 'hola')) },
			authToken,
		],
		['a field added to the form', { ...signedForm, rawBody: Buffer.from(`${formBody}&Extra=1`) }, authToken],
		['another address', { ...signedForm, url: 'https://example.com/hook?x=2' }, authToken],
		['no header', { ...signedForm, headers: { 'content-type': FORM } }, authToken],
		[
			'an empty header',
			{ ...signedForm, headers: { 'content-type': FORM, 'x-twilio-signature': '' } },
			authToken,
		],
		[
			'one byte changed in the JSON',
			{ ...signedJson, rawBody: Buffer.from(json.rawBody.replace('1.0', '1.1')) },
			authToken,
		],
		['bodySHA256 taken away', { ...signedJson, url: 'https://example.com/hook' }, authToken],
	])('refuses %s', (_, changed, token) => {
		expect(judge(changed, token)).toBe(false);
	});

	it('signs all fields of a captured WhatsApp message, unknown ones too', () => {
		const body = readPayload('twilio', 'inbound-whatsapp-button.txt').trim();
		const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
		const url = 'https://n8n.example.com/webhook/1/twilio';
		const signature = sign(url + fields.map(([name, value]) => name + value).join(''));
		expect(judge(request(url, signature, body))).toBe(true);
	});
});

describe('verify: Twilio, its variants', () => {
	const body = 'Body=hi';

	it.each([
		['without the port it came with', 'https://a.example:443/x', 'https://a.example/x'],
		['with the standard port', 'https://a.example/x?y=1', 'https://a.example:443/x?y=1'],
		['with the standard port of http', 'http://a.example/x', 'http://a.example:80/x'],
		['without another port', 'https://a.example:8443/x', 'https://a.example/x'],
		['with another port', 'https://a.example:8443/x', 'https://a.example:8443/x'],
		[
			'with the query in its old spelling',
			"https://a.example/x?q=a'b(c)&z=1+2",
			"https://a.example/x?q=a'b(c)&z=1%202",
		],
		['with both', 'https://a.example/x?q=1+2', 'https://a.example:443/x?q=1%202'],
	])('takes an address signed %s', (_, url, signedUrl) => {
		expect(judge(request(url, sign(`${signedUrl}Bodyhi`), body))).toBe(true);
	});

	it('appends repeated values once each, sorted', () => {
		const url = 'https://a.example/x';
		const signature = sign(`${url}A2B1B2`);
		expect(judge(request(url, signature, 'B=2&A=2&B=1&B=2'))).toBe(true);
	});

	it('keeps empty fields and spaces at their ends', () => {
		const url = 'https://a.example/x';
		expect(judge(request(url, sign(`${url}Body hi MediaUrl`), 'MediaUrl=&Body=+hi+'))).toBe(true);
	});

	it('takes a GET, whose address holds everything', () => {
		const url = 'https://a.example/x?Body=hi&From=%2B1';
		expect(judge(request(url, sign(url)))).toBe(true);
	});

	it('refuses a JSON body that nothing signed, under an address that is', () => {
		const url = 'https://a.example/x';
		expect(judge(request(url, sign(url), '{"a":1}', 'application/json'))).toBe(false);
	});

	it('refuses a bodySHA256 of another body', () => {
		const digest = createHash('sha256').update('{"a":1}').digest('hex');
		const url = `https://a.example/x?bodySHA256=${digest}`;
		expect(judge(request(url, sign(url), '{"a":1}', 'application/json'))).toBe(true);
		expect(judge(request(url, sign(url), '{"a":2}', 'application/json'))).toBe(false);
	});

	it('refuses where the public address is not known', () => {
		const signed = request('https://a.example/x', sign('Bodyhi'), body);
		expect(judge({ ...signed, url: '' })).toBe(false);
	});
});
