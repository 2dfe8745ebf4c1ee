import { ChatfuelCaller } from '../simulators/chatfuelCaller';
import { OWNER } from './editor-api';
import { House } from './house';
import { HOME } from './paths';
import { LEAD_WEBHOOK, sampleLead, SECRET_HEADERS } from './sample';
import { Progress } from './shell';

const EDITOR_PORT = 5678;

function welcome(house: House): string {
	const flows = [...house.flowIds.keys()].map((name) => `    ${name}`).join('\n');
	return `
Frontdesk is up. Every provider is simulated; nothing leaves this machine.

  n8n editor   ${house.n8n.url}
  sign in      ${OWNER.email} / ${OWNER.password}

  Flows that are on:
${flows}

  Try: press Enter here. A customer then asks the Chatfuel bot for a consultant; see the execution in the
  editor, and below what each provider received.

  Ctrl-C ends everything.
`;
}

/** One sample conversation, printed as it happens. */
async function converse(house: House): Promise<void> {
	const before = house.world.exchanges.length;
	const bot = new ChatfuelCaller({
		url: house.webhook(LEAD_WEBHOOK),
		headers: SECRET_HEADERS,
		attributes: sampleLead(),
	});
	const { shown, milliseconds } = await bot.call({ kind: 'profile' });
	console.log(`\n  bot answers after ${milliseconds} ms: ${shown.join(' | ')}`);
	await new Promise((resolve) => setTimeout(resolve, 3000));
	for (const { provider, request, response } of house.world.exchanges.slice(before)) {
		console.log(
			`  ${provider.padEnd(10)} ${request.method} ${new URL(request.url).pathname} → ${response?.status ?? 'cut'}`,
		);
	}
}

async function main(): Promise<void> {
	const progress = new Progress('Starting n8n');
	const house = await House.open({ home: HOME, port: EDITOR_PORT });
	progress.done();
	console.log(welcome(house));
	process.stdin.on('data', () => void converse(house).catch((error: Error) => console.error(error.message)));
	const end = async () => {
		console.log('\nEnding …');
		await house.close();
		process.exit(0);
	};
	process.once('SIGINT', () => void end());
	process.once('SIGTERM', () => void end());
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
