import axios from 'axios';
import { eventually, theHouse } from './house';

interface Field {
	/** The name under which a browser sends it. */
	id: string;
	label: string;
	/** What a list offers; undefined for a text field. */
	options?: string[];
}

const ENTITIES: Record<string, string> = {
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#x27;': "'",
	'&#x3D;': '=',
	'&#x60;': '`',
	'&amp;': '&',
};

/** The text that n8n's pages escape. */
export const decoded = (html = ''): string =>
	html.replace(/&(?:lt|gt|quot|amp|#x27|#x3D|#x60);/g, (entity) => ENTITIES[entity] ?? entity);
const textOf = (html = '') => decoded(html.replace(/<[^>]*>/g, '')).trim();

const field = (label: RegExpMatchArray, after: string): Field => {
	const options = /<select[^>]*>([\s\S]*?)<\/select>/.exec(after)?.[1];
	return {
		id: label[1] ?? '',
		label: textOf(label[2]),
		...(options !== undefined && {
			options: [...options.matchAll(/<option value='([^']+)'/g)].map(([, value]) => decoded(value ?? '')),
		}),
	};
};

interface HandedFile {
	data: string | { type: 'Buffer'; data: number[] };
}

/** The page's own script saves what stands in its source, percent-encoded. */
function fileIn(html: string): string | undefined {
	const [, encoded = ''] = /JSON\.parse\(decodeURIComponent\("([^"]*)"\)\)/.exec(html) ?? [];
	const [file] = encoded ? (JSON.parse(decodeURIComponent(encoded)) as HandedFile[]) : [];
	if (!file) return undefined;
	const bytes =
		typeof file.data === 'string' ? Buffer.from(file.data, 'latin1') : Buffer.from(file.data.data);
	return bytes.toString('utf8');
}

/** A page of an n8n form as a browser shows it: one to fill in, or the last one. */
export class FormPage {
	readonly title: string;
	/** What stands below the title. */
	readonly text: string;
	readonly fields: Field[];
	/** The text of the file that the page hands over; undefined where it hands over none. */
	readonly file?: string;

	constructor(
		private readonly url: string,
		private readonly html: string,
		private readonly auth?: { username: string; password: string },
	) {
		const body = html.slice(html.indexOf('<body'));
		this.title = textOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(body)?.[1]);
		this.text = textOf(/<\/h1>\s*<p[^>]*>([\s\S]*?)<\/p>/.exec(body)?.[1]);
		this.file = fileIn(html);
		const labels = [...body.matchAll(/<label class='form-label[^']*' for='([^']+)'>([\s\S]*?)<\/label>/g)];
		this.fields = labels.map((label, index) =>
			field(label, body.slice(label.index, labels[index + 1]?.index)),
		);
	}

	/** The choices of a list, by its label. */
	choices(label: string): string[] {
		return this.field(label).options ?? [];
	}

	private field(label: string): Field {
		const found = this.fields.find((one) => one.label === label);
		if (!found) throw new Error(`The page "${this.title}" has no field "${label}"`);
		return found;
	}

	/**
	 * Fills the page in and sends it, as the page's own script does, and follows to the next page.
	 *
	 * @param values by label; what is left out stays empty
	 */
	async submit(values: Record<string, string> = {}): Promise<FormPage> {
		const form = new FormData();
		for (const { id } of this.fields) form.append(id, '');
		for (const [label, value] of Object.entries(values)) form.set(this.field(label).id, value);
		const { status, data } = await axios.post<string | { formWaitingUrl?: string }>(this.url, form, {
			auth: this.auth,
			proxy: false,
			maxRedirects: 0,
			validateStatus: () => true,
		});
		if (status >= 400) throw new Error(`The form answered ${status}: ${JSON.stringify(data).slice(0, 300)}`);
		const next =
			typeof data === 'object' && data.formWaitingUrl ? onThisMachine(data.formWaitingUrl) : this.url;
		return await this.follow(next);
	}

	/** Waits for another page than this one. */
	private async follow(next: string): Promise<FormPage> {
		const status = new URL(next);
		status.pathname += '/n8n-execution-status';
		const page = await eventually(async () => {
			const { data } = await axios.get<string>(status.href, { proxy: false });
			expect(data.trim()).toBe('form-waiting');
			const { data: html } = await axios.get<string>(next, { proxy: false });
			expect(html).not.toBe(this.html);
			return new FormPage(next, html);
		}, 90);
		// The last page tells n8n by itself that it was shown.
		if (page.fields.length === 0) await axios.post(next, {}, { proxy: false, validateStatus: () => true });
		return page;
	}
}

const onThisMachine = (url: string) => url.replace(/^https?:\/\/[^/]+/, theHouse().n8n.url);

/** The public address of a form's first page, on this machine. */
export const formUrl = (path: string): string => `${theHouse().n8n.url}/form/${path}`;

/** Opens a form's first page in a browser that knows user name and password. */
export async function openForm(
	path: string,
	{ user, password }: { user: string; password: string },
): Promise<FormPage> {
	const auth = { username: user, password };
	const { data } = await axios.get<string>(formUrl(path), { auth, proxy: false });
	return new FormPage(formUrl(path), data, auth);
}
