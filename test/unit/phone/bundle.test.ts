import path from 'node:path';
import { build } from 'esbuild';
import type * as phone from '../../../lib/phone';

const root = path.resolve(__dirname, '../../..');

/** As gulpfile.js bundles it for the tarball. */
const bundled = async () => {
	const { outputFiles } = await build({
		entryPoints: ['lib/phone.ts'],
		bundle: true,
		write: false,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		drop: ['console'],
		absWorkingDir: root,
	});
	return outputFiles[0]?.text ?? '';
};

/** Runs the bundle where nothing can be required. */
const load = (source: string) => {
	const module = { exports: {} as typeof phone };
	const refuse = (name: string) => {
		throw new Error(`${name} is not in the bundle`);
	};
	new Function('module', 'exports', 'require', source)(module, module.exports, refuse);
	return module.exports;
};

describe('the bundled lib/phone', () => {
	it('brings the library and its metadata with it, in less than 300 kB', async () => {
		const source = await bundled();
		expect(source.length).toBeLessThan(300_000);
		expect(load(source).identityKey('551187654321@c.us')).toBe('+5511987654321');
	});

	it('makes the metadata when the first number comes, not when it is loaded', async () => {
		const source = await bundled();
		const reader = 'module2.exports = { version: 4';
		expect(source).toContain(reader);
		const broken = load(source.replace(reader, 'throw new Error("metadata made"); 0, { version: 4'));
		expect(() => broken.identityKey('+48601234567')).toThrow('metadata made');
	});
});
