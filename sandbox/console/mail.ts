import type { InboxView } from '../simulators/panel';

type Mail = InboxView['mails'][number];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Plain text as a page: lines as they are, addresses underlined, nothing to click. */
const fromText = (text: string) =>
	`<main>${escaped(text).replace(/https?:\/\/[^\s<]+/g, (address) => `<u>${address}</u>`)}</main>`;

const STYLE = `:root{color-scheme:light}body{margin:0;padding:16px;background:#fff;color:#1c2530;font:15px/1.5 system-ui,sans-serif}
main{white-space:pre-wrap;overflow-wrap:anywhere}img{max-width:100%;height:auto}`;

/** What a browser lets the page of a mail do: show its own text, styles and embedded pictures, nothing else. */
export const MAIL_POLICY =
	"sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** A mail as the recipient sees it, as a page of its own. */
export function mailPage({ subject, body, isHtml, attachments }: Mail): string {
	const pictures = attachments
		.filter(({ picture }) => picture)
		.map(({ name, picture }) => `<p><img src="${escaped(picture ?? '')}" alt="${escaped(name)}"></p>`);
	return [
		'<!doctype html><html lang="en"><head><meta charset="utf-8">',
		`<title>${escaped(subject)}</title><style>${STYLE}</style></head><body>`,
		isHtml ? body : fromText(body),
		...pictures,
		'</body></html>',
	].join('');
}
