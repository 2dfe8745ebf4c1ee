import {
	execute,
	getOperationAST,
	type GraphQLError,
	parse,
	validate,
	type DocumentNode,
	type FieldNode,
	type OperationDefinitionNode,
} from 'graphql';
import { json, readJson, type SandboxEntry, type SimRequest, type SimResponse, type Simulator } from './kit';
import { MondayBoards, seedBoards, type MondayBoard } from './monday-board';
import { MondayException } from './monday-columns';
import { MondayResolvers } from './monday-resolvers';
import { mondaySchema } from './monday-schema';
import { mondayPanel } from './monday-panel';

/** The token the sandbox gives its credential. */
export const MONDAY_TOKEN = 'sandbox-monday-token';

export interface MondaySettings {
	tokens?: string[];
	boards?: MondayBoard[];
	/** Milliseconds each execution takes, so that two of them can meet. */
	workMilliseconds?: number;
	/** Requests a minute and calls a day (rate-limits page: the smallest plans). */
	minuteLimit?: number;
	dailyLimit?: number;
	/** Complexity points a minute (rate-limits page: personal tokens). */
	complexityLimit?: number;
	now?: () => number;
}

type Stored = { state: 'running' } | { state: 'done'; at: number; response: SimResponse };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const KEPT = 30 * MINUTE;
const MOST_KEPT_BYTES = 1_000_000;
const WRITE_POINTS = 10_000;
const READ_POINTS = 1_000;

/** An answer that carries an error: HTTP 200 unless the code belongs to the transport (error-handling page). */
export const mondayError = (
	code: string,
	message: string,
	{ status = 200, extensions = {}, headers = {} as Record<string, string> } = {},
): SimResponse =>
	json(
		status,
		{
			...(status === 200 && { data: null }),
			errors: [{ message, extensions: { code, status_code: status, ...extensions } }],
			account_id: 18888528,
		},
		headers,
	);

/** api.monday.com: a GraphQL server over boards kept in memory. */
export class MondaySimulator implements Simulator {
	readonly name = 'monday';
	readonly hosts = ['api.monday.com'];
	private readonly settings: Required<MondaySettings>;
	private boards!: MondayBoards;
	private resolvers!: MondayResolvers;
	private kept = new Map<string, Stored>();
	private window = { start: 0, requests: 0, points: 0 };
	private today = { day: 0, calls: 0 };
	private version = '2026-10';
	private requestNumber = 0;

	constructor(settings: MondaySettings = {}) {
		this.settings = {
			tokens: [MONDAY_TOKEN],
			boards: seedBoards(),
			workMilliseconds: 0,
			minuteLimit: 1_000,
			dailyLimit: 25_000,
			complexityLimit: 10_000_000,
			now: () => Date.now(),
			...settings,
		};
		this.reset();
	}

	reset(): void {
		this.boards = new MondayBoards(this.settings.boards, this.settings.now);
		this.resolvers = new MondayResolvers(this.boards, () => this.version);
		this.kept = new Map();
		this.window = { start: 0, requests: 0, points: 0 };
		this.today = { day: 0, calls: 0 };
	}

	/** The boards, with functions to read and to prepare items. */
	get content(): MondayBoards {
		return this.boards;
	}

	state(): unknown {
		return this.boards.boards.map((board) => ({
			id: board.id,
			name: board.name,
			items: this.boards.itemsOf(board).map(({ id, name, groupId, values, updates }) => ({
				id,
				name,
				group: board.groups.find((group) => group.id === groupId)?.title,
				columns: Object.fromEntries(
					board.columns.map((column) => [column.title, values[column.id]?.text ?? '']),
				),
				updates: updates.map(({ body }) => body),
			})),
		}));
	}

	rateLimited(seconds: number): SimResponse {
		return mondayError('RATE_LIMIT_EXCEEDED', 'Minute limit rate exceeded', {
			status: 429,
			extensions: { retry_in_seconds: seconds },
			headers: { 'retry-after': String(seconds), ...this.limitHeaders(seconds) },
		});
	}

