import { buffer } from 'node:stream/consumers';
import { Header, Pack, ReadEntry } from 'tar';
import type { PackageFile } from './package';

const LONG_AGO = new Date(0);
const MODE = 0o644;

function entryOf({ path, text }: PackageFile): ReadEntry {
	const content = Buffer.from(text);
	const header = new Header({ path, size: content.length, mode: MODE, mtime: LONG_AGO, type: 'File' });
	const entry = new ReadEntry(header);
	entry.end(content);
	return entry;
}

/** Packs files into a gzipped tar whose bytes depend on nothing but the files. */
export async function archive(files: PackageFile[]): Promise<Buffer> {
	const pack = new Pack({ gzip: { portable: true }, mtime: LONG_AGO });
	for (const file of files) pack.write(entryOf(file));
	pack.end();
	return await buffer(pack);
}
