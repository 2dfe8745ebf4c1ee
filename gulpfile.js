const { copyFile, rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const path = require('node:path');
const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');

const run = (bin, args) =>
	new Promise((resolve, reject) => {
		spawn(process.execPath, [require.resolve(bin), ...args], { stdio: 'inherit' }).on('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`${bin} ended with code ${code}`)),
		);
	});

const clean = () => rm('dist', { recursive: true, force: true });

const compile = () => run('typescript/bin/tsc', ['-p', 'tsconfig.json']);

/** Icons and codex files lie beside the compiled nodes, where n8n looks for them. */
const assets = () =>
	src(['nodes/**/*.svg', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(dest('dist'));

const bundling = {
	bundle: true,
	platform: 'node',
	target: 'node20',
	format: 'cjs',
	legalComments: 'none',
	absWorkingDir: __dirname,
	allowOverwrite: true,
};

/** Only what lies in the folder itself; everything else stays an import. */
const ownFolder = {
	name: 'own-folder',
	setup: ({ onResolve }) =>
		onResolve({ filter: /^[^.]|^\.\./ }, ({ kind, path: target }) =>
			kind === 'entry-point' ? undefined : { path: target, external: true },
		),
};

/**
 * A folder that is entered by its index becomes that one file: n8n loads all nodes at its start, and what that takes is
 * for the most part finding, reading and compiling many small modules. What an index holds is no file any more, so a
 * way around it fails as soon as the node is loaded.
 */
const joinFolders = async () => {
	const { metafile } = await esbuild.build({
		...bundling,
		entryPoints: ['./lib/**/index.ts', './nodes/**/index.ts'],
		outdir: 'dist',
		outbase: '.',
		plugins: [ownFolder],
		metafile: true,
	});
	const joined = Object.keys(metafile.inputs).filter((file) => path.basename(file) !== 'index.ts');
	await Promise.all(joined.map((file) => rm(path.join('dist', file.replace(/ts$/, 'js')))));
};

/**
 * The published package has no runtime dependencies: libphonenumber-js and its metadata are bundled into
 * dist/lib/phone.js. Its console calls are dropped because n8n's scanner refuses `console` in a tarball.
 */
const bundlePhone = () =>
	esbuild.build({
		...bundling,
		entryPoints: ['lib/phone.ts'],
		outfile: 'dist/lib/phone.js',
		external: ['n8n-workflow'],
		drop: ['console'],
		banner: {
			js: '/*! Contains libphonenumber-js, MIT, Copyright (c) 2016 @catamphetamine; notice in libphonenumber-js.LICENSE */',
		},
	});

/** What the bundle holds already. */
const prune = () => Promise.all(['phone-rules', 'phone-text'].map((part) => rm(`dist/lib/${part}.js`)));

/** MIT asks that the licence travels with the copy. */
const licences = () =>
	copyFile(
		path.join(path.dirname(require.resolve('libphonenumber-js/package.json')), 'LICENSE'),
		'dist/lib/libphonenumber-js.LICENSE',
	);

exports.build = series(clean, compile, assets, joinFolders, bundlePhone, prune, licences);
