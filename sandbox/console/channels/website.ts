import axios from 'axios';
import { WEBSITE_HEADERS } from '../../simulators/operator';
import type { House } from '../../src/house';
import type { Calls } from '../calls';

const PATH = 'lead-intake';
const PATIENCE_MILLISECONDS = 20_000;

/** What the form on the website asks. */
export interface WebForm {
	name: string;
	phone: string;
	email: string;
	language: string;
	topic: string;
	consent: { gdpr: boolean; marketing: boolean };
}

/** What the website's server got for an answer. */
export interface WebAnswer {
	status: number;
	body: unknown;
}

async function post(house: House, form: WebForm): Promise<WebAnswer> {
	const { status, data } = await axios.post<unknown>(
		house.webhook(PATH),
		{ ...form, channel: 'web' },
		{
			headers: WEBSITE_HEADERS,
			proxy: false,
			timeout: PATIENCE_MILLISECONDS,
			validateStatus: () => true,
		},
	);
	return { status, body: data };
}

/**
 * The website's server sends what somebody filled in.
 *
 * @throws Error where n8n does not answer in 20 seconds
 */
export async function sendForm(house: House, calls: Calls, form: WebForm): Promise<WebAnswer> {
	calls.note(`Website → /webhook/${PATH}`, async () => (await post(house, form)).status);
	return await post(house, form);
}
