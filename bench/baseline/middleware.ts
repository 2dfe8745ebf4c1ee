import axios, { type Method } from 'axios';
import express from 'express';
import createProxyAgent from 'https-proxy-agent';

/**
 * What a company has that wrote its own middleware, in the manner of the seeds' documents: Express, axios, one handler a
 * webhook, the provider's calls one after another, a JSON answer. Which calls those are it is told, so that they are the
 * very ones that the flow makes.
 */
interface ProviderCall {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

const calls = JSON.parse(process.env.BENCH_CALLS ?? '[]') as ProviderCall[];
// The sandbox's proxy is the only way out, as for n8n.
const agent = createProxyAgent(String(process.env.HTTPS_PROXY));

const app = express();
app.use(express.json());

app.post('/booking-availability', async (_request, response) => {
	try {
		const answers: unknown[] = [];
		for (const { method, url, headers, body } of calls) {
			const { data } = await axios.request<unknown>({
				method: method as Method,
				url,
				headers,
				...(body && { data: body }),
				httpsAgent: agent,
				proxy: false,
			});
			answers.push(data);
		}
		response.json({ success: true, available_slots: answers.at(-1) });
	} catch (error) {
		response.status(500).json({ success: false, error: (error as Error).message });
	}
});

app.post('/nothing', (_request, response) => {
	response.json({ success: true });
});

const server = app.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as { port: number };
	process.stdout.write(`${port}\n`);
});
