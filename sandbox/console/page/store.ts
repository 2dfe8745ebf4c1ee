import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Topics } from '../model';

/** What the server has told so far. */
export type Told = Partial<Topics>;

/** Follows the server's events. @returns what it has told, and whether it can be heard */
export function useTopics(): { told: Told; isConnected: boolean } {
	const [told, setTold] = useState<Told>({});
	const [isConnected, setConnected] = useState(true);
	useEffect(() => {
		const events = new EventSource('/events');
		events.onopen = () => setConnected(true);
		events.onerror = () => setConnected(false);
		events.onmessage = ({ data }: MessageEvent<string>) => {
			const { topic, value } = JSON.parse(data) as { topic: keyof Topics; value: unknown };
			setTold((before) => ({ ...before, [topic]: value }));
		};
		return () => events.close();
	}, []);
	return { told, isConnected };
}

async function ask<Result>(action: string, values: object): Promise<Result> {
	const response = await fetch(`/api/${action}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(values),
	});
	const answer = (await response.json()) as { result: Result; error?: string };
	if (answer.error !== undefined) throw new Error(answer.error);
	return answer.result;
}

/** An action of the server's, with where it stands. */
export interface Asking {
	isBusy: boolean;
	error?: string;
	/** Asks; resolves with the answer, or with undefined where it failed, which `error` then says. */
	run<Result = unknown>(action: string, values?: object): Promise<Result | undefined>;
}

/** For one control: asks the server, and knows whether it is still asking and what went wrong. */
export function useAsk(): Asking {
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<string>();
	const run = useCallback(async <Result>(action: string, values: object = {}) => {
		setBusy(true);
		setError(undefined);
		try {
			return await ask<Result>(action, values);
		} catch (cause) {
			setError((cause as Error).message);
			return undefined;
		} finally {
			setBusy(false);
		}
	}, []);
	return { isBusy, error, run };
}
