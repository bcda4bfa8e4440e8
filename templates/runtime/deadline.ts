import { follow } from "./followers.js";

/**
 * What can end work early: another signal and a time limit. Both become one signal. A signal that
 * lives as long as the program collects nothing of work that has ended.
 */
export interface Deadline {
  readonly signal: AbortSignal;
  /** How much time there still is, in milliseconds. */
  readonly left: () => number;
  /** Lets the time run: somebody waits for the service. */
  readonly resume: () => void;
  /**
   * Stops the time: the body, if there is one, waits for whoever will read it. The other signal
   * stays in charge of it until {@link end} or until nobody can read it any more.
   */
  readonly pause: (body: object | null) => void;
  /** Lets go of the timer and of the other signal. */
  readonly end: () => void;
}

/**
 * Starts the time.
 *
 * @param timeout - milliseconds; what is not between 0 and 2^31 means no limit: timers have 32 bits.
 * @param onTimeout - makes the error that the work then ends with.
 */
export function startDeadline(
  other: AbortSignal | undefined,
  timeout: number,
  onTimeout: () => Error,
): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let remaining = timeout > 0 && timeout < 2 ** 31 ? timeout : Infinity;
  let startedAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let unfollow: (() => void) | undefined;
  const left = (): number =>
    timer === undefined ? remaining : remaining - (performance.now() - startedAt);
  const end = (): void => {
    remaining = Math.max(1, left());
    clearTimeout(timer);
    timer = undefined;
    unfollow?.();
    unfollow = undefined;
  };
  const obey = (body?: object): void => {
    const abort = (): void => {
      controller.abort(other?.reason);
    };
    if (other?.aborted) abort();
    else unfollow = other && follow(other, abort, body);
  };
  const resume = (): void => {
    end();
    obey();
    if (signal.aborted || remaining === Infinity) return;
    startedAt = performance.now();
    timer = setTimeout(() => {
      end();
      controller.abort(onTimeout());
    }, remaining);
  };
  const pause = (body: object | null): void => {
    end();
    if (body !== null) obey(body);
  };
  resume();
  return { signal, left, resume, pause, end };
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
