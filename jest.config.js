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

module.exports = {
	projects: [suite('unit'), suite('contract'), suite('flows'), suite('editor')],
};
