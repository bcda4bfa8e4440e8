/** The tokens of a session: what the service answered (RFC 6749, section 5.1), and until when it is good. */
export interface TokenSet {
  readonly access_token: string;
  /** `Bearer`, in whatever letters the service writes it. */
  readonly token_type?: string | undefined;
  /** The scopes granted, with spaces between them. */
  readonly scope?: string | undefined;
  readonly refresh_token?: string | undefined;
  /** How long the access token lives, in seconds from when it was issued. */
  readonly expires_in?: number | undefined;
  /** When the access token ends, in milliseconds since 1970 by the clock of this machine. */
  readonly expires_at?: number | undefined;
}

/**
 * Where the tokens of one session are kept: a place that survives a restart, or one that several
 * tabs or processes share. What it holds is what counts: it is read for every call.
 */
export interface TokenStorage {
  /** Gives what was saved last; `undefined` or `null` if there is nothing. */
  load(): MaybePromise<TokenSet | null | undefined>;
  /** Keeps the tokens in the place of all others; `undefined` removes them. */
  save(tokens: TokenSet | undefined): MaybePromise<void>;
  /**
   * Runs a function while no other tab or process does, and gives what it gives. Whoever shares the
   * storage should have it: most services take a refresh token only once, and some end the session
   * when it comes a second time. Without it, a renewal that another one forestalled waits up to a
   * second for the other's tokens.
   */
  readonly lock?: Lock | undefined;
}

/** Runs a function while nobody else who has the same lock does. */
export type Lock = <T>(run: () => Promise<T>) => Promise<T>;

/** A value, now or later. */
export type MaybePromise<T> = T | Promise<T>;

/** What is used of `localStorage` and `sessionStorage`. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Keeps tokens for as long as the program runs. */
export function memoryStorage(): TokenStorage {
  let kept: TokenSet | undefined;
  return {
    load: () => kept,
    save: (tokens) => {
      kept = tokens;
    },
    // Nobody else can know it.
    lock: (run) => run(),
  };
}

/**
 * Keeps tokens as JSON in `localStorage`, for all tabs of an origin, or in `sessionStorage`, for one.
 * Every script of the origin can read them there.
 *
 * @param key - under which they are kept; it also names the lock.
 */
export function webStorage(storage: KeyValueStorage, key: string): TokenStorage {
  return {
    load: () => parsed(storage.getItem(key)),
    save: (tokens) => {
      if (tokens === undefined) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(tokens));
    },
    lock: webLock(key),
  };
}

/**
 * A lock that all tabs and workers of an origin share (W3C, "Web Locks API").
 *
 * @returns undefined where the platform has none: outside browsers, and on pages without https.
 */
export function webLock(name: string): Lock | undefined {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  if (locks === undefined) return undefined;
  return async (run) => await locks.request(name, run);
}

/** Tells whether something that was kept is what {@link TokenStorage.save} was given. */
export function isTokenSet(value: unknown): value is TokenSet {
  const { access_token, expires_at } = (value ?? {}) as Partial<Record<keyof TokenSet, unknown>>;
  const hasEnd = expires_at === undefined || typeof expires_at === "number";
  return typeof access_token === "string" && access_token !== "" && hasEnd;
}

/** What is used of `navigator.locks`; not all libraries of types know it. */
interface LockManager {
  request<T>(name: string, run: () => Promise<T>): Promise<T>;
}

/** What others wrote under the same key is nothing. The parser's error would quote it. */
function parsed(text: string | null): TokenSet | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return isTokenSet(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
