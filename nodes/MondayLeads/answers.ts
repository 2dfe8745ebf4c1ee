import type { Failure, HttpAnswer, Outlook, Reading } from '../../lib/http';
import { indexOfAlias } from './graphql';

/** One entry of `errors` in an answer (error-handling page, 2026-09-06). */
export interface MondayError {
	message?: string;
	path?: Array<string | number>;
	extensions?: { code?: string; status_code?: number; retry_in_seconds?: number; error_data?: unknown };
}

interface Body {
	data?: Record<string, unknown> | unknown[] | null;
	errors?: Array<MondayError | string>;
	error_code?: string;
	error_message?: string;
	error_data?: unknown;
	status_code?: number;
}

/** Refusals that pass by themselves; monday.com did nothing (rate-limits and error-handling pages, 2026-09-06). */
const PASSING = new Set([
	'API_TEMPORARILY_BLOCKED',
	'COMPLEXITY_BUDGET_EXHAUSTED',
	'CONCURRENCY_LIMIT_EXCEEDED',
	'ComplexityException',
	'FIELD_LIMIT_EXCEEDED',
	'IP_RATE_LIMIT_EXCEEDED',
	'MutationCallsExceeded',
	'RATE_LIMIT_EXCEEDED',
	'Rate Limit Exceeded',
	'RateLimitedException',
	'maxConcurrencyExceeded',
]);

/** The same, said in words only. */
const PASSING_WORDS =
	/^(minute limit rate exceeded|rate limit exceeded|concurrency limit exceeded)|currently locked/i;

/** monday.com's own trouble; whether it acted is not known. */
const TROUBLE = new Set(['INTERNAL_SERVER_ERROR', 'InternalServerError']);
const TROUBLE_WORDS = /^internal server error/i;

const LIMIT_FIX = 'Lower Max Parallel Requests, raise Max Retry Wait, or run the flow less often.';

/** What the operator can do about a refusal that stays, by monday.com's code. */
const FIXES: Record<string, { what: string; fix: string; status?: number }> = {
	ColumnValueException: {
		what: 'did not accept the value of a column',
		fix: 'Compare the values with the columns of the board: labels, dates and phone numbers must be such as monday.com itself would take.',
	},
	CorrectedValueException: {
		what: 'did not accept the value of a column',
		fix: 'The column expects another kind of value. Reload the columns in this node and map it again.',
	},
	DAILY_LIMIT_EXCEEDED: {
		what: 'takes no more calls today: the daily limit of the account is used up',
		fix: 'The count starts again at 00:00 UTC. Until then nothing gets through; raise Batch Size, or the plan, to need fewer calls.',
	},
	DATA_VALIDATIONS_ERROR: {
		what: 'refused the values by a validation rule of the board',
		fix: 'Meet the rule that is named below, or relax it in the settings of the column.',
	},
	IDEMPOTENCY_CONFLICT: {
		what: 'is still carrying out the same request',
		fix: 'Another execution sent the same at the same moment: look the item up before you repeat it.',
	},
	InvalidArgumentException: {
		what: 'did not accept an ID or a value',
		fix: 'Check the board, the group and the item: they must exist, and the token must see them.',
	},
	InvalidBoardIdException: {
		what: 'does not know this board',
		fix: 'Choose the board from the list; the user of the token must be able to see it.',
	},
	InvalidColumnIdException: {
		what: 'does not know a column',
		fix: 'The board may have changed: reload the columns in this node and map them again.',
	},
	InvalidUserIdException: {
		what: 'does not know a person',
		fix: 'Use the ID of a user who is assigned to this board.',
	},
	InvalidVersionException: {
		what: 'does not know the API version',
		fix: 'Correct API Version in the credential (a form like 2026-10), or leave it empty.',
	},
	ItemNameTooLongException: {
		what: 'did not accept the name of the item',
		fix: 'Use 1 to 255 characters.',
	},
	ItemsLimitationException: {
		what: 'adds no more items to this board',
		fix: 'The board holds as many items as it may (10,000). Archive some, or use another board.',
	},
	JsonParseException: {
		what: 'could not read the column values',
		fix: 'Reload the columns in this node and map them again.',
	},
	ResourceNotFoundException: {
		what: 'could not find the item, the group or the board',
		fix: 'It may have been deleted, or the user of the token does not see it.',
		status: 404,
	},
	USER_ACCESS_DENIED: {
		what: 'does not let the user of the token use the API',
		fix: 'The user must be active, not a viewer, and have a confirmed e-mail address.',
	},
	UserUnauthorizedException: {
		what: 'does not allow this to the user of the token',
		fix: 'Give the user the right to edit the board, or use the token of somebody who has it.',
	},
	missingRequiredPermissions: {
		what: 'does not allow this to the token',
		fix: 'The token lacks a permission scope such as boards:write or updates:write.',
	},
};

