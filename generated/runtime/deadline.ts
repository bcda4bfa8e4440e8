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

  /** Lets the time run: somebody waits for the service. */
  resume(): void {
    this.end();
    this.#obey();
    // Timers run with 32 bits: a longer one would fire at once.
    if (this.signal.aborted || !(this.#left > 0 && this.#left < 2 ** 31)) return;
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
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#left = Math.max(1, this.#left - (performance.now() - this.#startedAt));
    }
    if (this.#follower !== undefined) this.#followers?.delete(this.#follower);
    this.#follower = undefined;
  }

  /** Settles like `work`, or rejects with the reason as soon as the signal aborts. */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
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

  /** Makes the caller's signal end the call, or only the reading of a body that may be given up. */
  #obey(body?: object): void {
    if (this.#caller?.aborted) this.#controller.abort(this.#caller.reason);
    else this.#follower = this.#followers?.add(this.#controller, body);
  }
}
