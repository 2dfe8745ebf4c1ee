/** The parts of sax that the simulators use; the package has no types of its own. */
declare module 'sax' {
	interface Reader {
		onopentag(tag: { name: string; attributes: Record<string, string> }): void;
		onclosetag(): void;
		ontext(text: string): void;
		oncdata(text: string): void;
		onerror(error: Error): void;
		write(text: string): this;
		close(): this;
	}

	export function parser(strict: boolean, options: { strictEntities: boolean }): Reader;
}