const isBody = (body: unknown): body is Body => typeof body === 'object' && body !== null;

/** The errors of an answer; the flat form from before API version 2025-01 is still seen with limits. */
function errorsOf(body: unknown): MondayError[] {
	if (!isBody(body)) return [];
	if (body.error_code !== undefined || body.error_message !== undefined) {
		const { error_code: code, error_message: message, error_data, status_code } = body;
		return [{ message, extensions: { code, error_data, status_code } }];
	}
	return (Array.isArray(body.errors) ? body.errors : []).map((error) =>
		typeof error === 'string' ? { message: error } : error,
	);
}

/** Whether a limit was met: monday.com refused and did nothing. */
export const isLimit = ({ message, extensions }: MondayError): boolean =>
	PASSING.has(extensions?.code ?? '') || PASSING_WORDS.test(message ?? '');

/** Whether monday.com itself is in trouble; a write may have been carried out all the same. */
export const isTrouble = ({ message, extensions }: MondayError): boolean =>
	TROUBLE.has(extensions?.code ?? '') || TROUBLE_WORDS.test(message ?? '');

/** Seconds monday.com asks to wait before one alias is asked again. */
export function waitOf({ extensions }: MondayError): number | undefined {
	const data = extensions?.error_data as { retry_in_seconds?: number } | undefined;
	const seconds = Number(extensions?.retry_in_seconds ?? data?.retry_in_seconds);
	return Number.isFinite(seconds) ? seconds : undefined;
}

/**
 * Puts one of monday.com's errors into words for an operator.
 *
 * @param error from `errors`
 * @param status the HTTP status, where it says more than the body
 */
export function failureOf(error: MondayError, status = error.extensions?.status_code): Failure {
	const known = FIXES[error.extensions?.code ?? ''];
	if (known) {
		const { what, fix: howToFix, status: meant = status } = known;
		return { status: meant, said: error.message, message: `monday.com ${what}`, howToFix };
	}
	if (isLimit(error)) {
		const message = 'monday.com asks to slow down';
		return { status: 429, said: error.message, message, howToFix: LIMIT_FIX };
	}
	const message = status === undefined || status < 300 ? 'monday.com did not accept the request' : undefined;
	return { status, said: error.message, ...(message && { message }) };
}

/** Whether every error belongs to one of the document's aliases, so that the others have an answer. */
function isPartial({ data }: Body, errors: MondayError[]): boolean {
	if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
	return errors.every(({ path }) => indexOfAlias(path?.[0]) !== undefined && String(path?.[0]) in data);
}

function outlookFor(error: MondayError, status: number): Outlook | undefined {
	if (error.extensions?.code === 'DAILY_LIMIT_EXCEEDED') return 'final';
	// The same key again, not a new one: whoever holds the key is writing this very item, and a limit that
	// stands before the execution leaves no answer under the key (idempotency page, 2026-09-06).
	if (error.extensions?.code === 'IDEMPOTENCY_CONFLICT' || status === 429 || status === 423) return 'passing';
	// A refusal inside an answer is cached under the key with the answer, so the key has to change.
	if (isLimit(error)) return 'refused';
	if (isTrouble(error)) return 'passing';
	return status < 300 ? 'final' : undefined;
}

/**
 * Reads monday.com's answer: HTTP 200 with `errors` is a refusal, unless each error names an alias of the
 * document; those are judged one by one where the document was made.
 */
export function readAnswer({ status, body }: HttpAnswer): Reading | undefined {
	const errors = errorsOf(body);
	const first = errors[0];
	if (!first) return undefined;
	if (status < 300 && isBody(body) && isPartial(body, errors)) return undefined;
	return { failure: failureOf(first, status < 300 ? undefined : status), outlook: outlookFor(first, status) };
}

/** The errors of an accepted answer by the position of their alias; the first of each counts. */
export function errorsByAlias(body: unknown): Map<number, MondayError> {
	const byAlias = new Map<number, MondayError>();
	for (const error of errorsOf(body)) {
		const index = indexOfAlias(error.path?.[0]);
		if (index !== undefined && !byAlias.has(index)) byAlias.set(index, error);
	}
	return byAlias;
}
