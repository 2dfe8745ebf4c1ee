import { Progress } from '../../sandbox/src/shell';

let written: string[];
const { isTTY } = process.stdout;

beforeEach(() => {
	jest.useFakeTimers();
	written = [];
	process.stdout.isTTY = false;
	jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
		written.push(String(text).trim());
		return true;
	});
});

afterEach(() => {
	jest.restoreAllMocks();
	process.stdout.isTTY = isTTY;
	jest.useRealTimers();
});

it('tells every quarter of a minute where the work stands', () => {
	const progress = new Progress('Starting');
	progress.at('the house');
	jest.advanceTimersByTime(40_000);
	progress.done();
	expect(written).toEqual([
		'Starting …',
		'Starting … the house (0:16)',
		'Starting … the house (0:32)',
		'Starting: done (0:40)',
	]);
});

it('leaves the line to the work within', () => {
	const outer = new Progress('Starting');
	const inner = new Progress('Installing');
	jest.advanceTimersByTime(16_000);
	inner.done();
	jest.advanceTimersByTime(1000);
	outer.done();
	expect(written).toEqual([
		'Starting …',
		'Installing …',
		'Installing … (0:16)',
		'Installing: done (0:16)',
		'Starting … (0:17)',
		'Starting: done (0:17)',
	]);
});