	async handle(request: SimRequest): Promise<SimResponse> {
		const answer = await this.answer(request);
		return {
			...answer,
			headers: {
				'api-version': this.version,
				'x-request-id': `sandbox-${++this.requestNumber}`,
				...this.limitHeaders(),
				...answer.headers,
			},
		};
	}

	private async answer(request: SimRequest): Promise<SimResponse> {
		// n8n's own node asks at /v2/, and gets its answer.
		if (request.url.pathname.replace(/\/$/, '') !== '/v2' || request.method !== 'POST')
			return json(404, { error: 'Not Found' });
		const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
		if (!this.settings.tokens.includes(token)) {
			return mondayError('NOT_AUTHENTICATED', 'Not Authenticated', { status: 401 });
		}
		const version = request.headers['api-version'] ?? '2026-10';
		if (!/^(\d{4}-(01|04|07|10)|dev)$/.test(version)) {
			return mondayError('InvalidVersionException', `Invalid API version ${version}`);
		}
		this.version = version;
		const body = readJson(request) as { query?: string; variables?: Record<string, unknown> } | undefined;
		if (typeof body?.query !== 'string') {
			return mondayError('JsonParseException', 'We could not parse your JSON request', { status: 400 });
		}
		const document = this.parsed(body.query);
		if ('status' in document) return document;
		const limit = this.spend(document);
		if (limit) return limit;
		const variables = body.variables ?? {};
		const key = request.headers['idempotency-key'];
		const isMutation = getOperationAST(document)?.operation === 'mutation';
		return key && isMutation
			? await this.once(`${token}/${key}`, () => this.run(document, variables))
			: await this.run(document, variables);
	}

	private parsed(query: string): DocumentNode | SimResponse {
		let document: DocumentNode;
		try {
			document = parse(query);
		} catch (error) {
			return mondayError('GRAPHQL_PARSE_FAILED', `Parse error on ${(error as Error).message}`);
		}
		const errors = validate(mondaySchema, document);
		if (errors.length === 0) return document;
		return json(400, {
			errors: errors.map(({ message, locations }) => ({
				message,
				locations,
				extensions: { code: 'GRAPHQL_VALIDATION_FAILED', status_code: 400 },
			})),
		});
	}

	/** Idempotency page: the answer is kept for 30 minutes; a second request meanwhile gets 409. */
	private async once(key: string, run: () => Promise<SimResponse>): Promise<SimResponse> {
		const kept = this.kept.get(key);
		if (kept?.state === 'running') {
			return json(
				409,
				{
					errors: [
						{
							message: 'A request with this idempotency key is currently being processed',
							extensions: { code: 'IDEMPOTENCY_CONFLICT' },
						},
					],
				},
				{ 'retry-after': '1' },
			);
		}
		if (kept && this.settings.now() - kept.at < KEPT) {
			return { ...kept.response, headers: { ...kept.response.headers, 'idempotency-replayed': 'true' } };
		}
		this.kept.set(key, { state: 'running' });
		const response = await run();
		if (JSON.stringify(response.body).length > MOST_KEPT_BYTES) this.kept.delete(key);
		else this.kept.set(key, { state: 'done', at: this.settings.now(), response });
		return response;
	}

	/** Runs a document; aliased mutations go one after another, and one that fails leaves the others done. */
	private async run(document: DocumentNode, variableValues: Record<string, unknown>): Promise<SimResponse> {
		const { workMilliseconds } = this.settings;
		if (workMilliseconds > 0) await new Promise((resolve) => setTimeout(resolve, workMilliseconds));
		const rootValue = this.resolvers.root(() => ({
			before: this.settings.complexityLimit,
			after: this.settings.complexityLimit - this.window.points,
			query: this.pointsOf(document),
			reset_in_x_seconds: Math.ceil(this.secondsLeft()),
		}));
		const result = await execute({ schema: mondaySchema, document, rootValue, variableValues });
		if (result.data === undefined) {
			return json(400, { errors: result.errors?.map((error) => this.formatted(error)) });
		}
		return json(200, {
			data: result.data,
			...(result.errors && { errors: result.errors.map((error) => this.formatted(error)) }),
			extensions: { request_id: `sandbox-${this.requestNumber + 1}` },
			account_id: 18888528,
		});
	}

