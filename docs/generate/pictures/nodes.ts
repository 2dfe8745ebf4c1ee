import { NodeHelpers, type INodeType } from 'n8n-workflow';
import { loadNodes } from '../sources';
import type { PictureKind } from './kind';

/** What can be seen of a node's panel when it is opened for the first time. */
function panelOf({ description }: INodeType): unknown {
	const { properties, displayName, icon, credentials, version } = description;
	const node = { typeVersion: [version].flat().at(-1) ?? 1 };
	const values = NodeHelpers.getNodeParameters(properties, {}, true, false, node, description) ?? {};
	const fields = properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, node, description),
	);
	const seen = fields.map(({ displayName, type, default: value, placeholder, hint, required }) => ({
		displayName,
		type,
		value,
		placeholder,
		hint,
		required,
	}));
	return { displayName, icon, credentials, seen };
}

/** Each node's panel, under the node's name. */
export const NODES: PictureKind = {
	folder: 'nodes',
	shown: async () => new Map((await loadNodes()).map(({ node }) => [node.description.name, panelOf(node)])),
};
