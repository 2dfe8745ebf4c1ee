/**
 * `npm run packages [-- <folder>]`: one package for each service, from the same sources as the whole package, into
 * artifacts/packages. n8n verifies only packages of one service.
 */
import path from 'node:path';
import { makePackage } from './build';
import { services } from './services';

const ROOT = path.resolve(__dirname, '..');

async function main(): Promise<void> {
	const into = path.resolve(process.argv[2] ?? path.join(ROOT, 'artifacts', 'packages'));
	for (const service of await services()) {
		const { name, bundled } = await makePackage(service, into);
		const inside = bundled.length > 0 ? `, with ${bundled.join(', ')}` : '';
		const { nodes, credentials } = service;
		console.log(`${name}: ${nodes.length} nodes, ${credentials.length} credentials${inside}`);
	}
	console.log(`In ${path.relative(process.cwd(), into)}`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
