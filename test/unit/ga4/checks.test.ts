import { clientIdFromCookie, clientIdFromLeadKey, sessionIdFrom } from '../../../nodes/Ga4Events/identity';
import { aboutEventName, aboutParameter, aboutUserProperty } from '../../../nodes/Ga4Events/limits';
import { searchEventNames } from '../../../nodes/Ga4Events/names';
import { personalDataIn, redact } from '../../../nodes/Ga4Events/personalData';

describe('names of events', () => {
	it.each(['generate_lead', 'begin_checkout', 'A1_b', 'x'.repeat(40), 'page_view', 'errors', 'game_won'])(
		'take %s',
		(name) => {
			expect(aboutEventName(name)).toBeUndefined();
		},
	);

	it.each([
		['error', 'keeps for itself'],
		['session_start', 'keeps for itself'],
		['firebase_in_app_message_dismiss', 'keeps for itself'],
		['notification_send', 'keeps for itself'],
		['screen_view', 'keeps for itself'],
		['ga_lead', 'keeps for itself'],
		['google_lead', 'keeps for itself'],
		['firebase_lead', 'keeps for itself'],
		['gtag.lead', 'keeps for itself'],
		['_lead', 'keeps for itself'],
		['1lead', 'does not take for a name'],
		['new lead', 'does not take for a name'],
		['new-lead', 'does not take for a name'],
		['zażółć', 'does not take for a name'],
		['x'.repeat(41), 'of 41 characters'],
	])('refuse %s', (name, what) => {
		expect(aboutEventName(name)?.what).toContain(what);
		expect(aboutEventName(name)?.what).toContain(`"${name}"`);
	});

	it('are suggested by name and by meaning, and every suggestion is a good one', async () => {
		const all = (await searchEventNames()).results;
		expect(all.filter(({ value }) => aboutEventName(String(value)))).toEqual([]);
		expect((await searchEventNames('SURVEY')).results.map(({ value }) => value)).toEqual(['submit_survey']);
		expect((await searchEventNames('nothing like it')).results).toEqual([]);
	});
});

describe('parameters', () => {
	it.each<[string, never]>([
		['lead_source', 'instagram' as never],
		['value', 12.5 as never],
		['debug_mode', true as never],
		['empty', '' as never],
		['text', '😀'.repeat(100) as never],
		['page_location', 'x'.repeat(1000) as never],
		['items', [{ item_id: 'a', price: 5 }] as never],
	])('take %s', (name, value) => {
		expect(aboutParameter(name, value, 100)).toBeUndefined();
	});

	it.each<[string, never, string]>([
		['firebase_conversion', 1 as never, 'keeps for itself'],
		['ga_session', 1 as never, 'keeps for itself'],
		['lead source', 'x' as never, 'does not take for a name'],
		['x'.repeat(41), 'x' as never, 'of 41 characters'],
		['text', 'x'.repeat(101) as never, 'a value of 101 characters for the parameter "text"'],
		['page_title', 'x'.repeat(301) as never, 'a value of 301 characters'],
		['nested', { a: 1 } as never, 'a list, an object or nothing'],
		['list', ['a'] as never, 'a list, an object or nothing'],
		['nothing', null as never, 'a list, an object or nothing'],
		['number', NaN as never, 'a list, an object or nothing'],
		['items', Array.from({ length: 201 }, () => ({})) as never, '201 items'],
		['items', [{ item_name: 'x'.repeat(101) }] as never, '"item_name"'],
		[
			'items',
			[Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`own${at}`, at]))] as never,
			'11 parameters of its own',
		],
	])('refuse %s', (name, value, what) => {
		expect(aboutParameter(name, value, 100)?.what).toContain(what);
	});

	it('may be longer in Analytics 360', () => {
		expect(aboutParameter('text', 'x'.repeat(500), 500)).toBeUndefined();
		expect(aboutParameter('text', 'x'.repeat(501), 500)).toBeDefined();
	});
});

describe('user properties', () => {
	it('take 24 characters for the name and 36 for the value', () => {
		expect(aboutUserProperty('x'.repeat(24), 'y'.repeat(36))).toBeUndefined();
		expect(aboutUserProperty('x'.repeat(25), 'y')?.what).toContain('of 25 characters');
		expect(aboutUserProperty('tier', 'y'.repeat(37))?.what).toContain('37 characters');
	});

	it.each([
		'user_id',
		'first_open_time',
		'first_visit_time',
		'google_tier',
		'ga_tier',
		'firebase_tier',
		'_tier',
	])('refuse %s', (name) => expect(aboutUserProperty(name, 'x')?.what).toContain('keeps for itself'));
});

