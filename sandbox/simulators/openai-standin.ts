import { fillSchema, schemaIn } from './openai-fields';
import { parseObject, type Json } from './openai-json';
import type { Ask, Tool } from './openai-requests';
import { readMessage, type Facts, type Intent, type Language } from './openai-words';

/** What the stand-in says: text, or one function to call. */
type Said = string | { text?: string; calls: Array<{ name: string; arguments: Json }> };

const REPLIES: Record<Language, Partial<Record<Intent, string>> & { unknown: string }> = {
	en: {
		greeting: 'Hello! How can I help you?',
		booking_request: 'Gladly. Which service, day and time would suit you?',
		availability_question: 'I will look at our free times for you.',
		reschedule: 'Of course. Which day and time would suit you better?',
		cancel: 'I will cancel your appointment.',
		human_request: 'I will pass you on to a colleague.',
		unknown: 'Could you tell me a little more?',
	},
	es: {
		greeting: '¡Hola! ¿En qué puedo ayudarle?',
		booking_request: 'Con gusto. ¿Qué servicio, día y hora prefiere?',
		availability_question: 'Voy a mirar nuestros horarios libres.',
		reschedule: 'Claro. ¿Qué día y hora le viene mejor?',
		cancel: 'Voy a cancelar su cita.',
		human_request: 'Le paso con un compañero.',
		unknown: '¿Puede contarme un poco más?',
	},
	pl: {
		greeting: 'Dzień dobry! W czym mogę pomóc?',
		booking_request: 'Chętnie. Jaka usługa, dzień i godzina Państwu odpowiada?',
		availability_question: 'Sprawdzę nasze wolne terminy.',
		reschedule: 'Oczywiście. Jaki dzień i godzina będą lepsze?',
		cancel: 'Odwołam Państwa wizytę.',
		human_request: 'Przekażę rozmowę koleżance lub koledze.',
		unknown: 'Czy mogę prosić o kilka słów więcej?',
	},
	ru: {
		greeting: 'Здравствуйте! Чем могу помочь?',
		booking_request: 'С удовольствием. Какая услуга, день и время вам подходят?',
		availability_question: 'Посмотрю наше свободное время.',
		reschedule: 'Конечно. Какой день и время вам удобнее?',
		cancel: 'Я отменю вашу запись.',
		human_request: 'Передаю разговор коллеге.',
		unknown: 'Расскажите, пожалуйста, чуть подробнее.',
	},
	uk: {
		greeting: 'Вітаю! Чим можу допомогти?',
		booking_request: 'Із задоволенням. Яка послуга, день і час вам підходять?',
		availability_question: 'Подивлюся наш вільний час.',
		reschedule: 'Звичайно. Який день і час вам зручніші?',
		cancel: 'Я скасую ваш запис.',
		human_request: 'Передаю розмову колезі.',
		unknown: 'Розкажіть, будь ласка, трохи більше.',
	},
};

/** A speaker's name at the start of a line; the customer is called one of these. */
const CUSTOMER = /^(?:customer|client|contact|lead|user|human)(?:'s)?(?: message)?:\s*/i;
const SPEAKER = /^[\p{L}][\p{L} ']{1,30}:(?:\s|$)/u;

/**
 * The customer's last words: the last user message, or, where that is a transcript ("Customer: …"), what the
 * customer said last in it.
 */
function lastWords(ask: Ask): string {
	const message = ask.messages.filter(({ role }) => role === 'user').at(-1)?.text ?? '';
	const lines = message.split('\n');
	const start = lines.findLastIndex((line) => CUSTOMER.test(line));
	if (start < 0) return message;
	const end = lines.findIndex((line, index) => index > start && SPEAKER.test(line));
	return lines
		.slice(start, end < 0 ? undefined : end)
		.join('\n')
		.replace(CUSTOMER, '');
}

/** The day that the prompt calls today, else the clock's day in UTC. */
function todayOf(ask: Ask, now: number): string {
	const prompt = ask.messages.map(({ text }) => text).join('\n');
	const said = /(?:today|now|current (?:date|time))[^\n\d]{0,40}(\d{4}-\d{2}-\d{2})/i.exec(prompt)?.[1];
	return said ?? new Date(now).toISOString().slice(0, 10);
}

/** The function to answer by: one that has to be called, or one that only gives the answer its form. */
function answerTool({ tools, toolChoice }: Ask): Tool | undefined {
	if (toolChoice === 'none') return undefined;
	if (typeof toolChoice === 'object') return tools.find(({ name }) => name === toolChoice.name);
	return (
		tools.find(({ name }) => /^(format|extract)/i.test(name)) ??
		(toolChoice === 'required' ? tools[0] : undefined)
	);
}

const reply = ({ language, intent }: Facts) => REPLIES[language][intent] ?? REPLIES[language].unknown;

/**
 * What the model says when no test has scripted it. It understands nothing: it reads the customer's last words by
 * the rules of openai-words.ts, and
 * - calls the function that the answer has to come by (`tool_choice`, or a name that starts format or extract),
 * - or answers with JSON to the schema asked for, by `json_schema` or in a fenced block of the prompt (as n8n's
 *   Information Extractor does), fenced if the prompt asks for the fence,
 * - or says a polite sentence in the customer's language. It calls no other function of its own will.
 */
export function standIn(ask: Ask, now: number): Said {
	const text = lastWords(ask);
	const facts = readMessage(text, todayOf(ask, now));
	const tool = answerTool(ask);
	if (tool) return { calls: [{ name: tool.name, arguments: fillSchema(tool.parameters, facts, text) }] };
	if (ask.format.schema) return JSON.stringify(fillSchema(ask.format.schema, facts, text));
	const prompt = ask.messages.map((message) => message.text).join('\n');
	const schema = schemaIn(prompt, parseObject);
	if (schema) {
		const answer = JSON.stringify(fillSchema(schema, facts, text));
		return ask.format.type === 'text' ? `\`\`\`json\n${answer}\n\`\`\`` : answer;
	}
	if (ask.format.type === 'json_object') return JSON.stringify({ message: reply(facts) });
	return reply(facts);
}
