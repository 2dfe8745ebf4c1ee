import { CREDENTIALS } from '../../../sandbox/simulators/instagram';
import type { WebhookCall } from '../../support/webhook';
import { ANNA, call, credential, deliver, signatureOf, signed, subscribed, told } from './bench';

const refused = { status: 401, body: { message: 'Unauthorized' }, items: undefined };
const outcome = async (answer: ReturnType<typeof call>) => {
	const { status, body, items } = await answer;
	return { status, body, items };
};

const HEADER = 'x-hub-signature-256';

describe('Instagram Direct Trigger: the signature', () => {
	const delivery = () => told(subscribed().write(ANNA, 'Cześć 🙂'));

	it('is the one OpenSSL makes by the documented recipe', async () => {
		const body = String.raw`{"object":"instagram","entry":[{"id":"17841400000000001","time":1780308000000,"messaging":[{"sender":{"id":"17841400000000123"},"recipient":{"id":"17841400000000001"},"timestamp":1780308000000,"message":{"mid":"openssl-1","text":"Cze\u015b\u0107"}}]}]}`;
		const signature = '031f95041916c1dafcf3be21cf3a7831c4827aa85868ee478ae79cb4a2387313';
		const headers = { 'content-type': 'application/json', [HEADER]: `sha256=${signature}` };
		const { items } = await call({ headers, rawBody: body });
		expect(items?.[0]?.json).toMatchObject({ message: { text: 'Cześć' } });
	});

	it('lets every single-byte change of the body fail', async () => {
		const { headers, body } = delivery();
		const bytes = Buffer.from(body);
		for (let index = 0; index < bytes.length; index++) {
			const changed = Buffer.from(bytes);
			changed.writeUInt8(changed.readUInt8(index) ^ 0x01, index);
			expect(await outcome(call({ headers, rawBody: changed }))).toEqual(refused);
		}
		expect(await outcome(call({ headers, rawBody: `${body} ` }))).toEqual(refused);
		expect(await outcome(call({ headers, rawBody: bytes.subarray(1) }))).toEqual(refused);
		expect((await call({ headers, rawBody: bytes })).items).toHaveLength(1);
	});

	it('lets every single-character change of the header fail', async () => {
		const { headers, body } = delivery();
		const value = headers[HEADER] ?? '';
		for (let index = 0; index < value.length; index++) {
			const other = value[index] === '0' ? '1' : '0';
			const changed = value.slice(0, index) + other + value.slice(index + 1);
			expect(await outcome(call({ headers: { ...headers, [HEADER]: changed }, rawBody: body }))).toEqual(
				refused,
			);
			const shorter = value.slice(0, index) + value.slice(index + 1);
			expect(await outcome(call({ headers: { ...headers, [HEADER]: shorter }, rawBody: body }))).toEqual(
				refused,
			);
		}
		expect((await deliver({ headers, body })).items).toHaveLength(1);
	});

	it.each<[string, Record<string, string>]>([
		['no header', {}],
		['an empty header', { [HEADER]: '' }],
		['the prefix alone', { [HEADER]: 'sha256=' }],
		['the old SHA-1 header', { 'x-hub-signature': 'sha1=00' }],
	])('refuses %s', async (_, headers) => {
		expect(await outcome(call({ headers, rawBody: delivery().body }))).toEqual(refused);
	});

	it('refuses a signature without its prefix, and one over the parsed body written anew', async () => {
		const { headers, body } = delivery();
		const bare = (headers[HEADER] ?? '').slice('sha256='.length);
		expect(await outcome(call({ headers: { [HEADER]: bare }, rawBody: body }))).toEqual(refused);
		const rewritten = signatureOf(JSON.stringify(JSON.parse(body)));
		expect(await outcome(call({ headers: { [HEADER]: rewritten }, rawBody: body }))).toEqual(refused);
	});

	it('takes either of the two secrets, and no third', async () => {
		const secrets = [CREDENTIALS.appSecret, CREDENTIALS.instagramAppSecret];
		for (const secret of secrets) {
			const { body } = delivery();
			expect((await deliver(signed(body, secret))).items).toHaveLength(1);
		}
		const { body } = delivery();
		expect(await outcome(deliver(signed(body, 'another secret')))).toEqual(refused);
		const second = told(subscribed({ signsWithInstagramSecret: true }).write(ANNA, 'Hi'));
		const one = { credentials: [credential({ appSecret: '' })] };
		expect((await deliver(second, one)).items).toHaveLength(1);
	});

	it.each<[string, WebhookCall]>([
		['blank secrets', { credentials: [credential({ appSecret: ' ', instagramAppSecret: '' })] }],
		['no credential', { credentials: [] }],
	])('refuses everything with %s', async (_, more) => {
		const { headers, body } = delivery();
		expect(await outcome(deliver({ headers, body }, more))).toEqual(refused);
		expect(await outcome(deliver(signed(body, ' '), more))).toEqual(refused);
	});
});

describe('Instagram Direct Trigger: the handshake', () => {
	const shake = (query: Record<string, string>, more: WebhookCall = {}) =>
		call({ method: 'GET', query, ...more });
	const asked = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444' };

	it('gives the challenge back as text, and starts nothing', async () => {
		const query = subscribed().webhooks.handshake('42').toString();
		expect(await call({ method: 'GET', query })).toMatchObject({
			status: 200,
			body: '42',
			headers: { 'content-type': 'text/plain' },
		});
		expect((await call({ method: 'GET', query })).items).toBeUndefined();
	});

	it('refuses every other token, and the token given twice', async () => {
		const { verifyToken } = CREDENTIALS;
		for (let index = 0; index < verifyToken.length; index++) {
			const changed = `${verifyToken.slice(0, index)}X${verifyToken.slice(index + 1)}`;
			expect(await outcome(shake({ ...asked, 'hub.verify_token': changed }))).toEqual(refused);
		}
		expect(await outcome(shake(asked))).toEqual(refused);
		expect(await outcome(shake({ ...asked, 'hub.verify_token': '' }))).toEqual(refused);
		const twice = `hub.mode=subscribe&hub.challenge=1&hub.verify_token=${verifyToken}&hub.verify_token=x`;
		expect(await outcome(call({ method: 'GET', query: twice }))).toEqual(refused);
		const none = { credentials: [credential({ verifyToken: '' })] };
		expect(await outcome(shake({ ...asked, 'hub.verify_token': '' }, none))).toEqual(refused);
	});

	it.each([
		{ 'hub.mode': 'unsubscribe' },
		{ 'hub.challenge': '' },
		{ 'hub.challenge': '<script>alert(1)</script>' },
	])('answers 400 to %j', async (more) => {
		const query = { ...asked, 'hub.verify_token': CREDENTIALS.verifyToken, ...more };
		expect(await shake(query)).toMatchObject({ status: 400 });
	});
});
