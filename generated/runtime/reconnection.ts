import { ApiError, ConnectionError, TimeoutError, type ClientError } from "./errors.js";
import { askedDelay, RETRYABLE_STATUSES } from "./retry.js";

/** When and how a stream is opened again after it ended or broke off. */
export interface ReconnectOptions {
  /** How often at most with no event in between. Default: without limit. */
  readonly limit?: number | undefined;
  /**
   * How long to wait, in milliseconds, unless the service says so itself (`retry`). Default 3,000. A
   * service is not connected to more than twice a second, even if it asks for that.
   */
  readonly delay?: number | undefined;
  /** The longest wait, in milliseconds, whatever the service says. Default 60,000. */
  readonly maxDelay?: number | undefined;
  /** Called before each wait. */
  readonly onReconnecting?: ((event: ReconnectingEvent) => void) | undefined;
  /**
   * Called when the stream is open again. What was sent in between is lost unless the service resends it
   * from `lastEventId` on: this is the moment to fetch it in another way.
   */
  readonly onReconnected?: ((event: ReconnectedEvent) => void) | undefined;
}

/** What is told about a stream that will be opened again. */
export interface ReconnectingEvent {
  /** The number of the attempt with no event in between, from 1. */
  readonly attempt: number;
  /** How long it is until then, in milliseconds. */
  readonly delay: number;
  /** Why the stream broke off or did not open; undefined if it came to its end. */
  readonly error: ClientError | undefined;
}

/** What is told about a stream that is open again. */
export interface ReconnectedEvent {
  /** What the service was told to go on from; empty if it never sent an id. */
  readonly lastEventId: string;
}

/**
 * The shortest time that is doubled, and from one connection to the next where the service says when, in
 * milliseconds: also a service that asks for `retry: 0`, and ends each stream after an event, gets a rest.
 */
const MIN_BACK_OFF = 500;

/** Decides whether and when a stream is opened again. */
export class Reconnection {
  readonly #options: ReconnectOptions;
  #attempt = 0;
  #openedAt = Infinity;

  constructor(options: ReconnectOptions) {
    this.#options = options;
  }

  /** To be called when the stream is open again. */
  opened(lastEventId: string): void {
    this.#openedAt = performance.now();
    this.#options.onReconnected?.({ lastEventId });
  }

  /** To be called for each event: from now on, attempts are counted anew. */
  succeeded(): void {
    this.#attempt = 0;
  }

  /**
   * Tells how long to wait before the next attempt, and counts it: the reconnection time (WHATWG HTML,
   * section 9.2.3), and after failures a random part of a time that doubles.
   *
   * @param error - why there is no stream now; undefined if it came to its end.
   * @param retry - the reconnection time that the service gave, in milliseconds.
   * @returns milliseconds; undefined if there is to be no other attempt.
   */
  next(error: unknown, retry: number | undefined): number | undefined {
    const { limit = Infinity, delay: ownDelay = 3_000, maxDelay = 60_000 } = this.#options;
    const openFor = Math.max(0, performance.now() - this.#openedAt);
    // A stream that stayed open did not fail, even if nothing happened in it.
    if (openFor > maxDelay) this.#attempt = 0;
    this.#openedAt = Infinity;
    if (this.#attempt >= limit || !isTemporary(error)) return undefined;
    const usual = retry === undefined ? ownDelay : Math.max(retry, MIN_BACK_OFF - openFor);
    const shortest = Math.min(maxDelay, usual);
    const longest = Math.min(maxDelay, Math.max(shortest, MIN_BACK_OFF) * 2 ** this.#attempt);
    const backOff = this.#attempt === 0 ? 0 : Math.random() * (longest - shortest);
    const asked = error instanceof ApiError ? askedDelay(error.response) : NaN;
    const delay = Math.max(shortest + backOff, asked <= maxDelay ? asked : 0);
    this.#attempt += 1;
    this.#options.onReconnecting?.({ attempt: this.#attempt, delay, error });
    return delay;
  }
}

/** Whether it may be otherwise next time. */
function isTemporary(error: unknown): error is ClientError | undefined {
  if (error instanceof ApiError) return RETRYABLE_STATUSES.includes(error.status);
  return error === undefined || error instanceof ConnectionError || error instanceof TimeoutError;
}
