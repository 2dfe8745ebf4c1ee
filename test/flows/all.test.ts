import './booking-events.flow';
import './booking-swap.flow';
import './lead-consultation.flow';
import { closeHouse, openHouse } from '../support/house';

jest.setTimeout(60_000);

// One n8n serves every flow's tests; each of these describes one flow.
beforeAll(openHouse, 600_000);
afterAll(closeHouse, 60_000);
