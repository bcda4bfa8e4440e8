import type { Middleware } from "./middleware.js";
import type { RetryOptions } from "./retry.js";

/** What the constructor of a client or of one of its classes takes. */
export interface ClientOptions<Auth extends object = object, Variables extends object = object> {
  /**
   * Where the service is: an http(s) URL without query, fragment or credentials.
   *
   * Default: the document's first absolute server. Where the document's first server is relative
   * (`/api/v2`) its path is appended to a base URL that is a bare origin (`https://host`); a base
   * URL that has a path is taken as it is.
   */
  readonly baseUrl?: string | URL | undefined;
  /** Values for the variables of the document's server (`https://{hostname}`). */
  readonly serverVariables?: Partial<Variables> | undefined;
  /** Credentials, by the name of the security scheme. They go to the base URL's origin only. */
  readonly auth?: Auth | undefined;
  /** How long a call may take, all its attempts together, in milliseconds. Default 30,000; `0` means no limit. */
  readonly timeout?: number | undefined;
  /** How long one attempt may take to bring the head of a response, in milliseconds. Default: as long as the call. */
  readonly attemptTimeout?: number | undefined;
  /** How often a request that may be repeated is sent again at most, or more about it. Default 2. */
  readonly retry?: number | RetryOptions | undefined;
  /** How much of a body is read into memory, in bytes. Default 50,000,000. */
  readonly bodyLimit?: number | undefined;
  /** Functions around each attempt; the first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Headers that are sent with each call to the base URL's origin. */
  readonly headers?: HeaderValues | undefined;
  /** Takes the place of the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
}

/** What the last argument of every method takes: settings for this one call. */
export interface CallOptions<Auth extends object = object> {
  /** Ends the call; it then rejects with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long this call may take, in milliseconds; `0` means no limit. It covers everything until
   * the body is decoded; for `asResponse()` and streams, until the head of the response is there.
   */
  readonly timeout?: number | undefined;
  /** How long one attempt may take to bring the head of a response, in milliseconds. */
  readonly attemptTimeout?: number | undefined;
  /** How often this request is sent again at most, or more about it; `0` means never. */
  readonly retry?: number | RetryOptions | undefined;
  /** How much of a body is read into memory, in bytes. */
  readonly bodyLimit?: number | undefined;
  /** Functions around each attempt of this call, inside those of the client. */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Headers for this call. They win over the operation's own and over the client's. Only cookies come
   * together: those of the operation's parameters and credentials are appended to a `cookie` header
   * with `; `.
   */
  readonly headers?: HeaderValues | undefined;
  /**
   * Another place for this call. Passing it also allows the credentials to be sent there: that is
   * how to call an operation which the document puts on a server of another origin. A bare origin is
   * followed by the path of that server; a URL that has a path is taken as it is.
   */
  readonly baseUrl?: string | URL | undefined;
  /** Credentials for this call. They win, scheme by scheme, over those of the client. */
  readonly auth?: Auth | undefined;
}

/** Header values by name; `undefined` is left out. */
export type HeaderValues = Readonly<Record<string, string | undefined>>;

/** The part of `fetch` that is used: any function of this shape will do. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A credential, or a (possibly async) function that is asked for it once per attempt. `undefined`
 * means that there is none: the next alternative of the operation's security is tried.
 */
export type Credential<T> =
  T | ((request: CredentialRequest<T>) => T | undefined | Promise<T | undefined>);

/** What a credential function is told. */
export interface CredentialRequest<T> {
  /**
   * What the service has just answered with 401. The function is asked once more then; if it gives
   * another value, the request is sent again with it.
   */
  readonly rejected: T | undefined;
  /** Aborted when the call ends early. */
  readonly signal: AbortSignal;
}

/** The credential of an `http` scheme `basic` (RFC 7617). */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}
