import { ApiError, type Operation } from "../runtime/errors.js";
import type { BasicCredential, Credential, CredentialRequest } from "../runtime/options.js";
import { LoginRefusedError } from "../runtime/session-errors.js";
import { TokenKeeper, type TokenKeeperOptions } from "../runtime/token-keeper.js";
import { tokensOf } from "../runtime/token-response.js";
import type { MaybePromise, TokenSet } from "../runtime/token-storage.js";

/** What `new SFTPGoSession(...)` takes. */
export interface SFTPGoSessionOptions extends TokenKeeperOptions {
  /** The class of the login operations: `new TokenApi({ baseUrl })`. */
  readonly api: SFTPGoTokenApi;
  /** Whose session it is: an administrator's, or that of a user who has files. */
  readonly account: "admin" | "user";
  /**
   * What to log in with whenever a token is needed: there is no other way to renew one. An account
   * with a second factor needs a function, since a one-time code is good for one login. Without
   * credentials the session lasts from {@link SFTPGoSession.login} to the end of that token.
   */
  readonly credentials?: SFTPGoLogin | (() => MaybePromise<SFTPGoLogin>) | undefined;
}

/** Who logs in. */
export interface SFTPGoLogin extends BasicCredential {
  /** The one-time code, of accounts with a second factor. */
  readonly otp?: string | undefined;
}

/** How long credentials that were refused are not tried again, in milliseconds. */
const PAUSE = 300_000;

/**
 * A session on an SFTPGo server: trades name and password for tokens, as often as they are needed.
 *
 * ```ts
 * const api = new TokenApi({ baseUrl });
 * const credentials = { username, password };
 * const session = new SFTPGoSession({ api, account: "user", credentials });
 * const sftpgo = new SFTPGo({ baseUrl, auth: { BearerAuth: session.accessToken } });
 * ```
 *
 * An API key needs no session: `auth: { APIKeyAuth: key }`.
 */
export class SFTPGoSession {
  /**
   * Gives a token that should work, logging in for it if need be; undefined if there is none, nor
   * credentials.
   *
   * Throws a {@link LoginRefusedError} if the credentials are refused. Those that are no function are
   * then left alone for five minutes: servers shut out whoever fails too often.
   */
  readonly accessToken: (
    request?: Partial<CredentialRequest<string>>,
  ) => Promise<string | undefined>;

  readonly #api: SFTPGoTokenApi;
  readonly #account: "admin" | "user";
  readonly #keeper: TokenKeeper;
  /** The last refusal of fixed credentials, and when it was. */
  #refusal: { readonly error: LoginRefusedError; readonly at: number } | undefined;

  constructor({ api, account, credentials, ...options }: SFTPGoSessionOptions) {
    this.#api = api;
    this.#account = account;
    const obtain = credentials && (() => this.#request(credentials));
    const renew = async (): Promise<TokenSet | undefined> => obtain?.();
    this.#keeper = new TokenKeeper({ operation: OPERATIONS[account], obtain, renew }, options);
    this.accessToken = this.#keeper.accessToken;
  }

  /**
   * Logs in, in the place of whoever is logged in.
   *
   * @throws {@link LoginRefusedError}. SFTPGo does not say whether a one-time code is missing: if the
   *   error `wantsOneTimeCode`, another login with `otp` may succeed.
   */
  async login(credentials: SFTPGoLogin): Promise<void> {
    await this.#keeper.start(await this.#ask(credentials));
  }

  /** The token as it is kept, good or not; undefined if there is none. */
  tokens(): Promise<TokenSet | undefined> {
    return this.#keeper.tokens();
  }

  /**
   * Makes the token useless. It is forgotten even if the server cannot be told. A session that has
   * credentials logs in again when it is next used.
   */
  async logout(): Promise<void> {
    await this.#keeper.end(async ({ access_token }) => {
      const method = this.#account === "admin" ? "logout" : "clientLogout";
      await this.#api[method]({ auth: { BearerAuth: access_token } });
    });
  }

  /** Logs in with the session's own credentials. */
  async #request(credentials: NonNullable<SFTPGoSessionOptions["credentials"]>): Promise<TokenSet> {
    if (typeof credentials === "function") return await this.#ask(await credentials());
    if (this.#refusal !== undefined && performance.now() < this.#refusal.at + PAUSE) {
      throw this.#refusal.error;
    }
    try {
      return await this.#ask(credentials);
    } catch (error) {
      if (error instanceof LoginRefusedError) {
        // Not the time of day: a clock that is set back would make the pause longer.
        this.#refusal = { error, at: performance.now() };
      }
      throw error;
    }
  }

  async #ask({ otp, ...credential }: SFTPGoLogin): Promise<TokenSet> {
    const method = this.#account === "admin" ? "getToken" : "getUserToken";
    const operation = OPERATIONS[this.#account];
    const options = { auth: { BasicAuth: credential } };
    try {
      const answer = this.#api[method]({ "X-SFTPGO-OTP": otp }, options);
      const { data, headers } = await answer.withResponse();
      const { access_token } = tokensOf({ ...data, token_type: "Bearer" }, operation);
      return { access_token, ...lifetime(data.expires_at, headers) };
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      const refusal = { reason: REASONS[otp ? "with" : "without"], wantsOneTimeCode: !otp };
      throw new LoginRefusedError(operation, refusal, { cause: error });
    }
  }
}

/** What is used of the generated `TokenApi`. */
export interface SFTPGoTokenApi {
  getToken: SFTPGoTokenOperation;
  getUserToken: SFTPGoTokenOperation;
  logout(options: { auth: { BearerAuth: Credential<string> } }): PromiseLike<unknown>;
  clientLogout(options: { auth: { BearerAuth: Credential<string> } }): PromiseLike<unknown>;
}

/** An operation that gives a token. */
export type SFTPGoTokenOperation = (
  params: { "X-SFTPGO-OTP"?: string | undefined },
  options: { auth: { BasicAuth: BasicCredential } },
) => {
  withResponse(): Promise<{
    readonly data: { readonly access_token: string; readonly expires_at: string };
    readonly headers: Headers;
  }>;
};

const OPERATIONS: Readonly<Record<"admin" | "user", Operation>> = {
  admin: { service: "SFTPGo", operationId: "getToken", method: "GET", path: "/token" },
  user: { service: "SFTPGo", operationId: "getUserToken", method: "GET", path: "/user/token" },
};

const REASONS = {
  with: "the user name, the password or the one-time code is wrong",
  without: "the user name or the password is wrong, or a one-time code is needed: give it as `otp`",
} as const;

function isUnauthorized(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 401;
}

/**
 * How long a token lives. Its end is a time of the server's clock, and so is the `Date` of the
 * answer, which scripts in browsers may not see.
 */
function lifetime(
  expiresAt: string,
  headers: Headers,
): Pick<TokenSet, "expires_in" | "expires_at"> {
  const answered = Date.parse(headers.get("date") ?? "");
  const now = Date.now();
  const time = Date.parse(expiresAt) - (Number.isNaN(answered) ? now : answered);
  return Number.isNaN(time) ? {} : { expires_in: time / 1_000, expires_at: now + time };
}
