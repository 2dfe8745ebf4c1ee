import { Script } from 'node:vm';
import { Tournament } from '@n8n/tournament';
import { evaluatedTexts, workingNodes, type PlacedText, type Rule } from './book';

const parser = new Tournament();

function syntaxError(parse: () => unknown): string | undefined {
	try {
		parse();
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

function problemOf({ at, text }: PlacedText): string | undefined {
	if (at === 'jsCode') return syntaxError(() => new Script(`async () => {${text}\n}`));
	if (!text.includes('{{')) return 'starts with "=" and has no {{ }}';
	return syntaxError(() => parser.getExpressionCode(text.slice(1)));
}

/** Expressions that n8n's parser refuses, those that evaluate nothing, and code that does not compile. */
export const expressionsParse: Rule = ({ flow }) =>
	evaluatedTexts(flow).flatMap((placed) => {
		const problem = problemOf(placed);
		return problem ? [`${placed.node}: ${placed.at}: ${problem}`] : [];
	});

const BARE_SPREAD = /\.\.\.\s*(\$\w+)(?=\s*[,}\])])/g;

/**
 * Variables of n8n that stand alone after "...": n8n 2.35 and the first 2.36 (@n8n/tournament 1.9.0) look them up only
 * elsewhere, and the whole expression gives nothing. A function's own variables are no matter, nor is code.
 */
export const spreadsAreKnown: Rule = ({ flow }) =>
	evaluatedTexts(flow)
		.filter(({ at }) => at !== 'jsCode')
		.flatMap(({ node, at, text }) =>
			[...text.matchAll(BARE_SPREAD)].map(
				([, variable]) =>
					`${node}: ${at}: ...${variable}: hand it to a function, and spread that one's variable`,
			),
		);

const NODE_NAME =
	/\$(?:\(|node\[|items\()\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;

/** Nodes named in expressions that the flow does not have. */
export const namedNodesExist: Rule = ({ flow }) => {
	const names = workingNodes(flow).map(({ name }) => name);
	return evaluatedTexts(flow).flatMap(({ node, at, text }) =>
		[...text.matchAll(NODE_NAME)]
			.map(([, single, double, back]) => (single ?? double ?? back ?? '').replace(/\\(.)/g, '$1'))
			.filter((name) => !names.includes(name))
			.map((name) => `${node}: ${at}: there is no node "${name}"`),
	);
};
