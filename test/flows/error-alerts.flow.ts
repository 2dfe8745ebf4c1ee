import { flowNames, readFlow } from '../../workflows/build/files';
import { calledFlows } from '../../workflows/build/links';
import { BRANCH, openBranch } from '../support/branch';
import { callFlow } from '../support/callFlow';
import { mailsTo, OWNER, textsTo } from '../support/outbox';
import { restoreSettings, setSettings } from '../support/settings';
import { startAfresh } from '../support/executions';
import { eventually, theHouse } from '../support/house';

interface ErrorRow {
	tenant: string;
	flow: string;
	node: string;
	provider: string;
	leadKey: string;
	message: string;
	executionId: string;
	at: string;
}

interface Fields {
	assignments: Array<{ name: string; value: unknown }>;
}

const FLOW = 'Tell the salon about errors';
const TABLES = ['frontdesk_errors', 'frontdesk_events', 'frontdesk_deliveries'];
const BY_SMS = { alertEmail: '', alertPhone: '+48601000002', alertLanguage: 'pl' };

/** What providers and nodes have been seen to say, by the secret in it. */
const SECRETS = {
	'abc.DEF-123': 'Bad header Authorization: Bearer abc.DEF-123',
	qwertz: '{"access_token":"qwertz","error":"expired"}',
	zuiop: '{\\"api_key\\": \\"zuiop\\"}',
	EAAG12345678: 'GET https://graph.example.com/me?access_token=EAAG12345678&fields=id failed',
	dXNlcjpwYXNz9: 'Basic dXNlcjpwYXNz9 was refused',
	hunter2: 'password = hunter2; try again',
	abcdefgh12345678: 'Key SG.abcdefgh12345678.zyx is not allowed',
	'user:pass': 'connect https://user:pass@example.com',
	'0123456789abcdef0123456789abcdef': 'Unknown 0123456789abcdef0123456789abcdef',
};

const report = (more: object = {}) => ({
	tenant: 'main',
	flow: 'Book an appointment',
	node: 'Book it',
	provider: 'booksy',
	leadKey: 'phone:+48601234567',
	message: 'The slot is taken',
	executionId: '4711',
	...more,
});

const tell = async (...reports: object[]) => {
	const told = await callFlow<{ isNew: boolean }>('error-alerts', reports);
	return told.map(({ isNew }) => isNew);
};
/** The flows that a flow calls, and those that they call. */
function calledInTurn(name: string): string[] {
	const flow = flowNames()
		.map(readFlow)
		.find((one) => one.name === name);
	return flow ? calledFlows(flow).flatMap((called) => [called, ...calledInTurn(called)]) : [];
}

const errors = async () => await theHouse().editor.rows<ErrorRow>('frontdesk_errors');
const mails = () => mailsTo(OWNER.alertEmail);

