import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const statusOf = (pid: number) => `/proc/${pid}/status`;

function kilobytes(pid: number, field: string): number | undefined {
	if (!existsSync(statusOf(pid))) return undefined;
	const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(statusOf(pid), 'utf8'));
	return found ? Number(found[1]) : undefined;
}

/** What a process holds now, in kilobytes; undefined where the system does not say (anything but Linux). */
export const residentKilobytes = (pid: number): number | undefined => kilobytes(pid, 'VmRSS');

/**
 * Watches a process's highest memory from now on.
 *
 * @returns tells by how many kilobytes it rose; undefined where the system does not say
 */
export function watchPeak(pid: number): () => number | undefined {
	const before = residentKilobytes(pid);
	// 5 sets the high-water mark back to what is in use (proc(5), clear_refs).
	if (before !== undefined) writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return () => {
		const peak = kilobytes(pid, 'VmHWM');
		return before === undefined || peak === undefined ? undefined : Math.max(0, peak - before);
	};
}

/** The kernel counts a process's work in hundredths of a second (proc(5), sysconf CLK_TCK). */
const TICK_MILLISECONDS = 10;

/** How long processors have worked for a process, in milliseconds; undefined where the system does not say. */
export function workedMilliseconds(pid: number): number | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	// The second field is a name in brackets, which may hold spaces.
	const fields = readFileSync(file, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MILLISECONDS;
}
