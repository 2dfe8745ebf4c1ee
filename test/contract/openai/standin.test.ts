import { openAiBench, says, type Bench, type Json } from './bench';

let openai: Bench;
beforeEach(() => (openai = openAiBench()));

const text = (answer: { body?: unknown }): string =>
	(answer.body as { choices: [{ message: { content: string } }] }).choices[0].message.content;

const string = { type: 'string' };
const LEAD = {
	type: 'object',
	properties: {
		intent: string,
		service: string,
		date: string,
		time: string,
		name: string,
		phone: string,
		email: string,
		confidence: { type: 'number' },
		ready_to_book: { type: 'boolean' },
		language: string,
	},
};

/** As n8n's Information Extractor 1.2 asks: the schema stands in a fenced block of the system message. */
const extraction = (schema: Json) =>
	[
		'You are an expert extraction algorithm.',
		'For example, {{"properties": {{"foo": {{"type": "array"}}}}}}',
		'Here is the JSON Schema instance your output must adhere to. Include the enclosing markdown codeblock:',
		`\`\`\`json\n${JSON.stringify(schema)}\n\`\`\`\n`,
	].join('\n');

function extract(message: string, schema: Json = LEAD, system = ''): Json {
	const messages = [{ role: 'developer', content: `${system}\n${extraction(schema)}` }, says(message)];
	const answer = text(openai.chat({ messages }));
	const [, block] = /^```json\n(.+)\n```$/s.exec(answer) ?? [];
	return JSON.parse(block ?? 'null') as Json;
}

const objectOf = (properties: Json, required: string[] = []): Json => ({
	type: 'object',
	properties,
	required,
});

