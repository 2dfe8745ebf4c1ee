import fc from 'fast-check';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';
import { verify, type SignedRequest } from '../../../lib/webhook';
import { signature } from '../../../sandbox/simulators/twilio-webhooks';
import { ADDRESS, call, formText, newSid, signatureOf, sms, TOKEN, type Fields } from './calls';

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

const fieldsOf = (body: string): Fields => {
	const form = new URLSearchParams(body);
	return Object.fromEntries(
		[...new Set(form.keys())].map((name) => {
			// A list of Node's own is no list to the library, which Jest runs in a realm of its own.
			const values = [...form.getAll(name)];
			return [name, values.length > 1 ? values : (values[0] ?? '')];
		}),
	);
};

const request = (url: string, body: string, header: string): SignedRequest => ({
	rawBody: Buffer.from(body),
	headers: { 'x-twilio-signature': header, 'content-type': FORM },
	query: new URL(url).searchParams,
	url,
});

const ours = (url: string, body: string, header: string) =>
	verify({ scheme: 'twilio' }, request(url, body, header), TOKEN, 0).ok;
const twilios = (url: string, body: string, header: string) =>
	validateRequest(TOKEN, header, url, fieldsOf(body));

const name = fc.oneof(
	fc.constantFrom('Body', 'From', 'To', 'ProfileName', 'MediaUrl0', 'ToCity', 'Ünïcode'),
	fc.string({ minLength: 1, maxLength: 12 }),
);
const value = fc.oneof(
	fc.constantFrom('', ' ', ' both ends ', '+48600700800', 'Zażółć & = + %', '😀\r\n', 'a+b%20c'),
	fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const forms = fc.dictionary(name, fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 4 })), {
	minKeys: 1,
	maxKeys: 25,
});
const urls = fc
	.tuple(
		fc.constantFrom('https://n8n.example.com', 'https://N8N.example.com', 'http://n8n.example.com:5678'),
		fc.constantFrom('/webhook/1/twilio', "/webhook/it's/twilio", '/webhook/a b/twilio', ''),
		fc.constantFrom('', '?x=1', "?q=it's&z=1+2", '?a=%7B%7D&a=2&b', '?name=Zażółć', '?q="x"|y'),
	)
	.map((parts) => parts.join(''));

/** Forms and addresses that are the same at every run. */
const samples = fc.sample(fc.tuple(forms, urls), { numRuns: 200, seed: 20261122 });

