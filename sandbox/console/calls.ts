import type { House } from '../src/house';
import type { LastCall } from './model';

interface Call {
	at: string;
	what: string;
	/** @returns the answer's status */
	again: () => Promise<number>;
}

/** The last call that n8n got from outside, by a provider or by what the console plays itself. */
export class Calls {
	private own?: Call;
	private repeated?: LastCall['repeated'];

	constructor(private readonly house: House) {}

	/** Keeps a call that no simulated provider makes. */
	note(what: string, again: () => Promise<number>): void {
		this.own = { at: new Date().toISOString(), what, again };
		this.repeated = undefined;
	}

	private get last(): Call | undefined {
		const sent = this.house.sent.last;
		if (!sent || (this.own && this.own.at > sent.at)) return this.own;
		return {
			at: sent.at,
			what: `${this.house.panels.get(sent.provider)?.title ?? sent.provider} → ${new URL(sent.url).pathname}`,
			again: async () => await this.house.repeat(sent),
		};
	}

	/** What it was, for the page. */
	get state(): LastCall | null {
		const { last, repeated } = this;
		if (!last) return null;
		const isOwn = repeated && repeated.at >= last.at;
		return { at: last.at, what: last.what, ...(isOwn && { repeated }) };
	}

	/**
	 * Makes it once more, to the letter.
	 *
	 * @throws Error where there was none yet, or nobody answers
	 */
	async again(): Promise<void> {
		const { last } = this;
		if (!last) throw new Error('Nothing has called n8n yet');
		const status = await last.again();
		this.repeated = { at: new Date().toISOString(), status };
	}
}
