import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { flowNames, readFlow } from '../../workflows/build/files';

const ROOT = path.resolve(__dirname, '../..');
/** Where the flows' pictures are. */
export const FLOW_PICTURES = path.join(ROOT, 'docs', 'pictures', 'flows');
/** Says what each picture was made of. */
export const PICTURE_LIST = path.join(FLOW_PICTURES, 'list.json');

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** A hash of what can be seen of a flow on n8n's canvas: nodes, their places and operations, notes, connections. */
export function canvasHash(folder: string): string {
	const { nodes, connections } = readFlow(folder);
	const seen = nodes.map(({ name, type, position, parameters, onError }) => {
		const { operation, resource } = parameters;
		return {
			name,
			type,
			position,
			onError,
			shown: type === STICKY_NOTE ? parameters : { operation, resource },
		};
	});
	return createHash('sha256').update(JSON.stringify({ seen, connections })).digest('hex').slice(0, 16);
}

/** The hashes that the pictures were made of, by folder. */
export const pictured = (): Record<string, string> =>
	existsSync(PICTURE_LIST) ? (JSON.parse(readFileSync(PICTURE_LIST, 'utf8')) as Record<string, string>) : {};

/** Flows whose picture is missing or shows another state, and pictures of flows that are gone. */
export function stalePictures(): string[] {
	const hashes = pictured();
	const folders = flowNames();
	const stale = folders.filter(
		(folder) =>
			hashes[folder] !== canvasHash(folder) || !existsSync(path.join(FLOW_PICTURES, `${folder}.png`)),
	);
	return [...stale, ...Object.keys(hashes).filter((folder) => !folders.includes(folder))];
}
