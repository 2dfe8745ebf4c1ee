import path from 'node:path';
import { describeParts } from '../support/parts';

describeParts(path.join(__dirname, 'quickchart'));
