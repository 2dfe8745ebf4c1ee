import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { House } from '../../sandbox/src/house';
import { ROOT } from '../../sandbox/src/paths';
import type { ChainNode } from '../../sandbox/src/chain';
import type { Simulator } from '../../sandbox/simulators/kit';
import { honestCost } from './costs';
import { Rig } from './rig';

export interface LabOptions {
	/** Small sizes and few rounds. */
	quick: boolean;
	/** Writes processor profiles of n8n to artifacts/profiles. */
	profile?: boolean;
	/** Settings of n8n, as environment variables. */
	env?: Record<string, string>;
	/** Folders of the flows to import. */
	flows: string[];
	/** Queue mode in place of one process. */
	queue?: true;
}

const PROFILES = path.join(ROOT, 'artifacts', 'profiles');

/** Garbage is collected on demand, or memory would be measured by what happens to lie around. */
function nodeOptions(profile = false): string {
	const collecting = `--require "${path.join(__dirname, 'collect-on-signal.cjs')}"`;
	if (!profile) return collecting;
	mkdirSync(PROFILES, { recursive: true });
	return `${collecting} --cpu-prof "--cpu-prof-dir=${PROFILES}"`;
}

/** A sandbox of its own with honest costs: where everything is measured. */
export class Lab {
	private constructor(
		readonly house: House,
		readonly options: LabOptions,
	) {}

	static async open(options: LabOptions): Promise<Lab> {
		const env = { NODE_OPTIONS: nodeOptions(options.profile), ...options.env };
		const house = await House.open({ env, flows: options.flows, queue: options.queue });
		house.world.cost = honestCost;
		return new Lab(house, options);
	}

	async close(): Promise<void> {
		await this.house.close();
	}

	/** The first size, or the second one where it has to be quick. */
	size(full: number, quick: number): number {
		return this.options.quick ? quick : full;
	}

	/** The provider of that name. */
	simulated<Provider extends Simulator>(name: string): Provider {
		return this.house.provider<Provider>(name);
	}

	/** A flow that does one thing to all its items. */
	async rig(name: string, nodes: ChainNode[]): Promise<Rig> {
		return await Rig.build(this.house, name, nodes);
	}

	/** Waits until n8n runs nothing any more. */
	async untilIdle(): Promise<void> {
		await this.house.untilIdle(120);
	}
}
