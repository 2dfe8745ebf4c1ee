import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const CODE = /\.(tsx?|js|mjs)$/;

/** Files of the checkout below some folders, as paths relative to it. */
function filesIn(...folders: string[]): string[] {
	return folders.flatMap((folder) =>
		readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
			const file = `${folder}/${entry.name}`;
			if (/^(node_modules|package-lock\.json|\.home.*)$/.test(entry.name)) return [];
			if (entry.isDirectory()) return filesIn(file);
			return entry.isFile() ? [file] : [];
		}),
	);
}

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const lines = (file: string) => read(file).trimEnd().split('\n').length;

const all = filesIn('nodes', 'credentials', 'lib', 'sandbox', 'test', 'workflows');
const code = all.filter((file) => CODE.test(file));
const text = all.filter((file) => CODE.test(file) || /\.(json|md|svg|html|css)$/.test(file));

describe('sizes', () => {
	it('keeps node files under 120 lines: they are tables of contents', () => {
		const nodes = code.filter((file) => file.endsWith('.node.ts'));
		expect(nodes.filter((file) => lines(file) >= 120)).toEqual([]);
	});

	it('keeps every code file at 400 lines or less', () => {
		expect(code.filter((file) => lines(file) > 400)).toEqual([]);
	});
});

describe('words that do not belong in the repository', () => {
	// Put together from pieces, so that this file holds none of them.
	const forbidden: Array<[string, RegExp]> = [
		['a lint rule switched off in the line', new RegExp(['eslint', 'disable'].join('-'))],
		[
			'a type check switched off in the line',
			new RegExp(`@ts-(${['ignore', 'nocheck', 'expect-error'].join('|')})`),
		],
		[
			'a test that shuts out or is left out',
			/\b(describe|it|test)(\.\w+)*\.(only|skip)(\.each)?\s*[(`]|\b(f|x)(it|describe|test)\(/,
		],
		[
			'a note to self',
			new RegExp(`\\b(${['TO', 'FIX'].map((word) => `${word}${word === 'TO' ? 'DO' : 'ME'}`).join('|')})\\b`),
		],
		['a path of one machine', /(^|["'`\s(])\/(home|root|Users|work)\/\w/m],
	];

	it.each(forbidden)('has nowhere %s', (_, pattern) => {
		expect(text.filter((file) => pattern.test(read(file)))).toEqual([]);
	});
});

/** Exported functions and classes of a file that no docstring explains. */
function undocumented(file: string): string[] {
	const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
	const documented = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc);
	return source.statements
		.filter((node) => ts.canHaveModifiers(node) && isExported(node))
		.filter((node) => !documented(node))
		.flatMap(namesOfCode)
		.map((name) => `${file} ${name}`);
}

const isExported = (node: ts.HasModifiers) =>
	ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

/** What a statement declares, as far as it can be called: functions, classes, and constants that hold a function. */
function namesOfCode(node: ts.Statement): string[] {
	if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return [node.name?.text ?? 'default'];
	if (!ts.isVariableStatement(node)) return [];
	return node.declarationList.declarations
		.filter(
			({ initializer }) =>
				initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
		)
		.map(({ name }) => name.getText());
}

describe('docstrings', () => {
	it.each(['lib', 'nodes', 'credentials', 'sandbox', 'workflows'])(
		'explains every exported function and class of %s',
		(folder) => {
			const files = code.filter((file) => file.startsWith(`${folder}/`) && /\.tsx?$/.test(file));
			expect(files.flatMap(undocumented)).toEqual([]);
		},
	);
});
