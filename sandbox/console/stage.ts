import type { House } from '../src/house';
import { type Scenario, scenarios } from '../src/scenario';
import type { Play } from './model';

/** Where scenarios are played, one at a time. */
export class Stage {
	private stories: Scenario[] = [];
	private title?: string;
	private since?: string;
	private lines: Play['lines'] = [];

	constructor(private readonly house: House) {}

	/** Finds the scenarios. */
	async open(): Promise<void> {
		this.stories = await scenarios();
	}

	/** What is played, and how it ended. */
	get state(): Play {
		const titles = this.stories.map(({ title }) => title);
		return { titles, title: this.title, since: this.since, lines: this.lines };
	}

	/**
	 * Plays a scenario to its end; what does not arrive is in its lines.
	 *
	 * @throws Error where there is no such scenario, or one is being played
	 */
	async play(title: string): Promise<void> {
		const story = this.stories.find((one) => one.title === title);
		if (!story) throw new Error(`There is no scenario "${title}"`);
		if (this.since) throw new Error('A scenario is being played already');
		Object.assign(this, { title, since: new Date().toISOString(), lines: [] });
		try {
			this.lines = await story.play(this.house);
		} catch (error) {
			this.lines = [{ where: 'Scenario', what: (error as Error).message, arrived: false }];
		} finally {
			this.since = undefined;
		}
	}
}