describe("the signature, judged by Twilio's own library", () => {
	it('fits 200 random forms, with repeated names, blanks and every script', () => {
		const fits = samples.map(([fields, url]) => ours(url, formText(fields), signatureOf(fields, url)));
		expect(fits).toEqual(Array(200).fill(true));
	});

	it('is judged alike for other addresses than the one that was signed', () => {
		const variants = (url: string) => [
			url,
			url.replace('example.com/', 'example.com:443/'),
			url.replace(':5678', ''),
			url.replace(/'/g, '%27'),
			url.replace('N8N', 'n8n'),
			new URL(url).toString(),
			`${url}#part`,
		];
		const judged = samples.flatMap(([fields, url]) =>
			variants(url).map((signed) => {
				const [body, header] = [formText(fields), signatureOf(fields, signed)];
				return { url, signed, ok: ours(url, body, header), theirs: twilios(url, body, header) };
			}),
		);
		expect(judged.filter(({ ok, theirs }) => ok !== theirs)).toEqual([]);
		expect(judged.filter(({ ok }) => ok).length).toBeGreaterThan(400);
	});

	it("is the simulator's too", () => {
		for (const [fields, url] of samples) {
			const flat = Object.fromEntries(
				Object.entries(fields).map(([key, one]) => [key, [one].flat()[0] ?? '']),
			);
			expect(signature(TOKEN, url, flat)).toBe(signatureOf(flat, url));
		}
	});
});

/** The text with its byte at a position changed to another one; control characters no server lets through. */
const changedAt = (text: string, position: number, by = 1) => {
	const code = text.charCodeAt(position) ^ by;
	const other = code > 32 && code < 127 ? code : 'x'.charCodeAt(0) === text.charCodeAt(position) ? 121 : 120;
	return text.slice(0, position) + String.fromCharCode(other) + text.slice(position + 1);
};
const positions = (text: string) => Array.from({ length: text.length }, (_, position) => position);
const refused = { status: 401, items: undefined, body: { message: 'Unauthorized' } };

describe('a call in which one byte was changed is refused, and starts nothing:', () => {
	const whole = sms({ Body: 'Zażółć 1+1=2 & more' });
	const { MessageSid = '', From = '', To = '', Body = '', ToState = '' } = whole;
	const fields = { MessageSid, From, To, Body, ToState };
	const [body, header] = [formText(fields), signatureOf(fields)];

	it('of the body', async () => {
		for (const position of positions(body)) {
			expect(await call(fields, { rawBody: changedAt(body, position) })).toMatchObject(refused);
		}
	});

	it.each([2, 4, 8, 16, 32])('of the body, by %i, unless Twilio takes its fields for the same', (by) => {
		const changed = positions(body).map((position) => changedAt(body, position, by));
		const taken = changed.filter((text) => ours(ADDRESS, text, header));
		expect(taken).toEqual(changed.filter((text) => twilios(ADDRESS, text, header)));
		// %2b is %2B: the fields are the same to the letter, and they are what is signed.
		for (const text of taken) expect(fieldsOf(text)).toEqual(fieldsOf(body));
		expect(changed.length - taken.length).toBeGreaterThan(changed.length * 0.9);
	});

	it('of the query', async () => {
		const query = 'branch=warsaw&kind=sms';
		const fields = sms();
		const header = signatureOf(fields, `${ADDRESS}?${query}`);
		const headers = { 'x-twilio-signature': header };
		for (const position of positions(query)) {
			expect(await call(fields, { headers, query: changedAt(query, position) })).toMatchObject(refused);
		}
		expect((await call(fields, { headers, query })).items).toHaveLength(1);
	});

	it('of the address', () => {
		const changed = positions(ADDRESS).map((position) => changedAt(ADDRESS, position));
		const addresses = changed.filter((url) => URL.canParse(url));
		expect(addresses.length).toBeGreaterThan(70);
		expect(addresses.filter((url) => ours(url, body, header))).toEqual([]);
	});

	it('of the address that was signed', async () => {
		const addresses = positions(ADDRESS).map((position) => changedAt(ADDRESS, position));
		for (const address of addresses.filter((url) => URL.canParse(url))) {
			expect(await call(sms(), {}, address)).toMatchObject(refused);
		}
	});

	it('of the signature', async () => {
		const fields = sms();
		const header = signatureOf(fields);
		for (const position of positions(header)) {
			const headers = { 'x-twilio-signature': changedAt(header, position) };
			expect(await call(fields, { headers })).toMatchObject(refused);
		}
		expect((await call(fields)).items).toHaveLength(1);
	});
});

describe('a call is refused', () => {
	it.each<[string, () => Promise<unknown>]>([
		['without a signature', () => call(sms(), { headers: { 'x-twilio-signature': '' } })],
		['with a field more', () => call(sms(), { rawBody: `${formText(sms())}&Extra=1` })],
		['with a field less', () => call({ ...sms(), ToCity: 'x' }, { rawBody: formText(sms()) })],
		['under another address', () => call(sms(), {}, ADDRESS.replace('n8n.', 'elsewhere.'))],
		['with a query that was not signed', () => call(sms(), { query: 'x=1' })],
		['without a credential', () => call(sms(), { credentials: [] })],
	])('%s', async (_, calling) => {
		expect(await calling()).toMatchObject(refused);
	});

	it('with the words of another content type', async () => {
		expect(await call(sms(), { headers: { 'content-type': 'application/json' } })).toMatchObject(refused);
	});
});

describe('a call is taken', () => {
	const port = ADDRESS.replace('.com/', '.com:443/');
	it.each([
		['at the address with its port', '', port],
		['with a query', 'x=1&y=a%20b', `${ADDRESS}?x=1&y=a%20b`],
		['with a query and the port', 'x=1', `${port}?x=1`],
		["with a query in Node's old spelling", 'q=1+2', `${ADDRESS}?q=1%202`],
		['with a query that holds quotes as they are', "q=it's", `${ADDRESS}?q=it's`],
	])('%s', async (_, query, url) => {
		expect((await call(sms(), { query }, url)).items).toHaveLength(1);
	});

	it('with names that come twice, and a parameter that Twilio added yesterday', async () => {
		const { items } = await call(sms({ MessageSid: newSid(), Tag: ['b', 'a', 'b'], BrandNew: '' }));
		expect(items?.[0]?.json.fields).toMatchObject({ BrandNew: '' });
	});
});