describe("the stand-in's reading of a message", () => {
	it.each<[string, Json]>([
		[
			'Hi! I would like to book a haircut tomorrow at 10',
			{
				intent: 'booking_request',
				service: 'Haircut',
				date: '2026-11-23',
				time: '10:00',
				language: 'en',
				ready_to_book: true,
			},
		],
		[
			'Do you have any free slots on Friday?',
			{ intent: 'availability_question', date: '2026-11-27', language: 'en' },
		],
		[
			'Can I move my appointment to 24.11 at 15:30?',
			{ intent: 'reschedule', date: '2026-11-24', time: '15:30' },
		],
		['Please cancel my appointment', { intent: 'cancel', language: 'en' }],
		['Hello!', { intent: 'greeting', language: 'en', confidence: 0.9 }],
		['How much is a manicure?', { intent: 'question', service: 'Manicure' }],
		['I want to talk to a human', { intent: 'human_request' }],
		['lorem ipsum', { intent: 'unknown', confidence: 0.3, ready_to_book: false }],
		[
			'Cześć, chcę się umówić na strzyżenie jutro o 17',
			{
				intent: 'booking_request',
				service: 'Haircut',
				date: '2026-11-23',
				time: '17:00',
				language: 'pl',
				ready_to_book: true,
			},
		],
		[
			'Czy macie wolne terminy w piątek?',
			{ intent: 'availability_question', date: '2026-11-27', language: 'pl' },
		],
		[
			'Chciałabym przełożyć wizytę na 3 grudnia o 9:30',
			{ intent: 'reschedule', date: '2026-12-03', time: '09:30' },
		],
		['Odwołuję jutrzejszą wizytę', { intent: 'cancel', language: 'pl' }],
		[
			'Hola, quiero reservar un corte mañana a las 5 de la tarde',
			{
				intent: 'booking_request',
				service: 'Haircut',
				date: '2026-11-23',
				time: '17:00',
				language: 'es',
				ready_to_book: true,
			},
		],
		[
			'¿Tienen hueco el viernes por la mañana?',
			{ intent: 'availability_question', date: '2026-11-27', language: 'es' },
		],
		[
			'Quiero cambiar mi cita al 24 de noviembre a las 10:00',
			{ intent: 'reschedule', date: '2026-11-24', time: '10:00' },
		],
		['Necesito cancelar mi cita', { intent: 'cancel', language: 'es' }],
		[
			'Привіт! Запишіть мене на манікюр завтра о 15',
			{
				intent: 'booking_request',
				service: 'Manicure',
				date: '2026-11-23',
				time: '15:00',
				language: 'uk',
				ready_to_book: true,
			},
		],
		['Чи є вільний час у п’ятницю?', { intent: 'availability_question', date: '2026-11-27', language: 'uk' }],
		[
			'Хочу перенести запис на 24.11 о 12:00',
			{ intent: 'reschedule', date: '2026-11-24', time: '12:00', language: 'uk' },
		],
		['Скасуйте, будь ласка, мій запис', { intent: 'cancel', language: 'uk' }],
		[
			'Здравствуйте, хочу записаться на массаж послезавтра в 18:00',
			{
				intent: 'booking_request',
				service: 'Massage',
				date: '2026-11-24',
				time: '18:00',
				language: 'ru',
				ready_to_book: true,
			},
		],
		[
			'Есть свободное время в субботу?',
			{ intent: 'availability_question', date: '2026-11-28', language: 'ru' },
		],
		['Отмените мою запись', { intent: 'cancel', language: 'ru' }],
		['Позовите администратора', { intent: 'human_request', language: 'ru' }],
	])('%s', (message, facts) => {
		expect(extract(message)).toMatchObject(facts);
	});

	it.each([
		['My name is Anna Kowalska, +48 601 234 567, anna@example.com', 'Anna Kowalska', '+48601234567'],
		['Nazywam się Jan Nowak, tel. 601 234 567', 'Jan Nowak', '601234567'],
		['Me llamo Lucía Gómez (+34 600 111 222)', 'Lucía Gómez', '+34600111222'],
		['Мене звати Олена Шевченко, +380 67 123 45 67', 'Олена Шевченко', '+380671234567'],
		['Меня зовут Иван Петров, +7 999 123-45-67', 'Иван Петров', '+79991234567'],
	])('finds name and phone number: %s', (message, name, phone) => {
		expect(extract(message)).toMatchObject({ name, phone });
	});

	it.each([
		['massage on 2026-12-01 10:30', '2026-12-01', '10:30'],
		['1.12 at 10.30', '2026-12-01', '10:30'],
		['on the 24th of November at 5 pm', '2026-11-24', '17:00'],
		['3/2/2027, 12 am', '2027-02-03', '00:00'],
		['January 5 at 9', '2027-01-05', '09:00'],
		['next Sunday at 11:00', '2026-11-29', '11:00'],
	])('reads date and time: %s', (message, date, time) => {
		expect(extract(message)).toMatchObject({ date, time });
		expect(extract(message).phone).toBeUndefined();
	});

	it("takes the prompt's word for what day it is", () => {
		expect(extract('tomorrow', LEAD, 'Today is Monday, 2027-03-01.')).toMatchObject({ date: '2027-03-02' });
	});

	it('reads the last words of the customer in a transcript', () => {
		const transcript =
			'Customer: Hello\nAssistant: Hi! What about tomorrow at 9?\nCustomer: Please cancel\nit all\nAssistant: …';
		expect(extract(transcript)).toMatchObject({ intent: 'cancel' });
		expect(extract(transcript).date).toBeUndefined();
	});
});

