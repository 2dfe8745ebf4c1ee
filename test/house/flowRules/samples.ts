import type { Rule } from './book';

/** Triggers that wait for somebody else's call; the others are started by the clock, a form, a flow or a click. */
const WAITING = /^(n8n-nodes-frontdesk\.\w+Trigger|n8n-nodes-base\.(webhook|calTrigger|calendlyTrigger))$/;

/** Triggers without one sample to try the flow with, and samples of nodes that need none. */
export const samplesAreThere: Rule = ({ flow: { nodes, pinData = {} } }) => {
	const waiting = nodes.filter(({ type }) => WAITING.test(type)).map(({ name }) => name);
	return [
		...waiting
			.filter((name) => pinData[name]?.length !== 1)
			.map((name) => `${name} holds ${pinData[name]?.length ?? 0} samples, not one`),
		...Object.keys(pinData)
			.filter((name) => !waiting.includes(name))
			.map((name) => `pinData holds data of ${name}, which is no trigger that waits for a call`),
	];
};
