/** One project a suite; swc strips the types (checked by `npm run typecheck`). */
const common = {
	testEnvironment: 'node',
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	setupFiles: ['<rootDir>/test/support/quiet.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/sandbox/.home'],
};

const suite = (name, extra = {}) => ({
	...common,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	...extra,
});

/** mockttp, the sandbox's proxy, depends on packages that are ES modules only; jest runs CommonJS. */
const withSandbox = {
	transform: {
		'^.+\\.(ts|js|mjs)$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!(get-port|milliparsec)/)'],
};

module.exports = {
	projects: [suite('unit'), suite('contract'), suite('flows', withSandbox), suite('editor', withSandbox)],
};
