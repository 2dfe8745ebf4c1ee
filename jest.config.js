/** One project a suite; swc strips the types (checked by `npm run typecheck`). */
const common = {
	testEnvironment: 'node',
	// nock's interceptors outlive a test file; jest would warn of each touch.
	testEnvironmentOptions: { globalsCleanup: 'off' },
	transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
	setupFiles: ['<rootDir>/test/support/quiet.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/sandbox/.home'],
};

const suite = (name, extra = {}) => ({
	...common,
	displayName: name,
	testMatch: [`<rootDir>/test/${name}/*.test.ts`],
	setupFilesAfterEnv: ['<rootDir>/test/support/release.ts'],
	...extra,
});

/** Packages that are ES modules only; jest runs CommonJS. */
const withModules = {
	transform: {
		'^.+\\.(ts|js)$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!(github-slugger)/)'],
};

/** mockttp, the sandbox's proxy, depends on packages that are ES modules only; jest runs CommonJS. */
const withSandbox = {
	setupFilesAfterEnv: [],
	transform: {
		'^.+\\.(ts|js|mjs)$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: ['/node_modules/(?!(get-port|milliparsec)/)'],
};

/** Properties are tried with inputs of one seed. */
const withProperties = { setupFiles: [...common.setupFiles, '<rootDir>/test/support/properties.ts'] };

/** Chosen flows are tested in one n8n; all of them in two, each with half of them. */
const CHOSEN_FLOWS = '<rootDir>/test/flows/first-half.test.ts';

module.exports = {
	maxWorkers: '100%',
	// n8n-core keeps what it loads; a worker that grew starts afresh.
	workerIdleMemoryLimit: '1GB',
	projects: [
		suite('unit', { ...withModules, ...withProperties }),
		suite('contract'),
		suite('house'),
		suite('load'),
		suite('fuzz', withProperties),
		suite('flows', process.env.FRONTDESK_FLOWS ? { ...withSandbox, testMatch: [CHOSEN_FLOWS] } : withSandbox),
		suite('queue', withSandbox),
		suite('faults', withSandbox),
		suite('install', withSandbox),
		suite('editor', withSandbox),
		suite('console', withSandbox),
	],
};
