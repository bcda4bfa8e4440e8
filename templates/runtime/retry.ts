import type { Call } from "./call.js";
import { ConnectionError, TimeoutError, type ClientError, type Operation } from "./errors.js";

/** When and how a request is sent again. */
export interface RetryOptions {
  /** How often at most. Default 2. */
  readonly limit?: number | undefined;
  /**
   * The first delay is between 0 and this, in milliseconds; each further one may be twice as long.
   * Default 500.
   */
  readonly baseDelay?: number | undefined;
  /** The longest delay, in milliseconds, unless the service asks for another. Default 8,000. */
  readonly maxDelay?: number | undefined;
  /**
   * The longest delay that the service may ask for, in milliseconds. What asks for more is not
   * obeyed. Default 60,000.
   */
  readonly maxRetryAfter?: number | undefined;
  /** Called before each wait. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** What is told about a repetition. */
export interface RetryEvent {
  readonly operation: Operation;
  /** The number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** How long it is until the next one, in milliseconds. */
  readonly delay: number;
  /** The status that was answered; undefined if there was no answer. */
  readonly status: number | undefined;
  /** What went wrong where there was no answer. */
  readonly error: ClientError | undefined;
}

/** The statuses that another attempt may change (RFC 9110, section 15; RFC 8470; RFC 6585). */
export const RETRYABLE_STATUSES: readonly number[] = [408, 425, 429, 502, 503, 504];

/** The methods that promise it (RFC 9110, section 9.2.2; RFC 10008, section 2), of those that `fetch` can send. */
const IDEMPOTENT = "GET HEAD OPTIONS PUT DELETE QUERY".split(" ");

/** An attempt that has ended. */
export interface Attempt {
  readonly operation: Operation;
  /** The number of the attempt, from 1. */
  readonly attempt: number;
  /** How much time there still is for the call, in milliseconds. */
  readonly left: () => number;
  /** Why there was no answer, or not all of it. */
  readonly error: unknown;
  readonly response: Response | undefined;
}

/**
 * Tells how long to wait before another attempt.
 *
 * @param settings - those of the client, then those of the call, which override them one by one.
 * @returns milliseconds; undefined if there is to be no other attempt.
 */
export function delayBefore(
  { method, idempotent, body }: Call,
  settings: readonly (number | RetryOptions | undefined)[],
  { operation, attempt, left, error, response }: Attempt,
): number | undefined {
  const isLost = error instanceof ConnectionError || error instanceof TimeoutError;
  const isRefused = response !== undefined && RETRYABLE_STATUSES.includes(response.status);
  const mayRepeat = (idempotent ?? IDEMPOTENT.includes(method)) && !body?.once;
  if (!mayRepeat || !(isLost || isRefused)) return undefined;
  const options = settings.map((one) => (typeof one === "number" ? { limit: one } : one));
  const {
    limit = 2,
    baseDelay = 500,
    maxDelay = 8_000,
    maxRetryAfter = 60_000,
    onRetry,
  } = Object.assign({}, ...options) as RetryOptions;
  if (attempt > limit) return undefined;
  const asked = response === undefined ? NaN : askedDelay(response);
  const delay =
    asked >= 0 && asked <= maxRetryAfter
      ? asked
      : Math.random() * Math.min(maxDelay, baseDelay * 2 ** (attempt - 1));
  if (delay >= left()) return undefined;
  onRetry?.({
    operation,
    attempt,
    delay,
    status: response?.status,
    error: isLost ? error : undefined,
  });
  return delay;
}

/**
 * How long the service asks to wait, in milliseconds; NaN if it does not, or not understandably:
 * `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), or else, with 429, the end of the
 * window of a rate limit in seconds since 1970, as a date, or in seconds from now.
 */
export function askedDelay({ headers, status }: Pick<Response, "headers" | "status">): number {
  const reset = status === 429 ? headers.get("x-ratelimit-reset") : null;
  const text = headers.get("retry-after") ?? reset ?? "";
  const now = Date.now();
  if (!/^\d+$/.test(text)) return Date.parse(text) - now;
  const seconds = Number(text);
  return seconds * 1_000 - (seconds > 1e9 ? now : 0);
}
