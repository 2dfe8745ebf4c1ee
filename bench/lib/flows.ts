import { flowNames, readFlow } from '../../workflows/build/files';
import { calledFlows, ERROR_FLOW } from '../../workflows/build/links';

/** Folders of the given flows, of those they call, directly or through one another, and of the one that hears of errors. */
export function withCalled(folders: string[]): string[] {
	const all = new Map(flowNames().map((folder) => [readFlow(folder).name, folder]));
	const found = new Set<string>();
	const add = (folder: string) => {
		if (found.has(folder)) return;
		found.add(folder);
		for (const name of calledFlows(readFlow(folder))) add(all.get(name) ?? name);
	};
	if (folders.length > 0) [...folders, all.get(ERROR_FLOW) ?? ERROR_FLOW].forEach(add);
	return [...found];
}
