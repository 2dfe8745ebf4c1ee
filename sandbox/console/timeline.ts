import type { LeadLine, Step } from './model';

/** A row of a Data Table; n8n adds the time it was made. */
export type Row = Record<string, string | number | boolean | null> & { createdAt: string };

/** The Data Tables that know of a lead, without `frontdesk_`. */
export const TABLES = [
	'leads',
	'lead_history',
	'messages',
	'appointments',
	'deliveries',
	'surveys',
	'errors',
] as const;

export type Tables = Record<(typeof TABLES)[number], Row[]>;

const CHANNELS: Record<string, string> = {
	chatfuel: 'Chatfuel',
	chatwoot: 'Chatwoot',
	email: 'E-mail',
	ga4: 'GA4',
	instagram: 'Instagram',
	monday: 'monday.com',
	sms: 'SMS',
	web: 'the website',
	whatsapp: 'WhatsApp',
};
/** Deliveries that no person reads. */
const RECORDS = ['ga4', 'monday'];
const PROVIDERS: Record<string, string> = {
	altegio: 'Altegio',
	booksy: 'Booksy',
	calcom: 'Cal.com',
	calendly: 'Calendly',
};

const text = (value: Row[string] | undefined) => (value === null || value === undefined ? '' : String(value));
const named = (names: Record<string, string>, value: Row[string] | undefined) =>
	names[text(value)] ?? text(value);

/** `bookingConfirmation` → `booking confirmation`. */
const plain = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();

/** `2026-11-25T10:00:00+01:00` → `2026-11-25 10:00`, in the zone it was written in. */
const shortTime = (row: Row) => {
	const moment = new Date(text(row.start));
	if (Number.isNaN(moment.getTime())) return '';
	const options = { dateStyle: 'short', timeStyle: 'short', timeZone: text(row.timeZone) || 'UTC' } as const;
	return moment.toLocaleString('sv-SE', options);
};

const wordOf = (row: Row): Step => ({
	at: text(row.at) || row.createdAt,
	kind: 'word',
	title: row.direction === 'in' ? `Wrote on ${named(CHANNELS, row.channel)}` : 'Was answered',
	detail: text(row.text),
});

const moveOf = (row: Row): Step => ({
	at: text(row.at) || row.createdAt,
	kind: 'lead',
	title: row.moved === false ? `Stays ${text(row.from)}` : `Lead is ${text(row.to)}`,
	detail: text(row.reason),
});

const bookingOf = (row: Row): Step => ({
	at: row.createdAt,
	kind: 'booking',
	title: `${named(PROVIDERS, row.provider)}: ${text(row.status).replace('_', '-')}`,
	detail: [text(row.service), shortTime(row), text(row.staff)].filter(Boolean).join(' · '),
});

function deliveryOf(row: Row): Step {
	const channel = text(row.channel);
	const isSent = row.status === 'sent';
	return {
		at: isSent ? text(row.sentAt) || row.createdAt : row.createdAt,
		kind: RECORDS.includes(channel) ? 'record' : 'message',
		title: `${named(CHANNELS, channel)}: ${plain(text(row.template)) || 'delivery'}`,
		detail: isSent ? text(row.to) : `${text(row.status)}, ${text(row.attempts)} attempts`,
		...(!isSent && row.lastError ? { problem: text(row.lastError) } : {}),
	};
}

function surveySteps(row: Row): Step[] {
	const asked: Step = {
		at: text(row.sentAt) || row.createdAt,
		kind: 'survey',
		title: row.sentAt ? `Asked on ${named(CHANNELS, row.channel)} how it was` : `Survey ${text(row.status)}`,
		detail: [text(row.service), text(row.reason)].filter(Boolean).join(' · '),
	};
	if (row.rating === null || row.rating === undefined) return [asked];
	const answered: Step = {
		at: text(row.receivedAt) || row.createdAt,
		kind: 'survey',
		title: `Rated ${text(row.rating)}`,
		detail: text(row.comment),
	};
	return [asked, answered];
}

const errorOf = (row: Row): Step => ({
	at: text(row.at) || row.createdAt,
	kind: 'error',
	title: `Error in ${text(row.flow)}`,
	detail: text(row.node),
	problem: text(row.message),
});

function stagesOf(lead: Row, own: Tables): LeadLine['stages'] {
	const first = (times: Array<string | undefined>) => times.filter(Boolean).sort()[0];
	const moves = (...to: string[]) =>
		own.lead_history
			.filter((row) => row.moved !== false && to.includes(text(row.to)))
			.map((row) => text(row.at) || row.createdAt);
	const sent = (isMeant: (row: Row) => boolean) =>
		own.deliveries
			.filter((row) => row.status === 'sent' && isMeant(row))
			.map((row) => text(row.sentAt) || row.createdAt);
	const visits = (...states: string[]) =>
		own.appointments.filter((row) => states.includes(text(row.status))).map(({ createdAt }) => createdAt);
	const stages = {
		'First word': lead.createdAt,
		'Written to': first(sent(({ channel }) => !RECORDS.includes(text(channel)))),
		Booked: first([...moves('BOOKED'), ...visits('confirmed', 'completed', 'no_show')]),
		Reminded: first(sent(({ template }) => template === 'appointmentReminder')),
		Visited: first([...moves('COMPLETED'), ...visits('completed')]),
		Asked: first(own.surveys.map((row) => text(row.sentAt))),
		Answered: first(own.surveys.map((row) => text(row.receivedAt))),
	};
	return Object.entries(stages).map(([name, at]) => ({ name, ...(at && { at }) }));
}

/** What the tables hold of one lead. */
function ownRows(lead: Row, tables: Tables): Tables {
	const isOwn = (row: Row) => row.leadKey === lead.leadKey && row.tenant === lead.tenant;
	const entries = Object.entries(tables).map(([name, rows]) => [name, rows.filter(isOwn)] as const);
	return Object.fromEntries(entries) as Tables;
}

function lineOf(lead: Row, tables: Tables): LeadLine {
	const own = ownRows(lead, tables);
	const begin: Step = {
		at: lead.createdAt,
		kind: 'lead',
		title: `Came by ${named(CHANNELS, lead.channel) || 'an unknown way'}`,
		detail: [text(lead.topic), text(lead.package), text(lead.source)].filter(Boolean).join(' · '),
	};
	const steps = [
		...own.messages.map(wordOf),
		...own.lead_history.map(moveOf),
		...own.appointments.map(bookingOf),
		...own.deliveries.map(deliveryOf),
		...own.surveys.flatMap(surveySteps),
		...own.errors.map(errorOf),
	];
	return {
		key: `${text(lead.tenant)} ${text(lead.leadKey)}`,
		name: text(lead.name) || text(lead.phone) || text(lead.leadKey),
		contact: [text(lead.phone), text(lead.email)].filter(Boolean).join(' · '),
		status: text(lead.status),
		stages: stagesOf(lead, own),
		steps: [begin, ...steps.sort((one, other) => Date.parse(one.at) - Date.parse(other.at))],
	};
}

/**
 * Every lead's line from the first word to the survey.
 *
 * @param tables rows as n8n keeps them, oldest first
 * @returns the newest lead first
 */
export const timelines = (tables: Tables): LeadLine[] =>
	tables.leads.map((lead) => lineOf(lead, tables)).reverse();