describe("the stand-in's way with schemas", () => {
	const message = 'Book a haircut for 24.11 at 10:00, my name is Anna Kowalska, anna@example.com';

	it('knows fields by words of their names, in any spelling', () => {
		const properties = {
			customerName: string,
			preferred_date: string,
			'Email Address': string,
			isReadyToBook: { type: 'boolean' },
			startDateTime: string,
			favouriteColour: string,
		};
		expect(extract(message, objectOf(properties))).toEqual({
			customerName: 'Anna Kowalska',
			preferred_date: '2026-11-24',
			'Email Address': 'anna@example.com',
			isReadyToBook: true,
			startDateTime: '2026-11-24T10:00:00',
		});
	});

	it.each<[string[], string]>([
		[['book', 'move', 'other'], 'book'],
		[['Booking Request', 'Cancel'], 'Booking Request'],
	])('keeps to the choices %j', (choices, intent) => {
		expect(extract(message, objectOf({ intent: { type: 'string', enum: choices } }))).toEqual({ intent });
	});

	it('finds choices of its own in the message, and leaves out what none fits', () => {
		const schema = objectOf({
			service: { type: 'string', enum: ["Women's haircut", 'Nails'] },
			language: { type: 'string', enum: ['English', 'Polish'] },
			branch: { type: 'string', enum: ['Warsaw', 'Kraków Centrum'] },
			mood: { type: 'string', enum: ['good', 'bad'] },
		});
		expect(extract(`${message}, Kraków centrum`, schema)).toEqual({
			service: "Women's haircut",
			language: 'English',
			branch: 'Kraków Centrum',
		});
	});

	it('fills what is required and not said with null, default, unknown or nothing', () => {
		const properties = {
			phone: { type: ['string', 'null'] },
			time: { anyOf: [{ type: 'string' }, { type: 'null' }] },
			tags: { type: 'array', items: string },
			people: { type: 'integer', default: 1 },
			price: { type: 'number' },
			mood: { type: 'string', enum: ['good', 'unknown', 'bad'] },
			comment: string,
			vip: { type: 'boolean' },
			visit: objectOf({ date: { type: 'string', format: 'date' } }, ['date']),
		};
		expect(extract('Hello', objectOf(properties, Object.keys(properties)))).toEqual({
			...{ phone: null, time: null, tags: [], people: 1, price: 0, mood: 'unknown', comment: '', vip: false },
			visit: { date: '' },
		});
	});

	it.each(['chat', 'responses'])('answers json_schema with bare JSON: %s', (api) => {
		const schema = objectOf({ intent: string });
		const answer =
			api === 'chat'
				? openai.chat({
						messages: [says('Please cancel')],
						response_format: { type: 'json_schema', json_schema: { name: 'lead', schema } },
					})
				: openai.respond({
						input: 'Please cancel',
						text: { format: { type: 'json_schema', name: 'lead', schema } },
					});
		expect(JSON.stringify(answer.body)).toContain(
			JSON.stringify(JSON.stringify({ intent: 'cancel' })).slice(1, -1),
		);
	});

	it('answers JSON mode with bare JSON', () => {
		const ask = (system: string) =>
			text(
				openai.chat({
					messages: [{ role: 'system', content: system }, says('Hola')],
					response_format: { type: 'json_object' },
				}),
			);
		expect(JSON.parse(ask(extraction(objectOf({ intent: string }))))).toEqual({ intent: 'greeting' });
		expect(JSON.parse(ask('Reply in JSON'))).toEqual({ message: '¡Hola! ¿En qué puedo ayudarle?' });
	});

	it.each<[string, Json]>([
		['a function it has to call', { tool_choice: { type: 'function', function: { name: 'note' } } }],
		['any function', { tool_choice: 'required' }],
		['a function that forms the answer', {}],
	])('calls %s with the fields filled', (_, choice) => {
		const name = 'tool_choice' in choice ? 'note' : 'format_final_json_response';
		const parameters = objectOf({ output: objectOf({ intent: string }) });
		const answer = openai.chat({
			messages: [says('Отмените запись')],
			tools: [{ type: 'function', function: { name, parameters } }],
			...choice,
		});
		expect(answer.body).toMatchObject({
			choices: [
				{ message: { tool_calls: [{ function: { name, arguments: '{"output":{"intent":"cancel"}}' } }] } },
			],
		});
	});

	it('calls no other function, and answers in the language of the customer', () => {
		const tools = [{ type: 'function', function: { name: 'send_sms', parameters: objectOf({}) } }];
		const reply = (words: string) => text(openai.chat({ messages: [says(words)], tools }));
		expect(reply('Dzień dobry')).toBe('Dzień dobry! W czym mogę pomóc?');
		expect(reply('Скасуйте мій запис')).toBe('Я скасую ваш запис.');
	});
});
