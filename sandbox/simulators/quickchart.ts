import { crc32, deflateSync } from 'node:zlib';
import { json, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { quickchartPanel } from './quickchart-panel';

interface Chart {
	type: string;
	data: { labels: string[]; datasets: Array<{ label?: string; data: number[] }> };
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const WHITE = 0;
const BLUE = 1;
const PALETTE = Buffer.from([0xff, 0xff, 0xff, 0x00, 0x72, 0xb2]);

/** A chunk of a PNG file: length, name, content, CRC-32 of name and content (PNG specification, section 5.3). */
function chunk(name: string, content: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	const crc = Buffer.alloc(4);
	crc.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, crc]);
}

/** Bars as a PNG with a palette of two colours. */
function drawn(values: number[], width: number, height: number): Buffer {
	const most = Math.max(1, ...values);
	const slot = width / Math.max(1, values.length);
	const rows = Array.from({ length: height }, (_, y) => {
		const row = Buffer.alloc(width + 1, WHITE);
		for (const [index, value] of values.entries()) {
			if (height - y > (value / most) * height) continue;
			row.fill(BLUE, 1 + Math.round(slot * (index + 0.2)), 1 + Math.round(slot * (index + 0.8)));
		}
		return row;
	});
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	return Buffer.concat([
		PNG_SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', PALETTE),
		chunk('IDAT', deflateSync(Buffer.concat(rows))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chartIn(text: string | null): Chart | undefined {
	try {
		const chart = JSON.parse(text ?? '') as Partial<Chart>;
		const drawable = chart.data?.datasets?.every(({ data }) => Array.isArray(data));
		return drawable ? (chart as Chart) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * QuickChart's GET /chart (quickchart.io/documentation): a Chart.js configuration in `c` or `chart`, answered with a
 * picture; bars only, the first dataset. What it was asked to draw is kept.
 */
export class QuickChartSimulator implements Simulator {
	readonly name = 'quickchart';
	readonly hosts = ['quickchart.io'];
	private charts: Chart[] = [];

	handle({ method, url }: SimRequest): SimResponse {
		if (method !== 'GET' || url.pathname !== '/chart') return json(404, { error: 'Not found' });
		const chart = chartIn(url.searchParams.get('chart') ?? url.searchParams.get('c'));
		if (!chart)
			return { status: 400, headers: { 'x-quickchart-error': 'Invalid chart' }, body: 'Invalid chart' };
		this.charts.push(chart);
		const size = (name: string, usual: number) => Number(url.searchParams.get(name) ?? usual);
		const picture = drawn(chart.data.datasets[0]?.data ?? [], size('width', 500), size('height', 300));
		return { status: 200, headers: { 'content-type': 'image/png' }, body: picture };
	}

	rateLimited(seconds: number): SimResponse {
		return { status: 429, headers: { 'retry-after': String(seconds) }, body: 'Rate limit exceeded' };
	}

	reset(): void {
		this.charts = [];
	}

	state(): unknown {
		return { charts: this.charts };
	}
}

/** QuickChart asks for no account. */
export const sandbox: SandboxEntry = { create: () => new QuickChartSimulator(), panel: quickchartPanel };
