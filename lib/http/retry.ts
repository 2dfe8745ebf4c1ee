import type { Failure } from './errors';

export interface RetryLimits {
	/** Seconds one attempt may take. */
	timeoutSeconds: number;
	/** Seconds that all waits of one request may take together: between attempts, and for answers that never came. */
	maxWaitSeconds: number;
	maxAttempts: number;
}

/** A worker is held for a minute at the longest: n8n's queue must not stall behind one provider. */
export const DEFAULT_LIMITS: RetryLimits = { timeoutSeconds: 30, maxWaitSeconds: 60, maxAttempts: 5 };

const FIRST_BACKOFF_SECONDS = 0.5;
const LONGEST_BACKOFF_SECONDS = 10;

/** No answer came in time. */
const SILENCE = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
/** No connection was made, so nothing can have been done. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** The handshake failed before anything was sent, or there is no such address; neither passes by itself. */
const NEVER_TRUSTED = /CERT|SIGNATURE|HOSTNAME_MISMATCH|^EPROTO$|^ERR_(SSL|TLS|INVALID_URL)/;
const PASSING_STATUS = new Set([500, 502, 503, 504]);

/**
 * What a failed attempt allows next.
 * - refused: the provider did nothing and may be asked again, whatever the request
 * - passing: it may have acted; only a request that is safe to repeat may be sent again
 * - final: asking again gives the same answer
 */
export type Outlook = 'refused' | 'passing' | 'final';

/** Whether a network code says that the address or its certificate is wrong. */
export const isUntrusted = (code = ''): boolean => NEVER_TRUSTED.test(code);

/** Whether a network code says that no answer came in time. */
export const isSilence = (code = ''): boolean => SILENCE.has(code);

/** Whether a network code says that no connection came about. */
export const isUnreachable = (code = ''): boolean => NEVER_SENT.has(code);

/** Judges a failed attempt by its status or network code. */
export function outlookOf({ status, code }: Failure): Outlook {
	if (status === undefined) {
		if (isUntrusted(code)) return 'final';
		return isUnreachable(code) ? 'refused' : 'passing';
	}
	if (status === 429) return 'refused';
	return PASSING_STATUS.has(status) ? 'passing' : 'final';
}

/**
 * Exponential back-off with full jitter, for servers that give no hint.
 *
 * @param attempt 1 after the first attempt
 * @param random from 0 up to 1
 * @returns seconds
 */
export function backoffSeconds(attempt: number, random: number): number {
	return random * Math.min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** attempt);
}
