import { STICKY_NOTE, type FlowFolder, type Rule } from './book';

const HEADINGS = ['### How it works', '### Setup'];
const YELLOW = 1;
const OVERVIEW_WORDS = { least: 100, most: 300 };
const SECTION_WORDS = 50;

const words = (text: string) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

const notesOf = ({ flow }: FlowFolder) =>
	flow.nodes
		.filter(({ type }) => type === STICKY_NOTE)
		.map(({ name, parameters }) => ({
			name,
			text: String(parameters.content ?? ''),
			colour: parameters.color ?? YELLOW,
		}));

const isOverview = ({ text }: { text: string }) => HEADINGS.every((heading) => text.includes(heading));

/** Anything but one yellow overview note with both headings and 100 to 300 words, and short section notes. */
export const notesExplain: Rule = (folder) => {
	const notes = notesOf(folder);
	const overviews = notes.filter(isOverview);
	if (overviews.length !== 1)
		return [`there has to be one note with "${HEADINGS.join('" and "')}", not ${overviews.length}`];
	const [overview] = overviews;
	const count = words(overview?.text ?? '');
	const isFitting = count >= OVERVIEW_WORDS.least && count <= OVERVIEW_WORDS.most;
	return [
		...(isFitting ? [] : [`the overview note has ${count} words, not 100 to 300`]),
		...(overview?.colour === YELLOW ? [] : ['the overview note is not yellow']),
		...notes
			.filter((note) => note !== overview)
			.flatMap(({ name, text, colour }) => [
				...(words(text) < SECTION_WORDS ? [] : [`the note "${name}" has ${words(text)} words, not under 50`]),
				...(colour === YELLOW ? [`the note "${name}" is as yellow as the overview`] : []),
			]),
	];
};

/** Files that are missing, or say nothing of this flow. */
export const filesAreThere: Rule = ({ folder, flow, files }) => {
	const missing = Object.entries(files)
		.filter(([, text]) => text === undefined)
		.map(([file]) => `${file} is missing`);
	const readme = files['README.md'];
	const sample = files['sample-input.json'];
	const picture = `(../../docs/pictures/flows/${folder}.png)`;
	return [
		...missing,
		...(readme && !readme.startsWith(`# ${flow.name}\n`)
			? [`README.md does not begin with "# ${flow.name}"`]
			: []),
		...(readme && !readme.includes(picture) ? [`README.md does not show ${picture}`] : []),
		...(sample !== undefined && !isJson(sample) ? ['sample-input.json is no JSON'] : []),
	];
};

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** Verbs that names begin with; a new flow may bring another. */
const VERBS =
	'Add Answer Ask Attempt Book Bring Cancel Change Check Claim Collect Confirm Contact Copy Count Create Decide Deliver Draw Find Follow Gather Get Give Greet Hand Help Import Invite Keep Link List Look Make Mark Match Move Note Notify Offer Open Pick Plan Post Qualify Reach Read Receive Recognise Record Refuse Remember Remind Remove Reply Report Retry Route Run Save Say Schedule See Send Set Settle Share Show Start Stop Store Survey Sweep Switch Sync Take Talk Tell Test Thank Try Turn Update Verify Watch Welcome Write'.split(
		' ',
	);
/** Words that keep their capital. */
const PROPER =
	/^(Altegio|Analytics|Booksy|Cal|Calendly|Chatfuel|Chatwoot|Data|Direct|Frontdesk|GA4|Google|Instagram|OpenAI|PostgreSQL|SendGrid|Supabase|Table|Tables|Twilio|WhatsApp|I|[A-Z0-9]{2,}s?)\b/;

/** Flow names that do not begin with a verb, or have capitals as a title has. */
export const namesSayWhatIsDone: Rule = ({ flow: { name, nodes } }) => {
	const capitals = (text: string) =>
		text
			.split(/\s+/)
			.slice(1)
			.filter((word) => /^[A-Z]/.test(word) && !PROPER.test(word));
	const verb = name.split(' ')[0] ?? '';
	return [
		...(VERBS.includes(verb) ? [] : [`"${name}" does not begin with a verb`]),
		...capitals(name).map((word) => `"${name}" writes "${word}" with a capital`),
		...nodes
			.filter(
				(node) => node.type !== STICKY_NOTE && /^[a-z]/.test(node.name) && !/^monday\.com/.test(node.name),
			)
			.map((node) => `${node.name}: begin with a capital`),
	];
};