	private formatted({ message, locations, path, originalError }: GraphQLError): object {
		const { code, statusCode, errorData } =
			originalError instanceof MondayException
				? originalError
				: { code: 'INTERNAL_SERVER_ERROR', statusCode: 500, errorData: {} };
		return {
			message,
			locations,
			path,
			extensions: { code, status_code: statusCode, error_data: errorData },
		};
	}

	private pointsOf(document: DocumentNode): number {
		const operation = getOperationAST(document) as OperationDefinitionNode;
		const fields = operation.selectionSet.selections as FieldNode[];
		const each = operation.operation === 'mutation' ? WRITE_POINTS : READ_POINTS;
		return fields.length * each;
	}

	private secondsLeft(): number {
		return Math.max(1, (this.window.start + MINUTE - this.settings.now()) / 1000);
	}

	/** Counts a request against the limits; the answer is a refusal where one is met. */
	private spend(document: DocumentNode): SimResponse | undefined {
		const now = this.settings.now();
		if (now - this.window.start >= MINUTE) this.window = { start: now, requests: 0, points: 0 };
		const day = Math.floor(now / DAY);
		if (this.today.day !== day) this.today = { day, calls: 0 };
		const seconds = Math.ceil(this.secondsLeft());
		if (this.today.calls >= this.settings.dailyLimit) {
			return mondayError('DAILY_LIMIT_EXCEEDED', 'Daily limit exceeded', { status: 429 });
		}
		if (this.window.requests >= this.settings.minuteLimit) return this.rateLimited(seconds);
		const points = this.pointsOf(document);
		if (this.window.points + points > this.settings.complexityLimit) {
			return mondayError('COMPLEXITY_BUDGET_EXHAUSTED', 'Complexity budget exhausted', {
				status: 429,
				extensions: { retry_in_seconds: seconds },
				headers: { 'retry-after': String(seconds) },
			});
		}
		this.window.requests++;
		this.window.points += points;
		this.today.calls++;
		return undefined;
	}

	private limitHeaders(exhaustedFor?: number): Record<string, string> {
		const { minuteLimit, complexityLimit } = this.settings;
		const left = exhaustedFor === undefined ? Math.max(0, minuteLimit - this.window.requests) : 0;
		const reset = exhaustedFor === undefined ? '' : `;t=${exhaustedFor}`;
		return {
			'ratelimit-policy': `"minuteRate";q=${minuteLimit};w=60, "concurrency";q=40;qu="concurrent-requests", "complexityMinute";q=${complexityLimit};w=60;qu="content-bytes"`,
			ratelimit: `"minuteRate";r=${left}${reset}, "concurrency";r=39, "complexityMinute";r=${complexityLimit - this.window.points}`,
		};
	}
}

/** The sandbox's monday.com account, with the board of leads. */
export const sandbox: SandboxEntry = {
	create: () => new MondaySimulator(),
	panel: mondayPanel,
	credentials: [{ name: 'monday.com', type: 'mondayLeadsApi', data: { token: MONDAY_TOKEN } }],
	settings: {
		mondayBoard: '1234567890',
		mondayTopicColumn: 'text1',
		mondaySourceColumn: 'status1',
		mondayPackageColumn: 'status2',
		mondayStatusColumn: 'status',
		mondayStatusNew: 'Nowy',
		mondayStatusBooked: 'Umówiony',
		mondayStatusCancelled: 'Zakwalifikowany',
		mondayDateColumn: 'date',
		mondayTimeColumn: 'time',
	},
};
