import { flowNames, readFlow } from '../../../workflows/build/files';
import type { PictureKind } from './kind';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** What can be seen of a flow on n8n's canvas: nodes, their places and operations, notes, connections. */
function canvasOf(folder: string): unknown {
	const { nodes, connections, pinData = {} } = readFlow(folder);
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
	const pinned = Object.keys(pinData);
	return { seen, connections, ...(pinned.length > 0 && { pinned }) };
}

/** Each flow's canvas, under the name of its folder. */
export const FLOWS: PictureKind = {
	folder: 'flows',
	shown: async () => new Map(flowNames().map((folder) => [folder, canvasOf(folder)])),
};
