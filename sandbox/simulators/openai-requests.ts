import { isObject, listOf, objects, textOf, type Json } from './openai-json';
import { missing, Refusal, refuse } from './openai-refusals';
import { checkSchema, checkTools } from './openai-schemas';

/** A function that the model may call. */
export interface Tool {
	name: string;
	description: string;
	/** JSON Schema of its arguments. */
	parameters: Json;
}

/** A call of a function; `arguments` is JSON text, as the API has it. */
export interface ToolCall {
	id: string;
	name: string;
	arguments: string;
}

/** One message of a conversation, the same for both APIs; `system` stands for `developer` too. */
export interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	text: string;
	/** Of an assistant: what it called. */
	calls: ToolCall[];
	/** Of a tool: which call it answers. */
	callId?: string;
}

/** A request for a turn of the model, the same for both APIs. */
export interface Ask {
	api: 'chat' | 'responses';
	model: string;
	stream: boolean;
	/** Chat only: whether the stream ends with a chunk that counts tokens. */
	includeUsage: boolean;
	messages: Message[];
	tools: Tool[];
	toolChoice: 'auto' | 'none' | 'required' | { name: string };
	format: { type: 'text' | 'json_object' | 'json_schema'; schema?: Json };
	/** The request as it came. */
	body: Json;
}

const ROLES: Record<string, Message['role']> = {
	system: 'system',
	developer: 'system',
	user: 'user',
	assistant: 'assistant',
	tool: 'tool',
};

/** Text of a content that is text itself, or a list of parts. */
const contentOf = (content: unknown): string =>
	typeof content === 'string'
		? content
		: objects(content)
				.map(({ text, refusal }) => textOf(text) || textOf(refusal))
				.join('\n');

const roleOf = (role: unknown, param: string): Message['role'] => {
	const known = Object.hasOwn(ROLES, String(role)) ? ROLES[String(role)] : undefined;
	if (known) return known;
	return refuse(
		`Invalid value: '${String(role)}'. Supported values are: 'system', 'assistant', 'user', 'tool', and 'developer'.`,
		param,
		'invalid_value',
	);
};

function chatMessages(body: Json): Message[] {
	if (!Array.isArray(body.messages)) throw missing('messages');
	if (body.messages.length === 0) {
		refuse(
			"Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
			'messages',
			'empty_array',
		);
	}
	return objects(body.messages).map((message, index) => ({
		role: roleOf(message.role, `messages[${index}].role`),
		text: contentOf(message.content),
		calls: objects(message.tool_calls).map((call) => {
			const called = isObject(call.function) ? call.function : {};
			return { id: textOf(call.id), name: textOf(called.name), arguments: textOf(called.arguments) };
		}),
		...(message.role === 'tool' && { callId: textOf(message.tool_call_id) }),
	}));
}

function inputItem(item: Json, index: number): Message | undefined {
	switch (item.type ?? 'message') {
		case 'message':
			return { role: roleOf(item.role, `input[${index}].role`), text: contentOf(item.content), calls: [] };
		case 'function_call': {
			const call = {
				id: textOf(item.call_id),
				name: textOf(item.name),
				arguments: textOf(item.arguments),
			};
			return { role: 'assistant', text: '', calls: [call] };
		}
		case 'function_call_output':
			return { role: 'tool', text: contentOf(item.output), calls: [], callId: textOf(item.call_id) };
		default:
			return undefined;
	}
}

function inputMessages(body: Json): Message[] {
	const instructions: Message[] =
		typeof body.instructions === 'string' ? [{ role: 'system', text: body.instructions, calls: [] }] : [];
	if (typeof body.input === 'string') {
		return [...instructions, { role: 'user', text: body.input, calls: [] }];
	}
	if (!Array.isArray(body.input)) throw missing('input');
	return [...instructions, ...objects(body.input).flatMap((item, index) => inputItem(item, index) ?? [])];
}

