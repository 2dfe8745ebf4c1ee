import { dateIn, timeIn } from './openai-times';

/** The languages customers write in. */
export type Language = 'en' | 'es' | 'pl' | 'ru' | 'uk';

/** What a customer's message is about. */
export type Intent =
	| 'booking_request'
	| 'availability_question'
	| 'reschedule'
	| 'cancel'
	| 'greeting'
	| 'question'
	| 'human_request'
	| 'unknown';

/** What the stand-in reads out of a message; what is not said is absent. */
export interface Facts {
	language: Language;
	intent: Intent;
	/** 0..1: 0.9 where a word names the intent, 0.6 to 0.7 where it follows from the rest, 0.3 where nothing tells it. */
	confidence: number;
	/** In English, see SERVICES. */
	service?: string;
	/** YYYY-MM-DD. */
	date?: string;
	/** HH:MM, 24 hours. */
	time?: string;
	name?: string;
	/** Digits with a leading + where the customer wrote one. */
	phone?: string;
	email?: string;
	/** A booking with service, date and time. */
	readyToBook: boolean;
}

/** A pattern that matches any of these beginnings of words, in any script. */
const starting = (...beginnings: string[]) => new RegExp(`(?<!\\p{L})(?:${beginnings.join('|')})`, 'iu');

/** In this order: the first that matches is the intent. */
const INTENTS: Array<[Intent, RegExp]> = [
	[
		'human_request',
		starting(
			...['(a |real |live )human', 'real person', 'operator', 'speak (to|with)', 'talk (to|with)', 'call me'],
			...['człowiek', 'konsultant', 'recepcj', 'pracownik'],
			...['persona real', 'humano', 'operador', 'hablar con'],
			...['людин', 'оператор', 'менедж', 'адміністратор', 'человек', 'администратор', 'живой'],
		),
	],
	[
		'reschedule',
		starting(
			...[
				'reschedul',
				'move (my|the|our)',
				'change (my|the) (time|appointment|booking|visit|date)',
				'another (time|day)',
			],
			...['przełoż', 'przenie', 'przesun', 'zmieni(ć|c) (termin|godzin|wizyt)'],
			...['reprogram', 'mover (mi|la)', 'cambiar (mi|la|el)', 'reagendar'],
			...['перенес', 'перенос', 'перезапис'],
		),
	],
	[
		'cancel',
		starting(
			...['cancel', 'call off', "won't (come|make)", 'odwoł', 'anulo', 'anulu', 'rezygn', 'anular'],
			...['скасу', 'відмін', 'отмен'],
		),
	],
	[
		'availability_question',
		starting(
			...['availab', 'free (slot|time|spot)', 'any (slot|opening|time|spot)', 'open(ing)? (slot|time)'],
			...['wolny', 'wolne', 'wolna', 'dostępn', 'terminy'],
			...['disponib', 'hueco', 'horas? libre'],
			...['вільн', 'свобод', 'доступн', 'є (час|місц)', 'есть (время|мест)'],
		),
	],
	[
		'booking_request',
		starting(
			...['book', 'appointment', 'reserv', 'schedule', 'sign (me )?up', 'make me'],
			...['umów', 'umow', 'zapisa', 'zapisz', 'zarezerw', 'rezerw'],
			...['cita', 'agendar', 'apunt', 'pedir hora'],
			...['запис', 'запиш', 'заброню', 'заброни', 'бронюва', 'бронир'],
		),
	],
];

const GREETING = starting(
	...['hi(?!\\p{L})', 'hello', 'hey(?!\\p{L})', 'good (morning|afternoon|evening)'],
	...['cześć', 'czesc', 'dzień dobry', 'dzien dobry', 'dobry wieczór', 'witam', 'hej(?!\\p{L})'],
	...['hola', 'buenos d', 'buenas'],
	...['привіт', 'добрий', 'доброго', 'вітаю', 'привет', 'здравств', 'добрый'],
);

const QUESTION = starting(
	...['how', 'what', 'where', 'when', 'which', 'who', 'why', 'do you', 'can i', 'is there'],
	...['jak', 'gdzie', 'kiedy', 'ile', 'czy(?!\\p{L})', 'co(?!\\p{L})'],
	...['cuánto', 'cuanto', 'cómo', 'dónde', 'donde', 'cuándo', 'qué'],
	...[
		'скільки',
		'як(?!\\p{L})',
		'де(?!\\p{L})',
		'коли',
		'чи(?!\\p{L})',
		'сколько',
		'как(?!\\p{L})',
		'где',
		'когда',
	],
);

