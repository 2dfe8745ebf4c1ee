import { readFileSync } from 'node:fs';
import path from 'node:path';
import { credentials } from './registry';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const section = README.slice(README.indexOf('## Credentials'), README.indexOf('## Compatibility'));

it.each(credentials)('tells how to get the credential $name', ({ type: { displayName } }) => {
	expect(section).toContain(`- **${displayName}**`);
});