describe('personal data', () => {
	it.each([
		['lead_source', 'ana@example.com', 'an e-mail address'],
		['note', 'write to Ana.Kowalska+x@mail.example.co.uk today', 'an e-mail address'],
		['page_location', 'https://a.example/?email=ana%40example.com&x=1', 'an e-mail address'],
		['note', 'zażółć@example.com', 'an e-mail address'],
		['note', '+48600700800', 'a phone number'],
		['note', 'call +48 600-700-800 now', 'a phone number'],
		['note', '+1 (555) 123-4567', 'a phone number'],
		['page_location', 'https://a.example/?p=%2B48600700800', 'a phone number'],
		['note', 'tel:48600700800', 'a phone number'],
		['note', 'https://wa.me/48600700800', 'a phone number'],
		['channel', 'whatsapp:+48600700800', 'a phone number'],
		['phone', '600700800', 'a phone number'],
		['client_phone_number', '600 700 800', 'a phone number'],
		['telefon', 600700800, 'a phone number'],
	])('is seen in %s = %s', (name, value, found) => {
		expect(personalDataIn(name, value)).toBe(found);
	});

	it.each([
		['lead_source', 'instagram'],
		['instagram', '@ana.kowalska'],
		['transaction_id', '600700800'],
		['order', 4711000001],
		['session_id', '1700000000'],
		['value', -12.5],
		['change', '+12.5'],
		['starts_at', '2026-03-28T10:00:00+01:00'],
		['starts_at', '2026-03-28T10:00:00+0100'],
		['page_location', 'https://a.example/v1.2/x?y=1+2'],
		['phone_model', 'Pixel 8'],
		['hotel', '600700800'],
		['version', '1.2.3.4'],
	])('is not seen in %s = %s', (name, value) => {
		expect(personalDataIn(name, value)).toBeUndefined();
	});

	it.each([
		['note', 'write to ana@example.com or +48 600 700 800.', 'write to [redacted] or [redacted].'],
		[
			'page_location',
			'https://a.example/?email=ana%40example.com&x=1',
			'https://a.example/?email=[redacted]&x=1',
		],
		['phone', '600700800', '[redacted]'],
		['note', 'nothing here', 'nothing here'],
	])('is redacted in %s = %s', (name, text, redacted) => {
		expect(redact(name, text)).toBe(redacted);
		expect(personalDataIn(name, redacted)).toBeUndefined();
	});
});

describe('client and session', () => {
	it.each([
		['GA1.1.123.456', '123.456'],
		['GA1.2.1234567890.1700000000', '1234567890.1700000000'],
		['GA1.2-2.1234567890.1700000000', '1234567890.1700000000'],
		[' 1234567890.1700000000 ', '1234567890.1700000000'],
		['GA1.1.amp-AbC_123-x', 'amp-AbC_123-x'],
		['GA1.1', undefined],
		['123', undefined],
		['ana@example.com', undefined],
		['GA1.1.123.456; path=/', undefined],
	])('read the cookie %s', (cookie, clientId) => {
		expect(clientIdFromCookie(cookie)).toBe(clientId);
	});

	it('make the same client ID of the same lead, on every machine and in every run', () => {
		expect(clientIdFromLeadKey('lead-4711')).toBe(clientIdFromLeadKey(' lead-4711 '));
		expect(clientIdFromLeadKey('lead-4711')).toBe('7448072778.9071020060');
	});

	it('make another of every other lead, in the shape of Google', () => {
		const ids = Array.from({ length: 2000 }, (_, at) => clientIdFromLeadKey(`lead-${at}`));
		expect(new Set(ids).size).toBe(2000);
		expect(ids.filter((id) => !/^\d{10}\.\d{10}$/.test(id))).toEqual([]);
	});

	it.each([
		['1700000000', '1700000000'],
		['GS1.1.1700000000.3.1.1700000100.0.0.0', '1700000000'],
		['GS2.1.s1700000000$o28$g0$t1700000100', '1700000000'],
		['GS2.1.o28', undefined],
		['12.5', undefined],
		['abc', undefined],
	])('read the session %s', (value, session) => {
		expect(sessionIdFrom(value)).toBe(session);
	});
});
