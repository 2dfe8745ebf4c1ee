import { operation, type FieldReader, type ItemInput } from '../../../lib/operations';
import { personAddress, senderAddress, type Channel } from '../address';
import { sendMessage } from '../api';
import type { Connection } from '../connection';
import { bodyFrom, isUrl, mediaFrom, simplify } from '../fields';
import { output } from '../shape';
import type { Content, Draft } from '../types';
import { sendFields } from './sendFields';

const MINUTE = 60_000;
/** How far ahead a message may be scheduled (error page 35114). */
const SOONEST = 15 * MINUTE;
const LATEST = 35 * 24 * 60 * MINUTE;

/** Reads an id of a locator and refuses what does not look like one. */
function sidOf(input: ItemInput, name: string, prefix: string): string {
	const sid = input.id(name);
	if (new RegExp(`^${prefix}[0-9a-f]{32}$`, 'i').test(sid)) return sid;
	return input.refuse(
		name,
		`is "${sid}", which is no SID of one`,
		`Choose from the list, or use the SID that begins with ${prefix}.`,
	);
}

function contentFrom(input: ItemInput): Content {
	if (input.text('content') === 'template') {
		const rows = input.rows('variables', 'variable');
		const filled = rows.filter((row) => row.optionalId('name') ?? row.optionalText('value'));
		const variables = filled.map((row) => [row.id('name'), row.optionalText('value') ?? '']);
		return { contentSid: sidOf(input, 'template', 'HX'), variables: Object.fromEntries(variables) };
	}
	const body = bodyFrom(input, 'body');
	const mediaUrls = mediaFrom(input);
	if (body !== '' || mediaUrls.length > 0) return { body, mediaUrls };
	return input.refuse('body', 'is empty', 'Fill it in, or add a media URL.');
}

function sendAtFrom(input: ItemInput, options: FieldReader, now: number): string | undefined {
	const moment = options.optionalDateTime('sendAt');
	if (moment === undefined) return undefined;
	if (input.text('sender') !== 'service') {
		options.refuse(
			'sendAt',
			'needs a Messaging Service',
			'Set "Send From" to Messaging Service: Twilio schedules nothing else and would send at once.',
		);
	}
	const ahead = Date.parse(moment) - now;
	if (ahead < SOONEST || ahead > LATEST) {
		options.refuse(
			'sendAt',
			`is ${moment}, which Twilio does not take`,
			'Use a time at least 15 minutes and at most 35 days ahead.',
		);
	}
	return new Date(moment).toISOString().replace('.000Z', 'Z');
}

function callbackFrom(options: FieldReader): string | undefined {
	const url = options.optionalId('statusCallback');
	if (url === undefined || isUrl(url)) return url;
	return options.refuse('statusCallback', 'is not an address', 'Begin it with https://.');
}

function draftFrom(input: ItemInput, now: number): Draft {
	const options = input.collection('options');
	const channel = input.text('channel') as Channel;
	const byService = input.text('sender') === 'service';
	return {
		to: personAddress(input, 'to', channel, options) ?? input.text('to'),
		sender: byService
			? { messagingServiceSid: sidOf(input, 'service', 'MG') }
			: { from: senderAddress(input, 'from', channel, options) ?? input.text('from') },
		content: contentFrom(input),
		sendAt: sendAtFrom(input, options, now),
		statusCallback: callbackFrom(options),
		validityPeriod: options.optionalNumber('validityPeriod', { min: 1, max: 36_000, integer: true }),
	};
}

/** Sends an SMS or a WhatsApp message, now or later: POST Messages.json. */
export const send = operation<Connection>({
	name: 'Send',
	value: 'send',
	action: 'Send message',
	description:
		'Send an SMS or a WhatsApp message, now or at a set time. What becomes of it shows later: by Get, or in the trigger as a status.',
	fields: [...sendFields, simplify],
	run: async ({ api, input }) => {
		const account = await api.account();
		const message = await sendMessage(account, draftFrom(input, account.now()));
		return output(message, input.boolean('simplify'));
	},
});
