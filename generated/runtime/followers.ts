/** What ends with a signal; an `AbortController` is one. */
export interface Follower {
  abort(reason: unknown): void;
}

/**
 * All that follows one signal. The signal gets a single listener, however many calls it is given to:
 * platforms take more than a few for a leak. It is removed with the last follower.
 */
export class Followers {
  static readonly #bySignal = new WeakMap<AbortSignal, Followers>();

  static of(signal: AbortSignal): Followers {
    const known = Followers.#bySignal.get(signal);
    const followers = known ?? new Followers(signal);
    if (known === undefined) Followers.#bySignal.set(signal, followers);
    return followers;
  }

  readonly #signal: AbortSignal;
  readonly #followers = new Set<Follower>();
  #registry: FinalizationRegistry<Follower> | undefined;

  private constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * @param body if given, the follower follows only for as long as the body is in use, which only the
   * garbage collector knows; nothing here keeps either of them alive.
   * @returns what to delete.
   */
  add(follower: Follower, body?: object): Follower {
    if (this.#followers.size === 0) this.#signal.addEventListener("abort", this, { once: true });
    // Cloudflare Workers before 2025 have no weak references: there the request's end has to do.
    const isWeak = body !== undefined && typeof FinalizationRegistry !== "undefined";
    const link = isWeak ? new BodyLink(body, follower) : follower;
    this.#followers.add(link);
    if (isWeak) {
      this.#registry ??= new FinalizationRegistry((unused) => {
        this.delete(unused);
      });
      this.#registry.register(body, link);
    }
    return link;
  }

  delete(follower: Follower): void {
    if (!this.#followers.delete(follower) || this.#followers.size > 0) return;
    this.#signal.removeEventListener("abort", this);
  }

  /** Called by the signal. */
  handleEvent(): void {
    for (const follower of this.#followers) follower.abort(this.#signal.reason);
    this.#followers.clear();
  }
}

/** Holds a follower for the sake of a body, and holds the body not at all. */
class BodyLink implements Follower {
  readonly #body: WeakRef<object>;
  readonly #followers: WeakMap<object, Follower>;

  constructor(body: object, follower: Follower) {
    this.#body = new WeakRef(body);
    this.#followers = new WeakMap([[body, follower]]);
  }

  abort(reason: unknown): void {
    const body = this.#body.deref();
    if (body !== undefined) this.#followers.get(body)?.abort(reason);
  }
}
