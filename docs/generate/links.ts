import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt, { type Token } from 'markdown-it';
import { parser } from 'sax';

/** What leads nowhere, and where it stands. */
export interface DeadLink {
	/** Relative to the checked folder. */
	file: string;
	/** Line of the paragraph or table row that holds it, from 1. */
	line: number;
	link: string;
	why: string;
}

interface Link {
	target: string;
	line: number;
}

interface Page {
	links: Link[];
	anchors: Set<string>;
}

/** What is built, fetched or somebody else's. */
const LEFT_OUT = /^(node_modules|dist|artifacts|\.git|\.home.*)$/;
/** Our own pages, as the editor and npm link to them. */
const OWN_PAGES = /^https:\/\/github\.com\/frontdesk-n8n\/n8n-nodes-frontdesk\/(?:blob|tree)\/main\//;
/** Hosts that only stand for one (RFC 2606 and 6761), and those of the machine itself. */
const NO_REAL_HOST =
	/(^|\.)(example|test|invalid|localhost|local)$|(^|\.)example\.(com|net|org)$|^[\d.]+$|^\[/;

const markdown = new MarkdownIt({ html: true });

/** Addresses and ids in HTML that stands within Markdown. */
function readHtml(html: string, line: number, page: Page): void {
	const reader = parser(false, { strictEntities: false });
	// A piece may close what another opened.
	reader.onerror = () => Reflect.set(reader, 'error', null);
	reader.onopentag = ({ attributes }) => {
		for (const [name, value] of Object.entries(attributes)) {
			if (/^(href|src)$/i.test(name)) page.links.push({ target: value, line });
			if (/^(id|name)$/i.test(name)) page.anchors.add(value);
		}
	};
	reader.write(html).close();
}

const textOf = ({ children }: Token) =>
	(children ?? []).map(({ type, content }) => (/^(text|code_inline)$/.test(type) ? content : '')).join('');

function readInline(tokens: Token[], line: number, page: Page): void {
	for (const token of tokens) {
		const target = token.attrGet('href') ?? token.attrGet('src');
		if (target !== null) page.links.push({ target, line });
		if (token.type === 'html_inline') readHtml(token.content, line, page);
	}
}

function readPage(text: string): Page {
	const page: Page = { links: [], anchors: new Set() };
	const slugger = new GithubSlugger();
	let line = 1;
	markdown.parse(text, {}).forEach((token, index, tokens) => {
		line = token.map ? token.map[0] + 1 : line;
		if (token.type === 'heading_open') page.anchors.add(slugger.slug(textOf(tokens[index + 1] as Token)));
		if (token.type === 'html_block') readHtml(token.content, line, page);
		if (token.children) readInline(token.children, line, page);
	});
	return page;
}

/** Every Markdown file below a folder, relative to it, in order. */
function pagesIn(folder: string, below = ''): string[] {
	return readdirSync(path.join(folder, below), { withFileTypes: true })
		.filter(({ name }) => !LEFT_OUT.test(name))
		.flatMap((entry) => {
			const file = path.join(below, entry.name);
			if (entry.isDirectory()) return pagesIn(folder, file);
			return entry.isFile() && entry.name.endsWith('.md') ? [file] : [];
		})
		.sort();
}

/** What is wrong with an address outside; only its form is looked at, nothing is fetched. */
function formFault(target: string): string | undefined {
	if (target.startsWith('mailto:')) return undefined;
	if (!URL.canParse(target)) return 'is no address';
	const { protocol, hostname } = new URL(target);
	if (protocol !== 'https:') return 'does not begin with https://';
	return NO_REAL_HOST.test(hostname) ? 'names a host that only stands for one' : undefined;
}

class Pages {
	private readonly read = new Map<string, Page>();

	constructor(private readonly root: string) {}

	of(file: string): Page {
		const known = this.read.get(file);
		if (known) return known;
		const page = readPage(readFileSync(path.join(this.root, file), 'utf8'));
		this.read.set(file, page);
		return page;
	}

	/** What is wrong with an address; undefined where nothing is. */
	fault(from: string, target: string): string | undefined {
		const own = target.replace(OWN_PAGES, '/');
		if (/^[a-z][a-z\d+.-]*:/i.test(own)) return formFault(own);
		const [name = '', anchor] = decodeURI(own).split('#');
		const folder = name.startsWith('/') ? '' : path.dirname(from);
		const file = name === '' ? from : path.normalize(path.join(folder, name));
		if (file.startsWith('..')) return 'leads out of the repository';
		if (!existsSync(path.join(this.root, file))) return 'is not there';
		if (anchor === undefined || anchor === '') return undefined;
		if (statSync(path.join(this.root, file)).isDirectory() || !file.endsWith('.md'))
			return 'has an anchor, and is no page';
		return this.of(file).anchors.has(anchor) ? undefined : `is a page without the heading "#${anchor}"`;
	}
}

/** Addresses of our own that the editor shows: in codex files and credentials. */
function shownLinks(root: string): Array<Link & { file: string }> {
	return ['nodes', 'credentials'].flatMap((room) => {
		if (!existsSync(path.join(root, room))) return [];
		return readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.node\.json$|\.credentials\.ts$/.test(name))
			.flatMap((name) => {
				const lines = readFileSync(path.join(root, room, name), 'utf8').split('\n');
				return lines.flatMap((text, index) =>
					(text.match(/https?:\/\/github\.com\/frontdesk-n8n\/[^'"\s]+/g) ?? []).map((target) => ({
						file: path.join(room, name),
						line: index + 1,
						target,
					})),
				);
			});
	});
}

/**
 * Reads every Markdown page below a folder and follows its links, anchors and pictures, in Markdown and in HTML.
 * Inside the repository each must be there, anchors as GitHub makes them. Outside it only the form is looked at:
 * https, and no host that only stands for one; nothing is fetched.
 *
 * @param root absolute path of the checkout
 * @returns what leads nowhere, in the order of files
 */
export function deadLinks(root: string): DeadLink[] {
	const pages = new Pages(root);
	const links = pagesIn(root).flatMap((file) => pages.of(file).links.map((link) => ({ file, ...link })));
	return [...links, ...shownLinks(root)].flatMap(({ file, line, target }) => {
		const why = pages.fault(file, target);
		return why === undefined ? [] : [{ file, line, link: target, why }];
	});
}
