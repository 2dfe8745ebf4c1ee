/** A number that cannot be used. Its texts never hold more of the number than `maskPhone` shows. */
export class PhoneNumberError extends Error {
	/**
	 * @param what goes on after the subject, such as "is empty"
	 * @param howToFix one or more sentences for the operator
	 * @param subject what is refused
	 */
	constructor(
		readonly what: string,
		readonly howToFix: string,
		subject = 'The phone number',
	) {
		super(`${subject} ${what}`);
		this.name = 'PhoneNumberError';
	}
}

const MAX_LENGTH = 250;
const NOISE = /\p{Cf}/gu;
const ZEROS_OF_OTHER_SCRIPTS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/** What most numbers are already. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Plain digits, pluses, dashes and spaces in place of what other scripts, word processors and chats write. */
function plain(text: string): string {
	if (PLAIN.test(text)) return text;
	return text
		.replace(NOISE, '')
		.replace(/[^\P{Nd}0-9]/gu, (digit) => {
			const code = digit.codePointAt(0) ?? 0;
			const zero = ZEROS_OF_OTHER_SCRIPTS.find((start) => code >= start && code < start + 10);
			return zero === undefined ? digit : String(code - zero);
		})
		.replace(/[\uff0b\ufe62]/g, '+')
		.replace(/[\p{Pd}\u2212]/gu, '-')
		.replace(/[\uff0e\u00b7\u2022]/g, '.')
		.replace(/\uff08/g, '(')
		.replace(/\uff09/g, ')')
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * Hides a number, or what was meant to be one, so that it may stand in a message or a log.
 *
 * @returns at most its first 4 and last 2 characters around ***, a third of the whole at the front; of fewer than 8 characters nothing
 */
export function maskPhone(text: string): string {
	const characters = [...plain(text)];
	if (characters.length < 8) return '***';
	const head = Math.min(4, Math.floor(characters.length / 3));
	return `${characters.slice(0, head).join('')}***${characters.slice(-2).join('')}`;
}

/**
 * The text of a raw value.
 *
 * @throws PhoneNumberError for anything but text or a whole number, for nothing and for more than 250 characters
 */
export function toText(raw: unknown): string {
	const text = typeof raw === 'number' || typeof raw === 'bigint' ? String(raw) : (raw ?? '');
	if (typeof raw === 'number' && !(Number.isSafeInteger(raw) && raw > 0)) {
		throw new PhoneNumberError('is not a whole number', 'Map it as text, with + and the country code.');
	}
	if (typeof text !== 'string') {
		throw new PhoneNumberError(
			'holds something other than text or a number',
			'Map one phone number into it.',
		);
	}
	if (text.trim() === '') {
		throw new PhoneNumberError('is empty', 'Fill it in, or map it from the item that comes in.');
	}
	if (text.length > MAX_LENGTH) {
		throw new PhoneNumberError('is longer than any phone number', 'Map the phone number alone.');
	}
	return text.trim();
}

/** A number taken apart, before anything is known of countries. */
export interface Written {
	digits: string;
	/** What is known of the front: a country code for sure, a trunk prefix for sure, or neither. */
	front: 'country' | 'trunk' | 'open';
	extension: string | null;
}

const WHATSAPP_ID = /^\+?(\d+)(?:[.:]\d+)*@(?:c\.us|s\.whatsapp\.net)$/i;
const WHATSAPP_LINK = /^(?:https?:\/\/)?(?:wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=)(?:\+|%2b)?(\d+)/i;
const LABEL = /^(?:callto|mob(?:ile)?|phone|sms|tel|whatsapp|моб|тел)(?!\p{L})\s*[:.]*\s*/iu;
const EXTENSION =
	/[ ,;.(]*(?:[#~]|(?<!\p{L})(?:anexo|e?xt(?:ension|n)?|int(?:erno)?|ramal|wewn?|x|вн|доб)(?!\p{L}))[ .:=-]*(\d{1,9})#?\)?$|[,;]+ ?(\d{1,6})#?$/iu;
/** Spreadsheets and data frames that took the number for a quantity. */
const SHORTENED = /^\d[.,]\d+E\+?\d+$/i;
const DECIMAL = /^\+?\d{7,15}\.0$/;
const NUMBER = /^[' (\[]*(\+?)([\d ()[\]./_-]+)$/;
/** The trunk prefix of former Soviet plans; no country has the code 8, but 84 9.. is Vietnam. */
const LONE_EIGHT = /^8[ ()/-]/;

/** RFC 3966: a local number may name the code it belongs to. */
function fromTelUri(text: string): string {
	const [number = '', ...parameters] = text.replace(/%2b/gi, '+').replace(/%20/g, ' ').split(';');
	const parameter = (name: string) =>
		parameters.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
	const context = parameter('phone-context');
	const extension = parameter('ext');
	const prefix = context?.startsWith('+') && !number.includes('+') ? context : '';
	return `${prefix}${number}${extension ? `;ext=${extension}` : ''}`;
}

/** The digits of what is nothing but a number; undefined for everything else. */
function digitsOf(text: string): Pick<Written, 'digits' | 'front'> | undefined {
	const whole = text.endsWith('.0') && DECIMAL.test(text) ? text.slice(0, -2) : text;
	const [, plus, rest = ''] = NUMBER.exec(whole) ?? [];
	const digits = rest.replace(/\D/g, '');
	if (digits === '') return undefined;
	if (plus) return { digits: digits.replace(/^0+/, ''), front: 'country' };
	return { digits, front: LONE_EIGHT.test(rest) ? 'trunk' : 'open' };
}

/**
 * Finds the digits of one number in a text.
 *
 * @throws PhoneNumberError where there is none, or more than one
 */
export function takeApart(input: string): Written {
	const text = plain(input);
	const bare = digitsOf(text);
	if (bare) return { ...bare, extension: null };
	const whatsApp = WHATSAPP_ID.exec(text)?.[1] ?? WHATSAPP_LINK.exec(text)?.[1];
	if (whatsApp) return { digits: whatsApp, front: 'country', extension: null };
	if (text.includes('@')) {
		throw new PhoneNumberError(
			`is an address without a phone number (${maskPhone(text)})`,
			'Map the phone number of the sender; WhatsApp groups (@g.us) and hidden IDs (@lid) hold none.',
		);
	}
	if (SHORTENED.test(text)) {
		throw new PhoneNumberError(
			`was shortened by a spreadsheet (${maskPhone(text)})`,
			'Format the column as text before the export: the last digits are lost.',
		);
	}
	const label = LABEL.exec(text)?.[0] ?? '';
	const body = /^tel:/i.test(label) ? fromTelUri(text.slice(label.length)) : text.slice(label.length);
	const extension = EXTENSION.exec(body);
	const written = digitsOf(extension ? body.slice(0, extension.index) : body);
	if (!written) {
		throw new PhoneNumberError(
			`is not one phone number (${maskPhone(text)})`,
			'Use digits, with + and the country code in front, such as +48 601 234 567, and one number only.',
		);
	}
	return { ...written, extension: extension?.[1] ?? extension?.[2] ?? null };
}
