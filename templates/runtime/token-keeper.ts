import { race } from "./deadline.js";
import { ApiError, type Operation } from "./errors.js";
import type { CredentialRequest } from "./options.js";
import { SessionExpiredError } from "./session-errors.js";
import { isTokenSet, memoryStorage, type TokenSet, type TokenStorage } from "./token-storage.js";

/** What every kind of session can be told about its tokens. */
export interface TokenKeeperOptions {
  /** Where the tokens are kept. Default: in memory, so that they end with the program. */
  readonly storage?: TokenStorage | undefined;
  /**
   * How long before its end an access token is renewed, in milliseconds: for clocks that differ and
   * requests that take their time. Default 60,000; never more than a quarter of the token's life.
   */
  readonly skew?: number | undefined;
  /** Called once when the session has ended without a logout. */
  readonly onExpired?: ((error: SessionExpiredError) => void) | undefined;
}

/** Where the tokens of a kind of session come from. */
export interface TokenSource {
  /** What renews the session; errors name it. */
  readonly operation: Operation;
  /** Gets the first tokens; left out where somebody has to log in for that. */
  readonly obtain?: (() => Promise<TokenSet>) | undefined;
  /**
   * Trades tokens for new ones. Gives `undefined` if they have nothing to renew them with, and
   * throws a {@link SessionExpiredError} if the service refuses; anything else that is thrown leaves
   * the session as it is.
   */
  readonly renew: (old: TokenSet) => Promise<TokenSet | undefined>;
}

/** How long to wait for the tokens of another tab that renewed first, in milliseconds. */
const WAITS = [50, 250, 700];

/** How long a token that is still good is not used while it is renewed, in milliseconds. */
const PATIENCE = 5_000;

/** A renewal under way. */
interface Renewal {
  readonly tokens: Promise<TokenSet | undefined>;
  readonly startedAt: number;
}

/**
 * Keeps the tokens of one session good: renews them before they end, or when the service rejects
 * them, once for all who need them. It reads the storage again before and after each renewal, so
 * that newer tokens of another tab or process are used and never overwritten.
 */
export class TokenKeeper {
  /** Ends of the queues of all keepers that share a storage. */
  static readonly #queues = new WeakMap<TokenStorage, Promise<unknown>>();

  /**
   * Gives an access token that should work: a `Credential`, bound to the keeper.
   *
   * A token that was rejected is renewed, unless the storage already holds another one. An aborted
   * signal ends the wait for a renewal, not the renewal. If a renewal ahead of time fails, or takes
   * longer than five seconds, the token is used for as long as it is good.
   *
   * @returns undefined if nobody is logged in.
   * @throws {@link SessionExpiredError} if the session has just ended; otherwise what renewing it or
   *   the storage threw.
   */
  readonly accessToken: (
    request?: Partial<CredentialRequest<string>>,
  ) => Promise<string | undefined>;

  readonly #source: TokenSource;
  readonly #storage: TokenStorage;
  readonly #skew: number;
  readonly #onExpired: ((error: SessionExpiredError) => void) | undefined;
  /** Renewals under way, by the access token that they replace. */
  readonly #renewals = new Map<string | undefined, Renewal>();
  /** New tokens that could not be saved, and the access token that the storage still has. */
  #unsaved: { readonly tokens: TokenSet; readonly replaced: string | undefined } | undefined;

  constructor(source: TokenSource, options: TokenKeeperOptions = {}) {
    this.#source = source;
    this.#storage = options.storage ?? memoryStorage();
    this.#skew = options.skew ?? 60_000;
    this.#onExpired = options.onExpired;
    this.accessToken = async ({ rejected, signal } = {}) => {
      const token = this.#usableToken(rejected);
      return await (signal === undefined ? token : race(token, signal));
    };
  }

  /** The tokens as they are kept, good or not; undefined if nobody is logged in. */
  async tokens(): Promise<TokenSet | undefined> {
    const stored = await this.#storage.load();
    const unsaved = this.#unsaved;
    const tokens = isTokenSet(stored) ? stored : undefined;
    return unsaved !== undefined && unsaved.replaced === tokens?.access_token
      ? unsaved.tokens
      : tokens;
  }

  /** Keeps the tokens of a login, in the place of all others. */
  async start(tokens: TokenSet): Promise<void> {
    await this.#alone(() => this.#save(tokens));
  }

