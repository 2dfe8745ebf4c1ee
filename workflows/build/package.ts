import { flowNames, readFlow, type FlowNode, type WorkflowFile } from './files';
import { steadyId, steadyUuid } from './identity';
import { linkIn, withLinks } from './links';

/** A file of the archive. */
export interface PackageFile {
	path: string;
	text: string;
}

interface Packed {
	id: string;
	folder: string;
	flow: WorkflowFile;
}

/** n8n's package format, as its 2.40 reads and writes it. */
const FORMAT_VERSION = '1';
/** Part of the format; a fixed one, so that equal flows give equal bytes. */
const EXPORTED_AT = '2026-01-01T00:00:00.000Z';
/** Flows that keep their state elsewhere than in Data Tables stand beside the others, under these endings. */
export const STORES = ['redis', 'postgres'] as const;

export type Store = (typeof STORES)[number];

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';

const json = (value: unknown) => `${JSON.stringify(value, null, '\t')}\n`;
const credentialId = (type: string, name: string) => steadyId(`credential/${type}/${name}`);

/** Whether a folder holds another flow's variant for a store. */
export const isVariant = (folder: string): boolean => STORES.some((store) => folder.endsWith(`-${store}`));

/** Which folders go into the package: a flow, or instead of it its variant for a store, which then takes its id. */
function chosenFolders(folders: string[], stores: Store[]): Map<string, string> {
	const plain = folders.filter((folder) => !isVariant(folder));
	return new Map(
		plain.map((folder) => {
			const variants = stores.map((store) => `${folder}-${store}`);
			return [folder, variants.find((variant) => folders.includes(variant)) ?? folder];
		}),
	);
}

/** Credentials by name alone become the ids that the package gives them. */
const withCredentialIds = (node: FlowNode): FlowNode => ({
	...node,
	...(node.credentials && {
		credentials: Object.fromEntries(
			Object.entries(node.credentials).map(([type, { name }]) => [
				type,
				{ id: credentialId(type, name), name },
			]),
		),
	}),
});

function pack(flows: Map<string, WorkflowFile>, stores: Store[]): Packed[] {
	const chosen = [...chosenFolders([...flows.keys()], stores)];
	const flowOf = (folder: string) => flows.get(folder) as WorkflowFile;
	// A variant is called by the name of the flow it stands in for.
	const ids = new Map(chosen.map(([place]) => [flowOf(place).name, steadyId(`workflow/${place}`)]));
	return chosen.map(([place, folder]) => {
		const linked = withLinks(flowOf(folder), ids);
		const flow = { ...linked, nodes: linked.nodes.map(withCredentialIds) };
		return { id: steadyId(`workflow/${place}`), folder: place, flow };
	});
}

/** What the flows need of the n8n they come into, each once with the flows that need it. */
function requirements<Need extends object>(
	packed: Packed[],
	keyOf: (need: Need) => string,
	needsOf: (node: FlowNode) => Need[],
): Array<Need & { usedByWorkflows: string[] }> {
	const known = new Map<string, Need & { usedByWorkflows: string[] }>();
	for (const { id, flow } of packed) {
		for (const need of flow.nodes.flatMap(needsOf)) {
			const entry = known.get(keyOf(need)) ?? { ...need, usedByWorkflows: [] };
			if (!entry.usedByWorkflows.includes(id)) entry.usedByWorkflows.push(id);
			known.set(keyOf(need), entry);
		}
	}
	return [...known].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}

const credentialsOf = (packed: Packed[]) =>
	requirements(
		packed,
		({ id }: { id: string; name: string; type: string }) => id,
		({ credentials = {} }) =>
			Object.entries(credentials).map(([type, { name }]) => ({ id: credentialId(type, name), name, type })),
	);

const nodeTypesOf = (packed: Packed[]) =>
	requirements(
		packed,
		({ type, typeVersion }: Pick<FlowNode, 'type' | 'typeVersion'>) => `${type}@${typeVersion}`,
		({ type, typeVersion }) => [{ type, typeVersion }],
	);

/** n8n switches flows on in the order that these give: called ones first. */
const callsOf = (packed: Packed[]) =>
	requirements(
		packed,
		({ id }: { id: string; name: string }) => id,
		({ parameters }) => {
			const link = linkIn(parameters);
			return link ? [{ id: link.value, name: String(link.cachedResultName) }] : [];
		},
	);

const isStartedByHandOnly = ({ nodes }: WorkflowFile) =>
	nodes.filter(({ type }) => /trigger$/i.test(type)).every(({ type }) => type === MANUAL_TRIGGER);

function filesOf({ id, folder, flow }: Packed): PackageFile[] {
	const { name, nodes, connections, settings } = flow;
	const content = { id, name, nodes, connections, settings, parentFolderId: null, isArchived: false };
	const versionId = steadyUuid(json(content));
	return [
		{ path: `${targetOf({ id, folder })}/workflow.json`, text: json({ ...content, versionId }) },
		{
			path: `${targetOf({ id, folder })}/workflow-metadata.json`,
			text: json({ publishedVersionId: isStartedByHandOnly(flow) ? null : versionId }),
		},
	];
}

const targetOf = ({ id, folder }: { id: string; folder: string }) => `workflows/${folder}-${id}`;

export interface PackageOptions {
	/** The n8n that the flows were made with. */
	n8nVersion: string;
	/** Take each flow's variant for the first of these stores that it has one for. */
	stores?: Store[];
}

/**
 * The files of `frontdesk.n8np`: all flows, linked to one another, with the credentials they name. Ids come from the
 * folders' names, so a later package updates what an earlier one installed.
 *
 * @param flows by folder
 * @returns the manifest first, as n8n wants it
 */
export function packageFiles(
	flows: Map<string, WorkflowFile>,
	{ n8nVersion, stores = [] }: PackageOptions,
): PackageFile[] {
	const packed = pack(flows, stores);
	const manifest = {
		packageFormatVersion: FORMAT_VERSION,
		exportedAt: EXPORTED_AT,
		sourceN8nVersion: n8nVersion,
		sourceId: 'n8n-nodes-frontdesk',
		workflows: packed.map(({ id, folder, flow }) => ({
			id,
			name: flow.name,
			target: targetOf({ id, folder }),
		})),
		requirements: {
			credentials: credentialsOf(packed),
			workflows: callsOf(packed),
			nodeTypes: nodeTypesOf(packed),
		},
	};
	return [{ path: 'manifest.json', text: json(manifest) }, ...packed.flatMap(filesOf)];
}

/** Every flow under workflows/, by folder. */
export const allFlows = (): Map<string, WorkflowFile> =>
	new Map(flowNames().map((folder) => [folder, readFlow(folder)]));
