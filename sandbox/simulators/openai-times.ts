const DAY = 86_400_000;

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
const word = (pattern: string) => new RegExp(`(?<!\\p{L})(?:${pattern})(?!\\p{L})`, 'iu');

/** Days from today; the longer words first, for some hold a shorter one. */
const NEAR: Array<[days: number, words: RegExp]> = [
	[2, word('day after tomorrow|pojutrze|pasado mañana|післязавтра|послезавтра')],
	[1, word('tomorrow|jutro|завтра')],
	// "por la mañana" is the morning; "mañana" alone is tomorrow.
	[1, /(?<!\p{L})(?<!(?:la|de) )mañana(?!\p{L})/iu],
	[0, word('today|tonight|dzisiaj|dziś|dzis|hoy|сьогодні|сегодня')],
];

/** By ISO number, Monday first. */
const WEEKDAYS = [
	'monday|poniedziałek|poniedziałku|lunes|понеділок|понеділка|понедельник|понедельника',
	'tuesday|wtorek|wtorku|martes|вівторок|вівторка|вторник|вторника',
	'wednesday|środa|środę|środy|miércoles|miercoles|середа|середу|среда|среду',
	'thursday|czwartek|czwartku|jueves|четвер|четверга|четверг',
	"friday|piątek|piątku|viernes|п['’]ятниця|п['’]ятницю|пятница|пятницу",
	'saturday|sobota|sobotę|soboty|sábado|sabado|субота|суботу|суббота|субботу',
	'sunday|niedziela|niedzielę|niedzieli|domingo|неділя|неділю|воскресенье',
].map(word);

const MONTHS = [
	'jan(?:uary)?|stycznia|styczeń|enero|січня|января',
	'feb(?:ruary)?|lutego|luty|febrero|лютого|февраля',
	'mar(?:ch)?|marca|marzec|marzo|березня|марта',
	'apr(?:il)?|kwietnia|kwiecień|abril|квітня|апреля',
	'may|maja|maj|mayo|травня|мая',
	'june?|czerwca|czerwiec|junio|червня|июня',
	'july?|lipca|lipiec|julio|липня|июля',
	'aug(?:ust)?|sierpnia|sierpień|agosto|серпня|августа',
	'sep(?:t(?:ember)?)?|września|wrzesień|septiembre|вересня|сентября',
	'oct(?:ober)?|października|październik|octubre|жовтня|октября',
	'nov(?:ember)?|listopada|listopad|noviembre|листопада|ноября',
	'dec(?:ember)?|grudnia|grudzień|diciembre|грудня|декабря',
];
const ANY_MONTH = MONTHS.join('|');
const DAY_MONTH = new RegExp(
	`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|\\.|-го)?\\s+(?:of\\s+|de\\s+)?(${ANY_MONTH})(?!\\p{L})`,
	'iu',
);
const MONTH_DAY = new RegExp(`(?<!\\p{L})(${ANY_MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])`, 'iu');

const monthNumber = (name: string) => MONTHS.findIndex((names) => word(names).test(name)) + 1;

/** A calendar day; without a year the next such day, and none where there is no such day. */
function calendarDay(
	day: number,
	month: number,
	year: number | undefined,
	today: string,
): string | undefined {
	const thisYear = Number(today.slice(0, 4));
	const at = (wished: number) => Date.UTC(wished, month - 1, day);
	const time = at(year ?? (iso(at(thisYear)) < today ? thisYear + 1 : thisYear));
	return new Date(time).getUTCDate() === day && month <= 12 ? iso(time) : undefined;
}

const NUMERIC_DAY = /(?<![\d.:/+])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?(?![\d:])/g;

/** Days written in figures, the day first; what is no day of the calendar may be a time, such as 10.30. */
function numericDays(text: string, today: string): Array<{ written: string; date: string }> {
	return [...text.matchAll(NUMERIC_DAY)].flatMap(([written, day, month, year]) => {
		const date = calendarDay(Number(day), Number(month), year ? Number(year) : undefined, today);
		return date ? [{ written, date }] : [];
	});
}

/**
 * The first date that a text names, by these rules in order: 2026-11-24; 24.11, 24/11, 24.11.2026 (the day first);
 * 24 November and November 24 in five languages; today, tomorrow, the day after; a weekday, which is the next one.
 *
 * @param today YYYY-MM-DD
 * @returns YYYY-MM-DD
 */
export function dateIn(text: string, today: string): string | undefined {
	const written = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/.exec(text)?.[0];
	if (written) return written;
	const numbers = numericDays(text, today)[0];
	if (numbers) return numbers.date;
	const dayFirst = DAY_MONTH.exec(text);
	if (dayFirst) return calendarDay(Number(dayFirst[1]), monthNumber(dayFirst[2] ?? ''), undefined, today);
	const monthFirst = MONTH_DAY.exec(text);
	if (monthFirst)
		return calendarDay(Number(monthFirst[2]), monthNumber(monthFirst[1] ?? ''), undefined, today);
	const start = Date.parse(today);
	const near = NEAR.find(([, words]) => words.test(text));
	if (near) return iso(start + near[0] * DAY);
	const weekday = WEEKDAYS.findIndex((words) => words.test(text));
	if (weekday < 0) return undefined;
	const isToday = (new Date(start).getUTCDay() + 6) % 7;
	return iso(start + (((weekday - isToday + 6) % 7) + 1) * DAY);
}

const CLOCK = /(?<![\d.])(\d{1,2})[:.](\d{2})(?!\d|\.\d)\s*(am|pm|a\.m\.|p\.m\.)?/iu;
const HALF_DAY = /(?<![\d.:])(\d{1,2})\s*(am|pm|a\.m\.|p\.m\.)/iu;
const HOUR =
	/(?<!\p{L})(?:at|by|o|na|godz\.?|a las?|о|об|в|на)\s+(\d{1,2})(?![\d.:/]|-?го|\s*\p{L}*(?:\.\d))(?!\s+(?:de\s+)?\p{L}{3,})/iu;
const EVENING = word('pm|p\\.m|po południu|wieczorem|de la tarde|de la noche|вечора|вечера|дня');

const BEFORE_EVENING = new RegExp(`\\s+${EVENING.source}`, 'iu');
/** Which year a day falls in does not matter to the time. */
const ANY_DAY = '2024-01-01';

/**
 * The first time of day that a text names: 10:30, 10.30 (where that is no date), 5 pm, or an hour after "at" and
 * its like ("o 17", "a las 5 de la tarde", "о 15", "в 15"). Words for afternoon and evening move an hour below 12.
 *
 * @returns HH:MM, 24 hours
 */
export function timeIn(text: string): string | undefined {
	const plainText = numericDays(text, ANY_DAY).reduce(
		(rest, { written }) => rest.replace(written, '|'),
		text,
	);
	const clock = CLOCK.exec(plainText);
	const half = clock ? null : HALF_DAY.exec(plainText);
	const hourOnly = clock ?? half ?? HOUR.exec(plainText.replace(BEFORE_EVENING, ''));
	const hour = Number(hourOnly?.[1] ?? NaN);
	const minutes = clock?.[2] ?? '00';
	if (!(hour < 24) || Number(minutes) > 59) return undefined;
	const mark = (clock?.[3] ?? half?.[2] ?? '').toLowerCase();
	const afternoon = mark ? mark.startsWith('p') : EVENING.test(plainText);
	const full = afternoon && hour < 12 ? hour + 12 : mark.startsWith('a') && hour === 12 ? 0 : hour;
	return `${String(full).padStart(2, '0')}:${minutes}`;
}