  /**
   * Forgets the tokens, whatever happens then.
   *
   * @param revoke - tells the service about it; not called if nobody is logged in. A session that the
   *   service has already ended is no error.
   */
  async end(revoke: (tokens: TokenSet) => Promise<unknown>): Promise<void> {
    const tokens = await this.#alone(async () => {
      const old = await this.tokens();
      await this.#save(undefined);
      return old;
    });
    try {
      if (tokens !== undefined) await revoke(tokens);
    } catch (error) {
      const isOver = error instanceof ApiError && error.status === 401;
      if (!isOver && !(error instanceof SessionExpiredError)) throw error;
    }
  }

  async #usableToken(rejected: string | undefined): Promise<string | undefined> {
    const tokens = await this.tokens();
    if (tokens === undefined) {
      return this.#source.obtain && (await this.#renewed(undefined).tokens)?.access_token;
    }
    const { access_token } = tokens;
    const isRejected = access_token === rejected;
    if (!isRejected && !endsWithin(tokens, this.#skew)) return access_token;
    const renewal = this.#renewed(tokens);
    try {
      const isGood = !isRejected && !endsWithin(tokens, 0);
      // Whoever holds the lock, or is to answer, may never be heard of again.
      return (await (isGood ? inTime(renewal, tokens) : renewal.tokens))?.access_token;
    } catch (error) {
      if (isRejected || endsWithin(tokens, 0) || error instanceof SessionExpiredError) throw error;
      return access_token;
    }
  }

  /** Renews tokens: once, however many ask for it. */
  #renewed(old: TokenSet | undefined): Renewal {
    const key = old?.access_token;
    const underWay = this.#renewals.get(key);
    if (underWay !== undefined) return underWay;
    const tokens = this.#alone(() => this.#renew(key)).finally(() => this.#renewals.delete(key));
    const renewal = { tokens, startedAt: performance.now() };
    this.#renewals.set(key, renewal);
    return renewal;
  }

  /** Renews what the storage holds, unless that is no longer the token that is to be replaced. */
  async #renew(replaced: string | undefined): Promise<TokenSet | undefined> {
    const { obtain, renew, operation } = this.#source;
    const stored = await this.tokens();
    if (stored === undefined) return obtain && this.#replace(undefined, await obtain());
    if (stored.access_token !== replaced) return stored;
    try {
      const renewed = await renew(stored);
      if (renewed !== undefined) return await this.#replace(replaced, renewed);
      if (endsWithin(stored, 0)) throw new SessionExpiredError(operation);
      return stored;
    } catch (error) {
      if (!(error instanceof SessionExpiredError)) throw error;
      return await this.#expire(stored, error);
    }
  }

  /** Keeps new tokens, unless somebody has logged in or out since, where nothing is locked. */
  async #replace(replaced: string | undefined, renewed: TokenSet): Promise<TokenSet | undefined> {
    const stored = await this.tokens();
    if (stored?.access_token !== replaced) return stored;
    // The service may not know the old ones any more: these must not be lost if saving them fails.
    this.#unsaved = { tokens: renewed, replaced };
    await this.#save(renewed);
    return renewed;
  }

  /** Ends the session, unless another tab has renewed it with the same refresh token. */
  async #expire(refused: TokenSet, error: SessionExpiredError): Promise<TokenSet> {
    for (const wait of this.#storage.lock === undefined ? [0, ...WAITS] : [0]) {
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const stored = await this.tokens();
      if (stored === undefined) throw error;
      if (stored.access_token !== refused.access_token) return stored;
    }
    await this.#save(undefined);
    this.#onExpired?.(error);
    throw error;
  }

  async #save(tokens: TokenSet | undefined): Promise<void> {
    await this.#storage.save(tokens);
    this.#unsaved = undefined;
  }

  /** Runs a function while no other keeper of the storage does so. */
  #alone<T>(run: () => Promise<T>): Promise<T> {
    const { lock } = this.#storage;
    const last = TokenKeeper.#queues.get(this.#storage) ?? Promise.resolve();
    const own = last.then(() => (lock === undefined ? run() : lock(run)));
    TokenKeeper.#queues.set(
      this.#storage,
      own.catch(() => undefined),
    );
    return own;
  }
}

/** What a renewal gives, or the old tokens if that takes too long from its beginning on. */
async function inTime(
  { tokens, startedAt }: Renewal,
  old: TokenSet,
): Promise<TokenSet | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<TokenSet>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, startedAt + PATIENCE - performance.now()), old);
  });
  return await Promise.race([tokens, late]).finally(() => {
    clearTimeout(timer);
  });
}

/**
 * Tells whether tokens end soon.
 *
 * @param time - milliseconds; of short-lived tokens at most a quarter of their life.
 */
function endsWithin({ expires_at, expires_in = Infinity }: TokenSet, time: number): boolean {
  if (expires_at === undefined) return false;
  return Date.now() >= expires_at - Math.min(time, expires_in * 250);
}
