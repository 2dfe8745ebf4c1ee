import { createHmac } from 'node:crypto';
import { verify, type Scheme, type SignedRequest } from '../../../lib/webhook';

const NOW = Date.UTC(2026, 0, 12, 10, 0, 0);
const SECOND = NOW / 1000;
const SECRET = 'the right secret';
const BODY = Buffer.from('{"name":"O\'Brien","emoji":"🙂"}');

const hex = (secret: string, ...parts: Array<string | Buffer>) =>
	parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', secret)).digest('hex');

const request = (more: Partial<SignedRequest> = {}): SignedRequest => ({
	rawBody: BODY,
	headers: {},
	query: new URLSearchParams(),
	url: 'https://n8n.example.com/webhook/x',
	...more,
});

interface Case {
	scheme: Scheme;
	/** The request as the provider signs it with this secret at this Unix time. */
	sign(secret: string, at: number): SignedRequest;
	/** Header or parameter that carries the proof. */
	proof: { header: string } | { query: string };
	signsBody: boolean;
	windowSeconds?: number;
}

const cases: Record<string, Case> = {
	'hmac without a prefix': {
		scheme: { scheme: 'hmac', header: 'X-Cal-Signature-256' },
		sign: (secret) => request({ headers: { 'x-cal-signature-256': hex(secret, BODY) } }),
		proof: { header: 'x-cal-signature-256' },
		signsBody: true,
	},
	'hmac with sha256=': {
		scheme: { scheme: 'hmac', header: 'x-hub-signature-256', prefix: 'sha256=' },
		sign: (secret) => request({ headers: { 'x-hub-signature-256': `sha256=${hex(secret, BODY)}` } }),
		proof: { header: 'x-hub-signature-256' },
		signsBody: true,
	},
	'hmac-timestamp': {
		scheme: {
			scheme: 'hmac-timestamp',
			header: 'x-chatwoot-signature',
			timestampHeader: 'x-chatwoot-timestamp',
			prefix: 'sha256=',
		},
		sign: (secret, at) =>
			request({
				headers: {
					'x-chatwoot-signature': `sha256=${hex(secret, `${at}.`, BODY)}`,
					'x-chatwoot-timestamp': String(at),
				},
			}),
		proof: { header: 'x-chatwoot-signature' },
		signsBody: true,
		windowSeconds: 300,
	},
	'hmac-pairs': {
		scheme: { scheme: 'hmac-pairs', header: 'calendly-webhook-signature', toleranceSeconds: 180 },
		sign: (secret, at) =>
			request({ headers: { 'calendly-webhook-signature': `t=${at},v1=${hex(secret, `${at}.`, BODY)}` } }),
		proof: { header: 'calendly-webhook-signature' },
		signsBody: true,
		windowSeconds: 180,
	},
	'secret in a header': {
		scheme: { scheme: 'secret', place: 'header', name: 'X-Frontdesk-Secret' },
		sign: (secret) => request({ headers: { 'x-frontdesk-secret': secret } }),
		proof: { header: 'x-frontdesk-secret' },
		signsBody: false,
	},
	'secret in the query': {
		scheme: { scheme: 'secret', place: 'query', name: 'secret' },
		sign: (secret) => request({ query: new URLSearchParams({ secret, name: 'Jane' }) }),
		proof: { query: 'secret' },
		signsBody: false,
	},
};

const proofOf = (signed: SignedRequest, proof: Case['proof']) =>
	'header' in proof ? String(signed.headers[proof.header]) : (signed.query.get(proof.query) ?? '');

const withProof = (signed: SignedRequest, proof: Case['proof'], value: string | undefined): SignedRequest => {
	if ('header' in proof) return { ...signed, headers: { ...signed.headers, [proof.header]: value } };
	const query = new URLSearchParams(signed.query);
	if (value === undefined) query.delete(proof.query);
	else query.set(proof.query, value);
	return { ...signed, query };
};

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** Another last character, of the same kind. */
const oneOff = (text: string) => text.slice(0, -1) + (text.endsWith('1') ? '2' : '1');