describe(FLOW, () => {
	beforeEach(async () => {
		await startAfresh(...TABLES);
		await setSettings({ ...OWNER, alertPhone: '' });
	});

	afterEach(restoreSettings);

	it('keeps an error as a row and tells of it by e-mail: flow, node, lead and what was said', async () => {
		expect(await tell(report())).toEqual([true]);
		expect(await errors()).toMatchObject([{ ...report(), at: expect.stringMatching(/^20\d\d-/) as string }]);
		expect(mails()).toMatchObject([{ subject: expect.stringContaining('Book an appointment') as string }]);
		for (const word of ['Book an appointment', 'Book it', 'phone:+48601234567', 'The slot is taken', '4711'])
			expect(mails()[0]?.text).toContain(word);
	});

	it('tells by SMS where there is only a phone, in the language of alerts', async () => {
		await setSettings(BY_SMS);
		await tell(report());
		expect(textsTo(BY_SMS.alertPhone)).toEqual([
			expect.stringContaining('W przepływie „Book an appointment”'),
		]);
	});

	it('tells by SMS where the e-mail is refused', async () => {
		await setSettings({ ...OWNER, alertEmail: 'not-an-address' });
		await tell(report());
		expect(textsTo(OWNER.alertPhone)).toHaveLength(1);
	});

	it('only keeps the row where nobody is to be told', async () => {
		await setSettings({ alertEmail: '', alertPhone: '' });
		expect(await tell(report())).toEqual([true]);
		expect(await errors()).toHaveLength(1);
		expect(await theHouse().editor.rows('frontdesk_deliveries')).toEqual([]);
	});

	it('tells of the same error once, of another at once', async () => {
		expect(await tell(report())).toEqual([true]);
		expect(await tell(report({ leadKey: 'phone:+48601999999', executionId: '4712' }))).toEqual([false]);
		expect(await tell(report({ message: 'Booksy is closed' }), report({ node: 'Look it up' }))).toEqual([
			true,
			true,
		]);
		expect(await errors()).toHaveLength(4);
		expect(mails()).toHaveLength(3);
	});

	it('tells of it again when the quiet minutes are over', async () => {
		await tell(report());
		const minutes = readFlow('error-alerts')
			.nodes.flatMap(({ parameters }) => (parameters.assignments as Fields | undefined)?.assignments ?? [])
			.find(({ name }) => name === 'quietMinutes')?.value;
		const passed = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
		const { editor } = theHouse();
		await editor.updateRows('frontdesk_events', { receivedAt: passed(Number(minutes) - 1) });
		expect(await tell(report())).toEqual([false]);
		await editor.updateRows('frontdesk_events', { receivedAt: passed(Number(minutes) + 1) });
		expect(await tell(report())).toEqual([true]);
		expect(mails()).toHaveLength(2);
	});

	it('takes several errors of several tenants in one call, and tells each its own', async () => {
		await openBranch(BY_SMS);
		const told = await tell(
			report(),
			report({ tenant: BRANCH, message: 'No such service' }),
			report(),
			report({ tenant: BRANCH }),
		);
		expect(told).toEqual([true, true, false, true]);
		expect((await errors()).map(({ tenant }) => tenant)).toEqual(['main', BRANCH, 'main', BRANCH]);
		expect(mails()).toHaveLength(1);
		expect(textsTo(BY_SMS.alertPhone)).toEqual([
			expect.stringContaining('No such service'),
			expect.stringContaining('The slot is taken'),
		]);
	});

	it('leaves secrets out of row and alert', async () => {
		const said = Object.entries(SECRETS);
		await setSettings({ alertEmail: '' });
		await tell(...said.map(([, message]) => report({ message })));
		await setSettings(OWNER);
		await tell(report({ message: said.map(([, message]) => message).join(', ') }));
		const rows = await errors();
		expect(rows.map(({ message }) => message)).toEqual(
			rows.map(() => expect.stringContaining('…') as string),
		);
		expect(rows).toHaveLength(said.length + 1);
		expect(mails()).toHaveLength(1);
		const kept = JSON.stringify([rows, mails(), await theHouse().editor.rows('frontdesk_deliveries')]);
		for (const [secret] of said) expect(kept).not.toContain(secret);
	});

	it('leaves all else as it was said', async () => {
		const messages = [
			'Basic authentication failed: check user name and password',
			'The access token expired yesterday',
			'The slot 2027-05-04T10:00:00+02:00 is taken ({{ 1 + 1 }}, "quoted" <b>)',
		];
		await tell(...messages.map((message) => report({ message })));
		expect((await errors()).map(({ message }) => message)).toEqual(messages);
		expect(mails().map(({ text }) => text)).toEqual(
			messages.map((message) => expect.stringContaining(message) as string),
		);
	});

	it('is the error workflow of every flow that it does not call itself, and hears from n8n of one that fails', async () => {
		const { editor, flowIds } = theHouse();
		const id = flowIds.get('error-alerts');
		const needed = calledInTurn(FLOW);
		const others = [...flowIds].filter(([folder]) => ![FLOW, ...needed].includes(readFlow(folder).name));
		expect(others.map(([folder]) => folder)).toContain('lead-save');
		for (const [, other] of others) {
			expect((await editor.workflow(other)).settings).toMatchObject({ errorWorkflow: id });
		}
		expect((await editor.workflow(String(id))).settings).not.toHaveProperty('errorWorkflow');
		await expect(callFlow('lead-save', [{ tenant: 'main', leadKey: '', lead: {} }])).rejects.toThrow(
			'failed',
		);
		await eventually(async () => expect(mails()).toHaveLength(1));
		const [error] = await errors();
		expect(error).toMatchObject({ tenant: 'main', flow: 'Save a lead', leadKey: '' });
		expect(error?.node).not.toBe('');
		expect(error?.message).not.toBe('');
		expect(error?.executionId).toMatch(/^\d+$/);
		expect(mails()[0]?.text).toContain(String(error?.message));
	});
});
