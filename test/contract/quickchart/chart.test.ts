import { crc32, inflateSync } from 'node:zlib';
import type { SimResponse } from '../../../sandbox/simulators/kit';
import { QuickChartSimulator } from '../../../sandbox/simulators/quickchart';

const CHART = {
	type: 'bar',
	data: { labels: ['Leads', 'Bookings', 'Errors'], datasets: [{ label: '2027-03-01', data: [4, 2, 0] }] },
};

interface Chunk {
	name: string;
	content: Buffer;
}

/** Reads a PNG as a viewer does: the signature, then chunks with their checksums (PNG specification, section 5). */
function chunksOf(picture: Buffer): Chunk[] {
	expect(picture.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
	const chunks: Chunk[] = [];
	for (let at = 8; at < picture.length;) {
		const length = picture.readUInt32BE(at);
		const body = picture.subarray(at + 4, at + 8 + length);
		expect(picture.readUInt32BE(at + 8 + length)).toBe(crc32(body));
		chunks.push({ name: body.toString('latin1', 0, 4), content: body.subarray(4) });
		at += 12 + length;
	}
	return chunks;
}

const contentOf = (chunks: Chunk[], name: string) =>
	chunks.find((chunk) => chunk.name === name)?.content ?? Buffer.alloc(0);

describe('QuickChart', () => {
	let quickchart: QuickChartSimulator;
	beforeEach(() => (quickchart = new QuickChartSimulator()));

	const ask = (query: Record<string, string>, method = 'GET', path = '/chart'): SimResponse =>
		quickchart.handle({
			method,
			url: new URL(`https://quickchart.io${path}?${new URLSearchParams(query).toString()}`),
			headers: {},
			text: '',
		});

	it('draws a bar for each number, as high as the number is', () => {
		const { status, headers, body } = ask({ c: JSON.stringify(CHART), width: '90', height: '40' });
		expect([status, headers]).toEqual([200, { 'content-type': 'image/png' }]);
		const chunks = chunksOf(body as Buffer);
		expect(chunks.map(({ name }) => name)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
		const header = contentOf(chunks, 'IHDR');
		expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([90, 40]);
		const pixels = inflateSync(contentOf(chunks, 'IDAT'));
		expect(pixels).toHaveLength(91 * 40);
		// The middle of each bar, from the top of the picture to its bottom; a row begins with its filter.
		const painted = [15, 45, 75].map(
			(x) =>
				Array.from({ length: 40 }, (_, y) => pixels[y * 91 + 1 + x]).filter((pixel) => pixel === 1).length,
		);
		expect(painted).toEqual([40, 20, 0]);
	});

	it('takes the configuration as c or chart, and has a size of its own', () => {
		const [one, other] = [ask({ c: JSON.stringify(CHART) }), ask({ chart: JSON.stringify(CHART) })];
		expect(other).toEqual(one);
		const header = contentOf(chunksOf(one.body as Buffer), 'IHDR');
		expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([500, 300]);
	});

	it.each([
		['nothing', {}],
		['what is no JSON', { c: '{type:' }],
		['a chart without data', { c: '{"type":"bar"}' }],
		['numbers that are no list', { c: '{"type":"bar","data":{"labels":[],"datasets":[{"data":"[1,2]"}]}}' }],
	])('refuses %s', (_, query) => {
		expect(ask(query as Record<string, string>)).toMatchObject({
			status: 400,
			headers: { 'x-quickchart-error': expect.any(String) as string },
		});
		expect(quickchart.state()).toEqual({ charts: [] });
	});

	it('knows no other address or method', () => {
		expect(ask({ c: JSON.stringify(CHART) }, 'GET', '/graph').status).toBe(404);
		expect(ask({ c: JSON.stringify(CHART) }, 'DELETE').status).toBe(404);
	});

	it('keeps what it drew until it is reset, and can be told to be busy', () => {
		ask({ c: JSON.stringify(CHART) });
		expect(quickchart.state()).toEqual({ charts: [CHART] });
		quickchart.reset();
		expect(quickchart.state()).toEqual({ charts: [] });
		expect(quickchart.rateLimited(30).status).toBe(429);
	});
});
