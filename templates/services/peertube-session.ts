import { ApiError, ClientError, type Operation } from "../runtime/errors.js";
import type { Credential, CredentialRequest } from "../runtime/options.js";
import { LoginRefusedError, SessionExpiredError } from "../runtime/session-errors.js";
import { TokenKeeper, type TokenKeeperOptions } from "../runtime/token-keeper.js";
import { tokensOf } from "../runtime/token-response.js";
import type { TokenSet } from "../runtime/token-storage.js";

/** What `new PeerTubeSession(...)` takes. */
export interface PeerTubeSessionOptions extends TokenKeeperOptions {
  /** The class of the login operations: `new SessionApi({ baseUrl })`. */
  readonly api: PeerTubeSessionApi;
}

/** Who logs in, and how. */
export type PeerTubeLogin = {
  /** The user's name or email address. */
  readonly username: string;
  /** The one-time code, of users who have an authenticator. */
  readonly otp?: string | undefined;
} & (
  | { readonly password: string }
  /** What a sign-in plugin put into its redirect. */
  | { readonly externalAuthToken: string }
);

/**
 * A user's session on a PeerTube server, renewed for as long as the server allows:
 *
 * ```ts
 * const session = new PeerTubeSession({ api: new SessionApi({ baseUrl }) });
 * await session.login({ username, password });
 * const peertube = new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken } });
 * ```
 */
export class PeerTubeSession {
  /** Gives an access token that should work, renewed if need be; undefined if nobody is logged in. */
  readonly accessToken: (
    request?: Partial<CredentialRequest<string>>,
  ) => Promise<string | undefined>;

  readonly #api: PeerTubeSessionApi;
  readonly #keeper: TokenKeeper;
  /** Id and secret of the server's own client: seldom changed, and asked for only once. */
  #client: Promise<PeerTubeOAuthClient> | undefined;

  constructor({ api, ...options }: PeerTubeSessionOptions) {
    this.#api = api;
    this.#keeper = new TokenKeeper(
      { operation: OPERATION, renew: (old) => this.#renew(old) },
      options,
    );
    this.accessToken = this.#keeper.accessToken;
  }

  /**
   * Logs in.
   *
   * @throws {@link LoginRefusedError}; if it `wantsOneTimeCode`, log in again with `otp`.
   */
  async login({ otp, ...login }: PeerTubeLogin): Promise<void> {
    try {
      await this.#keeper.start(await this.#request({ grant_type: "password", ...login }, otp));
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
  }

  /** The tokens as they are kept, good or not; undefined if nobody is logged in. */
  tokens(): Promise<TokenSet | undefined> {
    return this.#keeper.tokens();
  }

  /** Ends the session. The tokens are forgotten even if the server cannot be told. */
  async logout(): Promise<void> {
    await this.#keeper.end(async (tokens) => {
      // Only a good access token can end the session: one that has expired is renewed for that.
      const token = async ({ rejected }: CredentialRequest<string>): Promise<string | undefined> =>
        (rejected === undefined ? tokens : await this.#renew(tokens))?.access_token;
      await this.#api.revokeOAuthToken({ auth: { OAuth2: token } });
    });
  }

  async #renew(old: TokenSet): Promise<TokenSet | undefined> {
    const { refresh_token } = old;
    if (refresh_token === undefined) return undefined;
    try {
      return await this.#request({ grant_type: "refresh_token", refresh_token }, undefined, old);
    } catch (error) {
      if (!ENDINGS.includes(codeOf(error) ?? "")) throw error;
      throw new SessionExpiredError(OPERATION, { cause: error });
    }
  }

  async #request(grant: PeerTubeGrant, otp?: string, old?: TokenSet): Promise<TokenSet> {
    const isKnown = this.#client !== undefined;
    const { client_id, client_secret } = await this.#oauthClient();
    try {
      const body = { client_id, client_secret, ...grant };
      const answer = await this.#api.getOAuthToken({ body, "x-peertube-otp": otp });
      return tokensOf(answer, OPERATION, old);
    } catch (error) {
      if (codeOf(error) !== "invalid_client") throw error;
      this.#client = undefined;
      if (!isKnown) throw error;
      return await this.#request(grant, otp, old);
    }
  }

  async #oauthClient(): Promise<PeerTubeOAuthClient> {
    try {
      this.#client ??= Promise.resolve(this.#api.getOAuthClient()).then(checked);
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }
}

/** What is used of the generated `SessionApi`. */
export interface PeerTubeSessionApi {
  getOAuthClient(): PromiseLike<PeerTubeOAuthClient>;
  getOAuthToken(params: {
    body: PeerTubeOAuthClient & PeerTubeGrant;
    "x-peertube-otp"?: string | undefined;
  }): PromiseLike<unknown>;
  revokeOAuthToken(options: { auth: { OAuth2: Credential<string> } }): PromiseLike<unknown>;
}

/** The client that all programs use on one server. */
export interface PeerTubeOAuthClient {
  client_id: string;
  client_secret: string;
}

/** What tokens are asked for with. */
export type PeerTubeGrant =
  | ({ grant_type: "password"; username: string } & (
      { password: string } | { externalAuthToken: string }
    ))
  | { grant_type: "refresh_token"; refresh_token: string };

/** The operation that all tokens come from. */
const OPERATION: Operation = {
  service: "PeerTube",
  operationId: "getOAuthToken",
  method: "POST",
  path: "/api/v1/users/token",
};

const CLIENT_OPERATION: Operation = {
  service: "PeerTube",
  operationId: "getOAuthClient",
  method: "GET",
  path: "/api/v1/oauth-clients/local",
};

/** What is no client must not be kept as one. */
function checked(client: Partial<PeerTubeOAuthClient> | null): PeerTubeOAuthClient {
  const { client_id, client_secret } = client ?? {};
  if (typeof client_id === "string" && typeof client_secret === "string") {
    return { client_id, client_secret };
  }
  throw new ClientError(CLIENT_OPERATION, "answered without a client");
}

/** The codes with which the server refuses to renew a session for good. */
const ENDINGS = ["invalid_grant", "invalid_token"];

const REASONS: ReadonlyMap<string | undefined, string> = new Map([
  ["invalid_grant", "the user name or the password is wrong"],
  ["missing_two_factor", "a one-time code is needed, pass it as `otp`"],
  ["invalid_two_factor", "the one-time code is wrong"],
  ["access_denied", "the user is blocked, or has not confirmed the email address"],
  ["account_waiting_for_approval", "the registration is still to be decided on"],
  ["account_approval_rejected", "the registration was turned down"],
]);

function refusalOf(error: unknown): LoginRefusedError | undefined {
  const code = codeOf(error);
  const reason = REASONS.get(code);
  if (reason === undefined) return undefined;
  const wantsOneTimeCode = code === "missing_two_factor" || code === "invalid_two_factor";
  return new LoginRefusedError(OPERATION, { reason, code, wantsOneTimeCode }, { cause: error });
}

/** The code of the server's problem document. */
function codeOf(error: unknown): string | undefined {
  const body: unknown = error instanceof ApiError ? error.body : undefined;
  const { code } = (body ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
