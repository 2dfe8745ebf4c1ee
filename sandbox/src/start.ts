import { openConsole } from '../console/console';
import { OWNER } from './editor-api';
import { House } from './house';
import { HOME, QUEUE_HOME } from './paths';
import { Progress } from './shell';

const EDITOR_PORT = 5678;
const CONSOLE_PORT = 5680;

/** `npm run start:queue`: n8n in queue mode, on the Redis and PostgreSQL that the environment names. */
const QUEUE = process.argv.includes('--queue');

function queueLines({ n8n }: House): string {
	return `
  webhooks     ${n8n.webhookUrl}
  processes    ${[...n8n.processes.keys()].join(', ')}
`;
}

function welcome(house: House, consoleUrl: string): string {
	return `
Frontdesk is up. Every provider is simulated; nothing leaves this machine.

  console      ${consoleUrl}
               be the customer on the left, see what arrives on the right

  n8n editor   ${house.n8n.url}
               sign in as ${OWNER.email} with ${OWNER.password}
               ${house.flowIds.size} flows are there
${QUEUE ? queueLines(house) : ''}
  Try: open the console and press "Book a time".

  Ctrl-C ends everything.
`;
}

async function main(): Promise<void> {
	const progress = new Progress('Starting n8n');
	const house = await House.open({
		home: QUEUE ? QUEUE_HOME : HOME,
		port: EDITOR_PORT,
		...(QUEUE && { queue: true as const }),
		progress: (state) => progress.at(state),
	});
	progress.at('the console');
	const { url, close } = await openConsole(house, { port: CONSOLE_PORT });
	progress.done();
	console.log(welcome(house, url));
	const end = async () => {
		const ending = new Progress('Ending');
		await close();
		await house.close();
		ending.done();
		process.exit(0);
	};
	process.once('SIGINT', () => void end());
	process.once('SIGTERM', () => void end());
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});
