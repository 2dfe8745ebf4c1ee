export { safeAddress } from './address';
export {
	HttpClient,
	type HttpAnswer,
	type HttpContext,
	type HttpOptions,
	type HttpRequest,
	type Reading,
} from './client';
export { errorDetails, type ErrorDetails } from './details';
export { ProviderError, providerWords, type Failure } from './errors';
export { retryHint, type Headers } from './hints';
export { limitsFrom, requestOptions } from './options';
export { path } from './path';
export { DEFAULT_LIMITS, type Outlook, type RetryLimits } from './retry';
export { outcomeOf, type Outcome } from './outcome';
export { isSecretField } from './secrets';