/** Services that salons and clinics have in common, by what customers call them. */
const SERVICES: Array<[service: string, words: RegExp]> = [
	['Beard Trim', starting('beard', 'brod', 'barba', 'бород')],
	[
		'Colouring',
		starting('colou?r', 'dye', 'farbow', 'koloryz', 'tinte', 'teñir', 'фарбув', 'окраш', 'покрас'),
	],
	['Haircut', starting('hair ?cut', 'trim', 'strzyż', 'corte', 'стриж')],
	['Pedicure', starting('pedicure', 'pedicur', 'педик')],
	['Manicure', starting('manicure', 'manicur', 'nails', 'paznok', 'uñas', 'манік', 'маник', 'нігт', 'ногт')],
	['Massage', starting('massage', 'masaż', 'masaz', 'masaje', 'масаж', 'массаж')],
	['Facial', starting('facial', 'twarz', 'limpieza', 'обличч', 'чистк')],
	['Cleaning', starting('teeth', 'dental', 'zęb', 'dientes', 'зуб')],
	['Consultation', starting('consult', 'konsult', 'asesor', 'консульт')],
];

/** Words that one language has and the others have not. */
const LANGUAGES: Array<[Language, RegExp]> = [
	['uk', /[іїєґ]/iu],
	['ru', /[ыэъё]/iu],
	['uk', starting('скасу', 'запишіть', 'запис(?!\\p{L})', 'мене', 'звати', 'о \\d', 'будь ласка', 'дякую')],
	['ru', /\p{Script=Cyrillic}/u],
	['pl', /[ąćęłńśźż]/iu],
	['pl', starting('czy(?!\\p{L})', 'ile(?!\\p{L})', 'jak(?!\\p{L})', 'gdzie', 'kiedy')],
	[
		'pl',
		starting('jutro', 'dzisiaj', 'wizyt', 'prosz', 'chc[eę]', 'termin(?!al|at)', 'czesc', 'witam', 'nazywam'),
	],
	['es', /[¿¡ñáéíú]/iu],
	['es', starting('hola', 'quiero', 'quisiera', 'manana', 'cita(?!\\p{L})', 'gracias', 'tengo', 'puedo')],
	['es', starting('necesito', 'me llamo', 'soy(?!\\p{L})', 'cuanto', 'para el')],
];

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u;
const PHONE = /(?<![\d.])\+?\d[\d\s().-]{7,18}\d(?![\d.])/;
const NAME = new RegExp(
	`(?<!\\p{L})(?:${[
		...['my name is', "i'm", 'i am', 'this is', 'name:'],
		...['nazywam się', 'nazywam sie', 'mam na imię', 'mam na imie', 'jestem'],
		...['me llamo', 'mi nombre es', 'soy'],
		...['мене звати', "моє ім['’]я", 'меня зовут', 'мое имя', 'моё имя'],
	]
		.map((words) => words.replace(/\p{L}/gu, (letter) => `[${letter}${letter.toUpperCase()}]`))
		.join('|')})\\s+(\\p{Lu}[\\p{L}'’-]+(?:\\s+\\p{Lu}[\\p{L}'’-]+){0,2})`,
	'u',
);

const languageOf = (text: string): Language =>
	LANGUAGES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'en';

/** The service that a text names; undefined where it names none of SERVICES. */
export const serviceIn = (text: string): string | undefined =>
	SERVICES.find(([, pattern]) => pattern.test(text))?.[0];

/** A date may be as long as a phone number. */
const WRITTEN_DATE = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g;

function phoneIn(text: string): string | undefined {
	const found = PHONE.exec(text.replace(WRITTEN_DATE, '|'))?.[0];
	const digits = found?.replace(/[^\d+]/g, '') ?? '';
	return digits.replace('+', '').length >= 9 ? digits : undefined;
}

function intentOf(text: string, wantsTime: boolean): [Intent, confidence: number] {
	const named = INTENTS.find(([, pattern]) => pattern.test(text))?.[0];
	// "Could I book …?" books; "When …?" with nothing else asks.
	if (named) return [named, 0.9];
	if (wantsTime) return ['booking_request', 0.7];
	if (/[?？]/.test(text) || QUESTION.test(text)) return ['question', 0.7];
	if (GREETING.test(text)) return ['greeting', 0.9];
	return ['unknown', 0.3];
}

/**
 * Reads a customer's message in English, Spanish, Polish, Russian or Ukrainian by fixed rules.
 *
 * - language: by letters that only one of them has, then by common words; English else
 * - intent: human_request, reschedule, cancel, availability_question, booking_request by their words, in this
 *   order; a service with a date or time is a booking_request; a question mark or word a question; then greeting
 * - date: written out, by month name, weekday (the next one) or today, tomorrow, the day after
 * - name: after "my name is" and its like only
 *
 * @param today YYYY-MM-DD, the customer's today
 */
export function readMessage(text: string, today: string): Facts {
	const email = EMAIL.exec(text)?.[0];
	const phone = phoneIn(text);
	const service = serviceIn(text);
	const date = dateIn(text, today);
	const time = timeIn(text);
	const [intent, confidence] = intentOf(text, service !== undefined && Boolean(date ?? time));
	return {
		language: languageOf(text),
		intent,
		confidence,
		service,
		date,
		time,
		name: NAME.exec(text)?.[1],
		phone,
		email,
		readyToBook: intent === 'booking_request' && Boolean(service && date && time),
	};
}
