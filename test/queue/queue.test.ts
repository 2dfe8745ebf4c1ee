import axios from 'axios';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { House } from '../../sandbox/src/house';
import type { N8nQueue } from '../../sandbox/src/n8n-queue';
import { POSTGRES, REDIS } from '../../sandbox/src/database';
import { LEAD_WEBHOOK, sampleLead, SECRET_HEADERS } from '../../sandbox/src/sample';
import { ChatfuelCaller } from '../../sandbox/simulators/chatfuelCaller';
import { callFlow, callFlowOnce } from '../support/callFlow';
import { untilIdle } from '../support/executions';
import { closeHouse, eventually, openHouse, theHouse } from '../support/house';
import { hasQueueServers } from '../support/servers';

jest.setTimeout(180_000);

const FLOWS = ['lead-consultation', 'claim-once'];

const services = () => (theHouse().n8n as N8nQueue).services;

async function query<Row extends object>(database: string, sql: string): Promise<Row[]> {
	const client = new Client({ ...POSTGRES, database });
	await client.connect();
	try {
		return (await client.query<Row>(sql)).rows;
	} finally {
		await client.end();
	}
}

const bot = (attributes: Record<string, string>) =>
	new ChatfuelCaller({
		url: theHouse().webhook(LEAD_WEBHOOK),
		headers: SECRET_HEADERS,
		attributes,
		timeoutSeconds: 60,
	});

const deliveries = async () =>
	await theHouse().editor.rows<{ leadKey: string; status: string }>('frontdesk_deliveries');

const claim = (key: string) => ({
	tenant: 'main',
	key,
	provider: 'calcom',
	type: 'created',
	withinMinutes: 0,
});

(hasQueueServers() ? describe : describe.skip)('Queue mode', () => {
	beforeAll(async () => {
		await openHouse({ queue: true, flows: FLOWS });
		await theHouse().untilListening(LEAD_WEBHOOK);
	}, 600_000);
	afterAll(closeHouse, 60_000);

	it('answers a lead at the webhook process, and a worker tells everybody', async () => {
		const turn = await bot(sampleLead(123_456)).call({ kind: 'profile' });
		expect(turn).toMatchObject({ status: 200, faults: [], set: { 'lead saved': 'yes' } });
		await untilIdle();
		expect((await deliveries()).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'sent']);
		const production = `${theHouse().n8n.url}/webhook/${LEAD_WEBHOOK}`;
		const atMain = await axios.post(production, {}, { proxy: false, validateStatus: () => true });
		expect(atMain.status).toBe(404);
	});

	it('keeps claims in PostgreSQL, where eight at once on two workers have one winner, ten times', async () => {
		for (let race = 0; race < 10; race++) {
			const claims = await Promise.all(
				Array.from({ length: 8 }, async () => {
					return await callFlowOnce<{ first: boolean }>('claim-once', claim(`race ${race}`));
				}),
			);
			expect(claims.filter(({ first }) => first)).toHaveLength(1);
		}
		const [kept] = await query<{ count: string }>(
			services().database,
			`SELECT count(*) FROM frontdesk_events WHERE "eventKey" LIKE 'race %'`,
		);
		expect(kept?.count).toBe('10');
		expect(await theHouse().editor.rows('frontdesk_events')).toEqual([]);
	});

	it.each(['worker 1', 'webhook', 'main'])('serves leads again after the %s was killed', async (name) => {
		const house = theHouse();
		await house.kill(name);
		if (name === 'worker 1') {
			const turn = await bot(sampleLead()).call({ kind: 'profile' });
			expect(turn).toMatchObject({ status: 200, set: { 'lead saved': 'yes' } });
		}
		await house.restart(name);
		await house.untilListening(LEAD_WEBHOOK);
		const turn = await bot(sampleLead()).call({ kind: 'profile' });
		expect(turn).toMatchObject({ status: 200, set: { 'lead saved': 'yes' } });
		expect(await callFlow('claim-once', [claim(`after ${name}`)])).toHaveLength(1);
	});

	it('takes database and queue away when it closes', async () => {
		await untilIdle();
		const { database, prefix } = services();
		await closeHouse();
		expect(await query('postgres', `SELECT 1 FROM pg_database WHERE datname = '${database}'`)).toEqual([]);
		const redis = new Redis(REDIS);
		expect(await eventually(async () => await redis.keys(`*${prefix}*`))).toEqual([]);
		redis.disconnect();
	});

	it.each([
		['Redis', { redis: { ...REDIS, port: 1 }, postgres: POSTGRES }],
		['PostgreSQL', { redis: REDIS, postgres: { ...POSTGRES, port: 1 } }],
	])('says in one line what to start where there is no %s', async (name, queue) => {
		const home = await import('node:os').then(({ tmpdir }) => `${tmpdir()}/frontdesk-no-${name}`);
		const opening = House.open({ home, queue });
		await expect(opening).rejects.toThrow(
			new RegExp(`^Queue mode needs ${name} at 127.0.0.1:1 \\(.+\\): start it, or set .+$`),
		);
	});
});
