import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import boundaries from 'eslint-plugin-boundaries';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const allOf = (config) => n8nNodesBase.configs[config].rules;

/** One entry a room; who may know whom is in docs/architecture.md. */
const rooms = [
	{ type: 'credentials', pattern: 'credentials/**' },
	{ type: 'node', pattern: 'nodes/*', capture: ['provider'] },
	// The whole path, or the lib of another room would count as this one.
	{ type: 'lib', pattern: 'lib/**', partialMatch: false },
	{ type: 'bench', pattern: 'bench/**', partialMatch: false },
	{ type: 'simulators', pattern: 'sandbox/simulators/**' },
	{ type: 'sandbox', pattern: 'sandbox/src/**' },
	{ type: 'console', pattern: 'sandbox/console/**' },
	{ type: 'scenarios', pattern: 'sandbox/scenarios/**' },
	{ type: 'workflows', pattern: 'workflows/build/**' },
	{ type: 'test', pattern: 'test/**' },
	{ type: 'docs', pattern: 'docs/**' },
	{ type: 'release', pattern: 'release/**' },
];

const element = (type, captured) => ({ element: { type, ...(captured && { captured }) } });
const mayKnow = (from, ...targets) => ({
	from: element(from),
	allow: targets.map((to) => ({ to: typeof to === 'string' ? element(to) : to })),
});

const walls = [
	mayKnow('node', 'lib', element('node', { provider: '{{from.element.captured.provider}}' })),
	mayKnow('lib', 'lib'),
	mayKnow('simulators', 'simulators'),
	mayKnow('workflows', 'workflows'),
	mayKnow('sandbox', 'sandbox', 'console', 'simulators', 'workflows'),
	mayKnow('console', 'console', 'sandbox', 'simulators', 'workflows'),
	mayKnow('scenarios', 'scenarios', 'sandbox', 'simulators'),
	mayKnow(
		'docs',
		'docs',
		'test',
		'sandbox',
		'console',
		'simulators',
		'lib',
		'node',
		'credentials',
		'workflows',
	),
	mayKnow('release', 'release', 'docs', 'test', 'sandbox', 'simulators', 'workflows', 'credentials', 'node'),
	mayKnow('bench', 'bench', 'sandbox', 'simulators', 'lib', 'workflows'),
	mayKnow(
		'test',
		'test',
		'docs',
		'release',
		'sandbox',
		'console',
		'scenarios',
		'simulators',
		'lib',
		'node',
		'credentials',
		'workflows',
	),
];

export default tseslint.config(
	{ ignores: ['dist', 'artifacts', '**/node_modules', 'sandbox/.home*'] },
	{
		files: ['**/*.{ts,tsx}'],
		extends: [...tseslint.configs.recommended],
		plugins: { boundaries },
		languageOptions: { globals: globals.node },
		settings: {
			'boundaries/elements': rooms,
			'boundaries/include': [
				'{credentials,nodes,lib,sandbox,test,docs,bench,workflows,release}/**/*.{ts,tsx}',
			],
			'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.json'] } },
		},
		rules: {
			'boundaries/dependencies': ['error', { default: 'disallow', policies: walls }],
			'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
			'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
			'no-console': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
		},
	},
	{
		files: ['**/*.node.ts'],
		rules: { 'max-lines': ['error', { max: 120 }] },
	},
	{
		files: ['test/**/*.ts'],
		rules: { 'max-lines-per-function': 'off' },
	},
	{
		files: ['{sandbox,docs,bench,workflows,release}/**/*.ts', 'test/run.ts', 'test/scan/**/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['{nodes,credentials,lib}/**/*.ts'],
		...n8nCommunityNodesPlugin.configs.recommended,
	},
	{
		files: ['package.json'],
		...n8nCommunityNodesPlugin.configs.recommended,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { ...allOf('community'), '@typescript-eslint/no-unused-expressions': 'off' },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...allOf('credentials'),
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		// The rules that n8n's own scanner switches off are off here too.
		rules: {
			...allOf('nodes'),
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['lib/phone.ts'],
		rules: {
			// Bundled into dist/lib/phone.js by the build, so nothing is imported at run time.
			'@n8n/community-nodes/no-restricted-imports': 'off',
		},
	},
);
