import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';

const PICTURES = path.resolve(__dirname, '../../pictures');

/** Pictures of one kind, taken by `npm run docs:pictures`; a list beside them says what each was made of. */
export interface PictureKind {
	/** Their folder in `docs/pictures`. */
	folder: string;
	/** What can be seen on each, by its name; a picture is stale when that has changed. */
	shown(): Promise<Map<string, unknown>>;
}

/** A picture's file. */
export const pictureFile = ({ folder }: PictureKind, name: string): string =>
	path.join(PICTURES, folder, `${name}.png`);

const listFile = ({ folder }: PictureKind) => path.join(PICTURES, folder, 'list.json');

/** The hashes that pictures were made of, by name. */
export function pictured(kind: PictureKind): Record<string, string> {
	const file = listFile(kind);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}

/** The hashes of what pictures would show now, by name. */
export async function current(kind: PictureKind): Promise<Record<string, string>> {
	const hashes = [...(await kind.shown())].map(([name, shown]) => [
		name,
		createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16),
	]);
	return Object.fromEntries(hashes) as Record<string, string>;
}

/** Pictures that are missing or show what is no more, and those whose subject is gone. */
export async function stalePictures(kind: PictureKind): Promise<string[]> {
	const [before, now] = [pictured(kind), await current(kind)];
	const stale = Object.keys(now).filter(
		(name) => before[name] !== now[name] || !existsSync(pictureFile(kind, name)),
	);
	return [...stale, ...Object.keys(before).filter((name) => !(name in now))];
}

/** Writes down what pictures were made of. */
export async function note(kind: PictureKind, hashes: Record<string, string>): Promise<void> {
	const sorted = Object.fromEntries(Object.entries(hashes).sort());
	writeFileSync(listFile(kind), await format(JSON.stringify(sorted), { parser: 'json' }));
}