describe.each(Object.entries(cases))('verify: %s', (_, { scheme, sign, proof, signsBody, windowSeconds }) => {
	const signed = sign(SECRET, SECOND);
	const judge = (changed: SignedRequest, secret: string | string[] | undefined = SECRET, now = NOW) =>
		verify(scheme, changed, secret, now);

	it('takes the right proof', () => {
		expect(judge(signed)).toEqual({ ok: true });
	});

	it('takes any of several secrets, blank ones aside', () => {
		expect(judge(signed, ['', 'an older secret', SECRET])).toEqual({ ok: true });
	});

	it.each([
		['a wrong secret', sign('a wrong secret', SECOND), SECRET],
		['one character changed in the proof', withProof(signed, proof, oneOff(proofOf(signed, proof))), SECRET],
		['the proof cut short', withProof(signed, proof, proofOf(signed, proof).slice(0, -1)), SECRET],
		['the proof with more behind it', withProof(signed, proof, `${proofOf(signed, proof)}0`), SECRET],
		['an empty proof', withProof(signed, proof, ''), SECRET],
		['no proof', withProof(signed, proof, undefined), SECRET],
		['the literal "no-secret-provided"', withProof(signed, proof, 'no-secret-provided'), SECRET],
		['an empty secret of ours', sign('', SECOND), ''],
		['a blank secret of ours', sign(' ', SECOND), ' '],
		['only blank secrets of ours', sign('', SECOND), ['', '  ']],
	])('refuses %s', (__, changed, secret) => {
		expect(judge(changed, secret)).toEqual({ ok: false, reason: expect.any(String) as string });
	});

	it('refuses everything where no secret is set', () => {
		expect(verify(scheme, sign('', SECOND), undefined, NOW)).toMatchObject({ ok: false });
	});

	it('never puts the secret into its reason', () => {
		const refused = judge(withProof(signed, proof, 'something else'));
		expect(JSON.stringify(refused)).not.toContain(SECRET);
	});

	it(`${signsBody ? 'refuses' : 'does not see'} one byte changed in the body`, () => {
		const rawBody = Buffer.from(BODY);
		rawBody[3] = 0x4f;
		expect(judge({ ...signed, rawBody }).ok).toBe(!signsBody);
	});

	it('refuses every other byte at every place of what is signed', () => {
		const bytes = signsBody ? [...BODY] : [];
		const taken = bytes.flatMap((byte, at) =>
			BYTES.filter((other) => {
				const rawBody = Buffer.from(BODY);
				rawBody[at] = other;
				return other !== byte && judge({ ...signed, rawBody }).ok;
			}).map((other) => [at, other]),
		);
		expect(taken).toEqual([]);
	});

	it('refuses every other character at every place of its headers', () => {
		const headers = Object.entries(signed.headers as Record<string, string>);
		const taken = headers.flatMap(([name, value]) =>
			[...value].flatMap((character, at) =>
				BYTES.map((byte) => String.fromCharCode(byte)).filter((other) => {
					const changed = value.slice(0, at) + other + value.slice(at + 1);
					const sent = { ...signed, headers: { ...signed.headers, [name]: changed } };
					return other !== character && judge(sent).ok;
				}),
			),
		);
		expect(taken).toEqual([]);
	});

	if (windowSeconds !== undefined) {
		it.each([-windowSeconds, 0, windowSeconds])('takes a timestamp %i s away', (seconds) => {
			expect(judge(sign(SECRET, SECOND + seconds))).toEqual({ ok: true });
		});

		it.each([-windowSeconds - 1, windowSeconds + 1])('refuses a timestamp %i s away', (seconds) => {
			expect(judge(sign(SECRET, SECOND + seconds))).toEqual({
				ok: false,
				reason: 'the timestamp is outside the window',
			});
		});
	}
});

describe('verify: what belongs to one scheme', () => {
	it('refuses a timestamp that is not the signed one', () => {
		const { scheme, sign } = cases['hmac-timestamp'] as Case;
		const signed = sign(SECRET, SECOND);
		const headers = { ...signed.headers, 'x-chatwoot-timestamp': String(SECOND + 1) };
		expect(verify(scheme, { ...signed, headers }, SECRET, NOW)).toMatchObject({ ok: false });
	});

	it.each([undefined, '', 'soon', '1e9', '-1'])('refuses the timestamp %p', (timestamp) => {
		const { scheme } = cases['hmac-timestamp'] as Case;
		const headers = {
			'x-chatwoot-signature': `sha256=${hex(SECRET, `${timestamp}.`, BODY)}`,
			'x-chatwoot-timestamp': timestamp,
		};
		expect(verify(scheme, request({ headers }), SECRET, NOW).ok).toBe(false);
	});

	it('takes any of several v1, and only v1', () => {
		const { scheme } = cases['hmac-pairs'] as Case;
		const good = hex(SECRET, `${SECOND}.`, BODY);
		const judge = (value: string) =>
			verify(scheme, request({ headers: { 'calendly-webhook-signature': value } }), SECRET, NOW).ok;
		expect(judge(`t=${SECOND},v1=${'0'.repeat(64)},v1=${good}`)).toBe(true);
		expect(judge(`t=${SECOND},v0=${good}`)).toBe(false);
		expect(judge(`v1=${good}`)).toBe(false);
		expect(judge(`t=${SECOND},t=${SECOND},v1=${good}`)).toBe(false);
	});

	it('refuses a prefix that is missing, hex of another length, and hex in capitals', () => {
		const { scheme } = cases['hmac with sha256='] as Case;
		const judge = (value: string) =>
			verify(scheme, request({ headers: { 'x-hub-signature-256': value } }), SECRET, NOW).ok;
		expect(judge(hex(SECRET, BODY))).toBe(false);
		expect(judge(`sha1=${hex(SECRET, BODY)}`)).toBe(false);
		expect(judge(`sha256=${hex(SECRET, BODY).slice(2)}`)).toBe(false);
		expect(judge(`sha256=${hex(SECRET, BODY).toUpperCase()}`)).toBe(false);
	});

	it('refuses a secret that is there twice', () => {
		const { scheme } = cases['secret in the query'] as Case;
		const query = new URLSearchParams([
			['secret', SECRET],
			['secret', SECRET],
		]);
		expect(verify(scheme, request({ query }), SECRET, NOW).ok).toBe(false);
	});

	it('lets everything pass only where that was chosen', () => {
		expect(verify({ scheme: 'none' }, request(), undefined, NOW)).toEqual({ ok: true });
	});
});
