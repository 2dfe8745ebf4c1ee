import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChatfuelCaller } from '../simulators/chatfuelCaller';
import { House } from './house';
import { LEAD_WEBHOOK, sampleLead, SECRET_HEADERS } from './sample';
import { Progress } from './shell';

/** One line of the receipt: what should have arrived where, and whether it did. */
interface Line {
	where: string;
	what: string;
	arrived: boolean;
}

const PATIENCE_SECONDS = 20;

const stateOf = <State>(house: House, provider: string): State =>
	house.world.simulators.find(({ name }) => name === provider)?.state() as State;

/** What each provider holds of this lead. */
function receipt(house: House, lead: Record<string, string>, shown: string[]): Line[] {
	// Some keep a phone number with its plus, monday.com shows the digits alone.
	const digits = String(lead.phone).replace(/\D/g, '');
	const holds = (provider: string, ...texts: Array<string | undefined>) => {
		const state = JSON.stringify(stateOf(house, provider));
		return texts.every((text) => text !== undefined && state.includes(text));
	};
	return [
		{
			where: 'Chatfuel',
			what: `answer "${shown[0] ?? ''}"`,
			arrived: shown.some((text) => text.includes(String(lead.name))),
		},
		{
			where: 'monday.com',
			what: `item "${lead.name}" with e-mail and phone`,
			arrived: holds('monday', lead.name, lead.email, digits),
		},
		{ where: 'GA4', what: 'event generate_lead', arrived: holds('ga4', 'generate_lead') },
		{ where: 'SendGrid', what: `e-mail to ${lead.email}`, arrived: holds('sendgrid', lead.email, lead.name) },
		{ where: 'Twilio', what: `SMS to +${digits}`, arrived: holds('twilio', digits, lead.name) },
	];
}

async function contactConsultant(house: House): Promise<Line[]> {
	const lead = sampleLead();
	const bot = new ChatfuelCaller({
		url: house.webhook(LEAD_WEBHOOK),
		headers: SECRET_HEADERS,
		attributes: lead,
	});
	const { shown } = await bot.call({ kind: 'profile' });
	const deadline = Date.now() + PATIENCE_SECONDS * 1000;
	let lines = receipt(house, lead, shown);
	while (lines.some(({ arrived }) => !arrived) && Date.now() < deadline) {
		await new Promise((resolve) => setTimeout(resolve, 200));
		lines = receipt(house, lead, shown);
	}
	return lines;
}

async function main(): Promise<void> {
	const home = mkdtempSync(path.join(tmpdir(), 'frontdesk-demo-'));
	const progress = new Progress('Starting n8n with every provider simulated');
	const house = await House.open({ home });
	progress.done();
	try {
		await house.untilListening(LEAD_WEBHOOK);
		const lines = await contactConsultant(house);
		console.log('\nContact a consultant');
		for (const { where, what, arrived } of lines)
			console.log(`  ${arrived ? '✓' : '✗'} ${where.padEnd(11)} ${what}`);
		const missing = lines.filter(({ arrived }) => !arrived);
		console.log(
			missing.length === 0 ? '\nAll arrived.' : `\nMissing: ${missing.map(({ where }) => where).join(', ')}.`,
		);
		process.exitCode = missing.length === 0 ? 0 : 1;
	} finally {
		await house.close();
		rmSync(home, { recursive: true, force: true });
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
