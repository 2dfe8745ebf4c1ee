import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../../../sandbox/simulators/kit';
import { byId, chatwootBench, credential, run, type Bench } from '../../unit/chatwoot/bench';
import { furnish } from './furnish';

const answer = (status: number, body: unknown): Fault => ({
	kind: 'answer',
	response: {
		status,
		headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' },
		body,
	},
});

const READ: [string, IDataObject] = ['contact.get', { contact: byId('55') }];
const WRITE: [string, IDataObject] = ['message.send', { conversation: byId('42'), text: 'Hello' }];
const LOST = 'Chatwoot may have carried the request out all the same: look it up there before you repeat it';

describe('Chatwoot, refusing', () => {
	let bench: Bench;
	beforeEach(() => {
		bench = chatwootBench();
		furnish(bench);
	});
	afterEach(() => bench.stop());

	it.each<[string, Fault, string, string]>([
		[
			'a bad token',
			answer(401, { error: 'Invalid Access Token' }),
			'Chatwoot did not accept the credential (HTTP 401)',
			'Copy the access token again',
		],
		[
			'a role that is too low',
			answer(401, { error: 'You are not authorized to do this action' }),
			'Chatwoot does not allow this to the user of the token (HTTP 401)',
			'webhooks and deleting need an administrator',
		],
		[
			'an account of somebody else',
			answer(401, { error: 'You are not authorized to access this account' }),
			'Chatwoot does not allow this to the user of the token (HTTP 401)',
			'Check the account',
		],
		[
			'a token that never arrived',
			answer(401, { errors: ['You need to sign in or sign up before continuing.'] }),
			'Chatwoot did not see the access token (HTTP 401)',
			'underscores_in_headers on',
		],
		[
			'what is not there',
			answer(404, { error: 'Resource could not be found' }),
			'Chatwoot could not find what was asked for (HTTP 404)',
			'Check the ID',
		],
		[
			'values that are not valid',
			answer(422, { message: 'Phone number should be in e164 format', attributes: ['phone_number'] }),
			'Chatwoot did not accept the request (HTTP 422)',
			'+48601234567',
		],
		[
			'a flood',
			answer(422, { error: 'Too many messages' }),
			'Chatwoot takes no more messages into this conversation for now (HTTP 422)',
			'check the flow for a loop',
		],
		[
			'a site that is no Chatwoot',
			answer(200, '<!doctype html><title>Welcome</title>'),
			'Chatwoot answered with a web page instead of data',
			'Check the address',
		],
	])('explains %s', async (_, fault, message, howToFix) => {
		// n8n itself asks a second time after a 401, in case a token has to be renewed.
		bench.world.misbehave('chatwoot', fault, ...(message.includes('401') ? [fault] : []));
		const { error } = await run(...READ);
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(howToFix);
		expect(error?.context?.itemIndex).toBe(0);
		expect(bench.calls()).toHaveLength(message.includes('401') ? 2 : 1);
	});

	it.each([
		['a read', READ, 200],
		['a write', WRITE, 200],
	])(
		'asks again after a 429, which says in plain text and without a hint to wait: %s',
		async (_, [name, parameters]) => {
			bench.world.misbehave('chatwoot', { kind: 'rateLimit', seconds: 0 }, { kind: 'rateLimit', seconds: 0 });
			const { error } = await run(name, parameters);
			expect(error).toBeUndefined();
			expect(bench.calls()).toHaveLength(3);
		},
	);

	it('gives up on a 429 where nothing may be repeated', async () => {
		bench.world.misbehave('chatwoot', { kind: 'rateLimit', seconds: 0 });
		const { error } = await run(READ[0], { ...READ[1], requestOptions: { maxRetryWait: 0 } });
		expect(error?.message).toBe('Chatwoot asks to slow down (HTTP 429)');
		expect(error?.description).toContain('Chatwoot said: "Retry later"');
	});

	it.each<[Fault['kind'] | 500]>([['timeout'], ['reset'], [500]])('repeats a read after %s', async (kind) => {
		bench.world.misbehave('chatwoot', kind === 500 ? answer(500, {}) : ({ kind } as Fault));
		expect((await run(...READ)).error).toBeUndefined();
		expect(bench.calls()).toHaveLength(2);
	});

	it.each<[Fault['kind'] | 500]>([['timeoutAfter'], ['resetAfter'], [500]])(
		'never repeats a message after %s',
		async (kind) => {
			bench.world.misbehave('chatwoot', kind === 500 ? answer(500, {}) : ({ kind } as Fault));
			const { error } = await run(...WRITE);
			expect(error?.description).toContain(LOST);
			expect(bench.calls()).toHaveLength(1);
		},
	);

	it.each<[string, Fault['kind']]>([
		['contact.create', 'timeoutAfter'],
		['contact.upsert', 'resetAfter'],
	])('looks up what %s made before it timed out', async (name, kind) => {
		if (name === 'contact.upsert') bench.world.misbehave('chatwoot', { kind: 'latency', milliseconds: 0 });
		bench.world.misbehave('chatwoot', { kind } as Fault);
		const { outputs, error } = await run(name, { email: 'new@example.com', contactName: 'New' });
		expect(error).toBeUndefined();
		expect(outputs[0]?.[0]?.json).toMatchObject({ email: 'new@example.com', name: 'New' });
		const made = [...bench.simulator.account().contacts.values()].filter(
			({ email }) => email === 'new@example.com',
		);
		expect(made).toHaveLength(1);
	});

	it('says that a contact may have been created where it is not to be found', async () => {
		bench.world.misbehave('chatwoot', { kind: 'timeout' });
		const { error } = await run('contact.create', { email: 'new@example.com' });
		expect(error?.message).toBe('Chatwoot did not answer within 30 s');
		expect(error?.description).toContain(LOST);
		expect(bench.asked()).toEqual(['POST /contacts', 'POST /contacts/filter?page=1']);
	});

	it.each([
		['phone number', { phone: '+48601234567' }],
		['e-mail address', { email: 'Jane@Example.com' }],
		['identifier', { identifier: 'lead-1' }],
	])('names field and contact of a duplicate %s', async (label, parameters) => {
		bench.simulator.account().contacts.get(55)!.identifier = 'lead-1';
		const { error } = await run('contact.create', parameters);
		expect(error?.message).toBe(`Another contact (ID 55) has this ${label} already (HTTP 422)`);
		expect(error?.description).toContain('Create or Update');
		expect(error?.description).toContain('has already been taken');
	});

	it('names the field of a duplicate in an update', async () => {
		const { error } = await run('contact.update', { contact: byId('56'), phone: '+48601234567' });
		expect(error?.message).toBe('Another contact has this phone number already (HTTP 422)');
	});

	it('is told by nginx and passes it with the other header', async () => {
		bench.stop();
		bench = chatwootBench({ dropsUnderscores: true });
		furnish(bench);
		const { error } = await run(...READ);
		expect(error?.message).toBe('Chatwoot did not see the access token (HTTP 401)');
		expect(error?.description).toContain('underscores_in_headers on');
		const { outputs } = await run(...READ, {
			credentials: [credential(undefined, { headerName: 'Api-Access-Token' })],
		});
		expect(outputs[0]?.[0]?.json.id).toBe('55');
	});

	it('lets agents do their work and no more', async () => {
		const agent = { credentials: [credential('frontdeskAgentB2')] };
		expect((await run(...READ, agent)).error).toBeUndefined();
		const { error } = await run('contact.delete', { contact: byId('55') }, agent);
		expect(error?.message).toBe('Chatwoot does not allow this to the user of the token (HTTP 401)');
	});

	it.each([
		[{ baseUrl: 'http://chat.frontdesk.example' }, 'It begins with http://'],
		[{ baseUrl: 'chat.frontdesk.example' }, 'Use a full address'],
		[{ baseUrl: '' }, 'Use a full address'],
	])('refuses the address %j', async (settings, howToFix) => {
		const { error } = await run(...READ, { credentials: [credential(undefined, settings)] });
		expect(error?.message).toBe('"Base URL" in the Chatwoot credential cannot be used');
		expect(error?.description).toContain(howToFix);
		expect(bench.calls()).toHaveLength(0);
	});

	it('takes an address from the browser', async () => {
		const baseUrl = ' https://chat.frontdesk.example/app/accounts/1/dashboard ';
		const { error } = await run(...READ, { credentials: [credential(undefined, { baseUrl })] });
		expect(error).toBeUndefined();
	});
});
