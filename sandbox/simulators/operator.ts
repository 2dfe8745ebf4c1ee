import type { SandboxEntry, Simulator } from './kit';

/** The header that the business's own website shows with every lead. */
export const WEBSITE_HEADERS = { 'x-frontdesk-secret': 'website-secret-of-the-sandbox' };

/** What the staff types when a form asks who they are. */
export const STAFF = { user: 'frontdesk', password: 'staff-password-of-the-sandbox' };

/** The header that a tool of the salon's own shows. */
export const STAFF_TOOL_HEADERS = { 'x-staff-secret': 'staff-tool-secret-of-the-sandbox' };

/** Nobody: a website and a form only call n8n. */
const nobody: Simulator = {
	name: 'operator',
	hosts: [],
	handle: () => ({ status: 404 }),
	rateLimited: () => ({ status: 429 }),
	reset: () => undefined,
	state: () => ({}),
};

/** Secrets that an operator makes up herself: no provider is behind them. */
export const sandbox: SandboxEntry = {
	create: () => nobody,
	credentials: [
		{
			name: 'Website',
			type: 'httpHeaderAuth',
			data: { name: 'x-frontdesk-secret', value: WEBSITE_HEADERS['x-frontdesk-secret'] },
		},
		{ name: 'Staff', type: 'httpBasicAuth', data: STAFF },
		{
			name: 'Staff tool',
			type: 'httpHeaderAuth',
			data: { name: 'x-staff-secret', value: STAFF_TOOL_HEADERS['x-staff-secret'] },
		},
	],
};
