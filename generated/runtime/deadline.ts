/**
 * What can end a call early: the caller's signal and the timeout. Both become one signal.
 *
 * There is one listener on the caller's signal per call, and it is removed when the call ends: a
 * signal that lives as long as the program collects none.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #onTimeout: () => Error;
  readonly #forward = (): void => {
    this.#controller.abort(this.#caller?.reason);
  };
  #left: number;
  #startedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param timeout milliseconds; what is not between 0 and 2^31 means no limit.
   * @param onTimeout makes the error that the call then ends with.
   */
  constructor(caller: AbortSignal | undefined, timeout: number, onTimeout: () => Error) {
    this.#caller = caller;
    this.#onTimeout = onTimeout;
    this.#left = timeout;
    if (caller?.aborted) this.#forward();
    else caller?.addEventListener("abort", this.#forward);
    this.resume();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Lets the time run. */
  resume(): void {
    // Timers run with 32 bits: a longer one would fire at once.
    if (this.signal.aborted || !(this.#left > 0 && this.#left < 2 ** 31)) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => {
      this.end();
      this.#controller.abort(this.#onTimeout());
    }, this.#left);
  }

  /** Stops the time: nobody waits for the service. */
  pause(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#left = Math.max(1, this.#left - (performance.now() - this.#startedAt));
  }

  /** Lets go of the timer and of the caller's signal. */
  end(): void {
    this.pause();
    this.#caller?.removeEventListener("abort", this.#forward);
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

  /**
   * Lets go, but keeps the caller's signal in charge of a body that the caller reads: for as long as
   * the body is there, which only the garbage collector knows. Nothing here keeps it alive.
   */
  handOver(body: object): void {
    const caller = this.#caller;
    this.end();
    if (caller === undefined || caller.aborted) return;
    caller.addEventListener("abort", new BodyLink(caller, body, this.#controller), { once: true });
  }
}

/**
 * Aborts a request when the caller's signal aborts, as long as its body is in use. The signal holds
 * the link; the link holds neither the body nor, but for the body's sake, the request.
 */
class BodyLink {
  readonly #caller: AbortSignal;
  readonly #body: WeakRef<object>;
  readonly #controllers: WeakMap<object, AbortController>;
  readonly #registry: FinalizationRegistry<undefined>;

  constructor(caller: AbortSignal, body: object, controller: AbortController) {
    this.#caller = caller;
    this.#body = new WeakRef(body);
    this.#controllers = new WeakMap([[body, controller]]);
    this.#registry = new FinalizationRegistry(() => {
      caller.removeEventListener("abort", this);
    });
    this.#registry.register(body, undefined);
  }

  handleEvent(): void {
    const body = this.#body.deref();
    if (body !== undefined) this.#controllers.get(body)?.abort(this.#caller.reason);
  }
}
