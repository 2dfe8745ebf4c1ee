import { MAIL_POLICY, mailPage } from '../../../sandbox/console/mail';
import type { InboxView } from '../../../sandbox/simulators/panel';

const mail = (more: Partial<InboxView['mails'][number]>): InboxView['mails'][number] => ({
	id: '0',
	at: '2026-11-23T10:00:00Z',
	from: 'a@example.com',
	to: 'b@example.com',
	subject: 'Hello <you>',
	body: 'Hi',
	isHtml: false,
	attachments: [],
	...more,
});

describe('the page of a mail', () => {
	it('shows text as it stands, whatever signs are in it', () => {
		const page = mailPage(
			mail({ body: '1 < 2 & <script>alert("x")</script>\nsee https://example.com/a?b=1' }),
		);
		expect(page).toContain('1 &lt; 2 &amp; &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\n');
		expect(page).toContain('<u>https://example.com/a?b=1</u>');
		expect(page).toContain('<title>Hello &lt;you&gt;</title>');
	});

	it('leaves a page of HTML as it is: what it may do, the browser decides by the policy', () => {
		expect(mailPage(mail({ isHtml: true, body: '<b style="color:red">Hi</b>' }))).toContain('<b style=');
		expect(MAIL_POLICY).toContain('sandbox;');
		expect(MAIL_POLICY).toContain("default-src 'none'");
		expect(MAIL_POLICY).not.toContain('script');
	});

	it('shows attached pictures', () => {
		const attachments = [{ name: 'chart.png', picture: 'data:image/png;base64,AAAA' }, { name: 'a.pdf' }];
		expect(mailPage(mail({ attachments }))).toContain(
			'<img src="data:image/png;base64,AAAA" alt="chart.png">',
		);
	});
});
