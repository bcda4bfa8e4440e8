import { Followers, type Follower } from "./followers.js";

/**
 * What can end a call early: the caller's signal and the timeout. Both become one signal. A caller's
 * signal that lives as long as the program collects nothing of calls that have ended.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #followers: Followers | undefined;
  readonly #onTimeout: () => Error;
  #follower: Follower | undefined;
  #left: number;
  #startedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param timeout milliseconds; what is not between 0 and 2^31 means no limit.
   * @param onTimeout makes the error that the call then ends with.
   */
  constructor(caller: AbortSignal | undefined, timeout: number, onTimeout: () => Error) {
    this.#caller = caller;
    this.#followers = caller && Followers.of(caller);
    this.#onTimeout = onTimeout;
    this.#left = timeout;
    this.resume();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** How much time there still is, in milliseconds. */
  get left(): number {
    if (!isLimit(this.#left)) return Infinity;
    return this.#timer === undefined
      ? this.#left
      : this.#left - (performance.now() - this.#startedAt);
  }

  /** Lets the time run: somebody waits for the service. */
  resume(): void {
    this.end();
    this.#obey();
    if (this.signal.aborted || !isLimit(this.#left)) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.end();
      this.#controller.abort(this.#onTimeout());
    }, this.#left);
  }

  /**
   * Stops the time: the body, if there is one, waits for whoever will read it. The caller's signal
   * stays in charge of it until {@link end} or until nobody can read it any more.
   */
  pause(body: object | null): void {
    this.end();
    if (body !== null) this.#obey(body);
  }

  /** Lets go of the timer and of the caller's signal. */
  end(): void {
    if (this.#timer !== undefined) {
      const { left } = this;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#left = Math.max(1, left);
    }
    if (this.#follower !== undefined) this.#followers?.delete(this.#follower);
    this.#follower = undefined;
  }

  /** Makes the caller's signal end the call, or only the reading of a body that may be given up. */
  #obey(body?: object): void {
    if (this.#caller?.aborted) this.#controller.abort(this.#caller.reason);
    else this.#follower = this.#followers?.add(this.#controller, body);
  }
}

/** A signal that follows another one, and has a time limit of its own until it is stopped. */
export interface Limited {
  readonly signal: AbortSignal;
  stop(): void;
}

/**
 * @param signal belongs to one call: it and what follows it become garbage together.
 * @param timeout milliseconds; what is not between 0 and 2^31 means no limit.
 */
export function within(signal: AbortSignal, timeout: number, onTimeout: () => Error): Limited {
  if (!isLimit(timeout)) return { signal, stop: () => undefined };
  const controller = new AbortController();
  const follow = (): void => {
    controller.abort(signal.reason);
  };
  if (signal.aborted) follow();
  signal.addEventListener("abort", follow);
  const timer = setTimeout(() => {
    controller.abort(onTimeout());
  }, timeout);
  return {
    signal: controller.signal,
    stop: () => {
      clearTimeout(timer);
    },
  };
}

/** Settles like `work`, or rejects with the reason as soon as the signal aborts. */
export function race<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", abort);
    });
  });
}

/** Waits, in milliseconds; rejects with the reason as soon as the signal aborts. */
export async function wait(delay: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delay);
  });
  await race(end, signal).finally(() => {
    clearTimeout(timer);
  });
}

/** Timers run with 32 bits: a longer one would fire at once. */
function isLimit(timeout: number): boolean {
  return timeout > 0 && timeout < 2 ** 31;
}