/** Every call has its answer, and every answer its call. */
function checkCalls(messages: Message[], api: Ask['api']): void {
	const answered = new Set(messages.flatMap(({ callId }) => callId ?? []));
	const made = new Set(messages.flatMap(({ calls }) => calls.map(({ id }) => id)));
	const open = [...made].filter((id) => !answered.has(id));
	const stray = [...answered].filter((id) => !made.has(id));
	if (api === 'responses') {
		if (open[0]) refuse(`No tool output found for function call ${open[0]}.`, 'input');
		if (stray[0]) refuse(`No tool call found for function call output with call_id ${stray[0]}.`, 'input');
	}
	if (open.length > 0) {
		refuse(
			`An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(', ')}`,
			'messages',
		);
	}
	if (stray.length > 0) {
		refuse(
			"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
			'messages',
		);
	}
}

function toolsOf(body: Json, api: Ask['api']): Tool[] {
	const tools = objects(body.tools).flatMap((tool) => {
		if (tool.type !== 'function') return [];
		const { name, description, parameters } =
			api === 'chat' && isObject(tool.function) ? tool.function : tool;
		return [
			{
				name: textOf(name),
				description: textOf(description),
				parameters: isObject(parameters) ? parameters : { type: 'object', properties: {} },
			},
		];
	});
	checkTools(tools, api === 'chat' ? 'function.' : '');
	return tools;
}

function choiceOf(choice: unknown): Ask['toolChoice'] {
	if (choice === 'none' || choice === 'required') return choice;
	if (!isObject(choice)) return 'auto';
	return { name: textOf(isObject(choice.function) ? choice.function.name : choice.name) };
}

function formatOf(body: Json, api: Ask['api']): Ask['format'] {
	const text = isObject(body.text) ? body.text : {};
	const asked = api === 'chat' ? body.response_format : text.format;
	if (!isObject(asked)) return { type: 'text' };
	if (asked.type !== 'json_schema') return { type: asked.type === 'json_object' ? 'json_object' : 'text' };
	const at = api === 'chat' ? 'response_format.json_schema' : 'text.format';
	const format = api === 'chat' ? asked.json_schema : asked;
	if (!isObject(format)) throw missing(at);
	if (!textOf(format.name)) throw missing(`${at}.name`);
	if (!isObject(format.schema)) throw missing(`${at}.schema`);
	if (format.strict === true) {
		checkSchema(
			format.schema,
			textOf(format.name),
			api === 'chat' ? 'response_format' : 'text.format.schema',
		);
	}
	return { type: 'json_schema', schema: format.schema };
}

/** JSON mode wants to hear of JSON, or the real model may write blanks until it is cut off. */
function checkJsonWord(messages: Message[], api: Ask['api']): void {
	if (messages.some(({ text }) => /json/i.test(text))) return;
	if (api === 'chat') {
		refuse(
			"'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
			'messages',
		);
	}
	refuse(
		"Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
		'input',
	);
}

/**
 * Reads a request of either API into the one shape.
 *
 * @param earlier the conversation that `previous_response_id` names, where it names one
 * @throws Refusal as OpenAI words it
 */
export function readAsk(api: Ask['api'], body: unknown, earlier: Message[] = []): Ask {
	if (!isObject(body)) {
		throw new Refusal(
			400,
			'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)',
		);
	}
	if (!textOf(body.model)) {
		if (api === 'responses') throw missing('model');
		refuse('you must provide a model parameter', null);
	}
	const messages = [...earlier, ...(api === 'chat' ? chatMessages(body) : inputMessages(body))];
	checkCalls(messages, api);
	const tools = toolsOf(body, api);
	const format = formatOf(body, api);
	if (format.type === 'json_object') checkJsonWord(messages, api);
	if (body.tool_choice !== undefined && tools.length === 0 && listOf(body.tools).length === 0) {
		refuse(
			"Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
			'tool_choice',
		);
	}
	return {
		api,
		model: textOf(body.model),
		stream: body.stream === true,
		includeUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
		messages,
		tools,
		toolChoice: choiceOf(body.tool_choice),
		format,
		body,
	};
}
