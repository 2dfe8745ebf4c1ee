import path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(__dirname, '../..');
/** The private package that holds n8n and its Node. */
export const SANDBOX = path.join(ROOT, 'sandbox');
/** What `npm start` keeps between two starts: n8n's database, keys, the proxy's certificate. */
export const HOME = path.join(SANDBOX, '.home');
/** The same for `npm run start:queue`; its database is in PostgreSQL, and goes when it ends. */
export const QUEUE_HOME = path.join(SANDBOX, '.home-queue');
