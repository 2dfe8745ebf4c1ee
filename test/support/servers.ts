import { spawnSync } from 'node:child_process';
import { POSTGRES, REDIS } from '../../sandbox/src/database';

const KNOCK = `require('node:net').connect(Number(process.argv[2]), process.argv[1])
	.on('connect', () => process.exit(0)).on('error', () => process.exit(1)).setTimeout(3000, () => process.exit(1))`;

/** Whether somebody listens at an address; asked at once, as jest wants to know while tests are described. */
const listens = ({ host, port }: { host: string; port: number }) =>
	spawnSync(process.execPath, ['-e', KNOCK, host, String(port)]).status === 0;

/** Whether this machine has the Redis and the PostgreSQL that queue mode needs. */
export const hasQueueServers = (): boolean => listens(REDIS) && listens(POSTGRES);
