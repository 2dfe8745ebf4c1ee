import { providers } from '../../../sandbox/src/providers';
import { plainAnswer, type SimRequest, type Simulator } from '../../../sandbox/simulators/kit';
import { MONDAY_TOKEN, MondaySimulator } from '../../../sandbox/simulators/monday';
import { mondayPanel } from '../../../sandbox/simulators/monday-panel';
import { CREDENTIALS as SENDGRID, SendGridSimulator } from '../../../sandbox/simulators/sendgrid';
import { sendgridPanel } from '../../../sandbox/simulators/sendgrid-panel';
import { TwilioSimulator } from '../../../sandbox/simulators/twilio';
import { twilioPanel } from '../../../sandbox/simulators/twilio-panel';

const open = async (): Promise<
	Array<{ simulator: Simulator; panel: ReturnType<typeof Object> | undefined }>
> =>
	(await providers()).map(({ create, panel }) => ({
		simulator: create({ send: async () => plainAnswer(200) }),
		panel,
	}));
const post = (url: string, token: string, body: object): SimRequest => ({
	method: 'POST',
	url: new URL(url),
	headers: { authorization: token, 'content-type': 'application/json' },
	text: JSON.stringify(body),
});

describe('panels', () => {
	it('has one for every provider that can be called', async () => {
		const without = (await open()).filter(({ simulator, panel }) => simulator.hosts.length > 0 && !panel);
		expect(without.map(({ simulator }) => simulator.name)).toEqual([]);
	});

	it('shows a provider that holds nothing yet', async () => {
		for (const entry of await providers()) {
			const state = entry.create({ send: async () => plainAnswer(200) }).state();
			expect(entry.panel?.views(state) ?? []).toEqual(
				expect.arrayContaining(entry.panel ? [expect.objectContaining({ title: expect.any(String) })] : []),
			);
		}
	});

	it('shows monday.com’s items under the titles of their columns', async () => {
		const monday = new MondaySimulator();
		const query =
			'mutation { create_item(board_id: 1234567890, item_name: "Anna", column_values: "{\\"status\\":{\\"label\\":\\"Nowy\\"}}") { id } }';
		await monday.handle(post('https://api.monday.com/v2', MONDAY_TOKEN, { query }));
		const [board] = mondayPanel.views(monday.state());
		expect(board).toMatchObject({
			kind: 'board',
			title: 'Leads',
			columns: expect.arrayContaining(['Status']),
		});
		expect(board?.kind === 'board' && board.rows[0]?.cells).toEqual(expect.arrayContaining(['Anna', 'Nowy']));
	});

	it('shows a mail with its recipient, and whether it is a page', () => {
		const sendgrid = new SendGridSimulator();
		const mail = {
			personalizations: [{ to: [{ email: 'anna@example.com' }] }],
			from: { email: 'salon@example.com', name: 'Salon' },
			subject: 'Hello',
			content: [{ type: 'text/html', value: '<b>Hi</b>' }],
		};
		sendgrid.handle(post('https://api.sendgrid.com/v3/mail/send', `Bearer ${SENDGRID.apiKey}`, mail));
		expect(sendgridPanel.views(sendgrid.state())).toMatchObject([
			{
				mails: [
					{ from: 'Salon <salon@example.com>', to: 'anna@example.com', body: '<b>Hi</b>', isHtml: true },
				],
			},
		]);
	});

	it('keeps SMS and WhatsApp of one customer apart', () => {
		const twilio = new TwilioSimulator();
		twilio.receive('+48601234567', '+15005550006', 'By SMS');
		twilio.receive('whatsapp:+48601234567', 'whatsapp:+15005550006', 'By WhatsApp');
		expect(twilioPanel.views(twilio.state())).toMatchObject([
			{ title: 'SMS', threads: [{ id: '+48601234567', messages: [{ from: 'customer', text: 'By SMS' }] }] },
			{ title: 'WhatsApp', threads: [{ messages: [{ text: 'By WhatsApp' }] }] },
		]);
	});
});
