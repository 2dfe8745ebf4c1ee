import type { Topics } from './model';

type Listener = (message: string) => void;
type Topic = keyof Topics;

const LOOK_MILLISECONDS = 250;

/** Tells listeners of every topic that has changed, as JSON `{ topic, value }`. */
export class Live {
	private readonly topics = new Map<Topic, () => unknown>();
	private readonly told = new Map<Topic, string>();
	private readonly listeners = new Set<Listener>();
	private readonly timer = setInterval(() => this.look(), LOOK_MILLISECONDS);

	/** @param read gives what the topic stands at; called several times a second */
	watch<Name extends Topic>(topic: Name, read: () => Topics[Name]): void {
		this.topics.set(topic, read);
	}

	/** Whether anybody listens. */
	get isHeard(): boolean {
		return this.listeners.size > 0;
	}

	/** Tells everything as it stands, and from then on what changes. @returns what ends it */
	listen(listener: Listener): () => void {
		this.look();
		for (const message of this.told.values()) listener(message);
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Looks at once, without waiting for the next time. */
	look(): void {
		for (const [topic, read] of this.topics) {
			const message = JSON.stringify({ topic, value: read() });
			if (this.told.get(topic) === message) continue;
			this.told.set(topic, message);
			for (const listener of this.listeners) listener(message);
		}
	}

	/** Looks no more. */
	close(): void {
		clearInterval(this.timer);
		this.listeners.clear();
	}
}
