import type { Panel } from './panel';
import type { SentMail } from './sendgrid';

const written = ({ email, name }: { email: string; name?: string }) => (name ? `${name} <${email}>` : email);

/** The outbox. */
export const sendgridPanel: Panel = {
	title: 'SendGrid',
	views: ({ outbox }: { outbox: SentMail[] }) => [
		{
			kind: 'inbox',
			title: 'Inbox',
			mails: outbox.map((mail, index) => ({
				id: String(index),
				at: mail.sendAt ?? mail.acceptedAt,
				from: written(mail.from),
				to: [...mail.to, ...mail.cc, ...mail.bcc].map(written).join(', '),
				subject: mail.subject,
				body: mail.text,
				isHtml: mail.isHtml,
				attachments: mail.attachments.map(({ filename, type, content }) => ({
					name: filename,
					...(type?.startsWith('image/') && {
						picture: `data:${type};base64,${content.toString('base64')}`,
					}),
				})),
			})),
		},
	],
};
