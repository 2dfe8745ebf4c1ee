/** Makes a read that is done once and then remembered; one that fails is done again. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
	let remembered: Promise<T> | undefined;
	return async () => {
		remembered ??= read().catch((error: unknown) => {
			remembered = undefined;
			throw error;
		});
		return await remembered;
	};
}
