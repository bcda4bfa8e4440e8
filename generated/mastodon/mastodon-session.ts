import {
  beginAuthorization,
  codeOf,
  type AuthorizationRequest,
  type PendingAuthorization,
} from "../runtime/authorization-code.js";
import { ApiError, ClientError, type Operation } from "../runtime/errors.js";
import { oauth2ErrorOf } from "../runtime/oauth2-error.js";
import type { CredentialRequest } from "../runtime/options.js";
import { TokenKeeper, type TokenKeeperOptions } from "../runtime/token-keeper.js";
import { tokensOf } from "../runtime/token-response.js";
import type { TokenSet } from "../runtime/token-storage.js";

/** What `new MastodonSession(...)` takes. */
export interface MastodonSessionOptions extends Omit<TokenKeeperOptions, "skew" | "onExpired"> {
  /** A client of the instance, or its two classes: `{ apps, oauth }`. */
  readonly api: MastodonSessionApi;
  /** The application, as the instance knows it: what {@link registerMastodonApp} gave. */
  readonly app: MastodonApp;
  /**
   * With `client_credentials` the session is the application's own, and no user's: it needs no
   * login, its token is asked for when it is needed.
   */
  readonly grant?: "client_credentials" | undefined;
}

/** An application that is registered with one instance; data that can be stored as JSON. Secret. */
export interface MastodonApp {
  readonly client_id: string;
  readonly client_secret: string;
  /** Where the browser comes back to. */
  readonly redirect_uri: string;
  /** The scopes to ask for, with spaces between them. */
  readonly scope: string;
}

/** How an application presents itself. */
export interface MastodonRegistration {
  /** Users see it on the authorization page. */
  readonly client_name: string;
  /** Default: the page shows the code, for the user to copy. */
  readonly redirect_uri?: string | undefined;
  /** Default `read`. */
  readonly scope?: string | undefined;
  readonly website?: string | undefined;
}

/** What the authorization page can be asked for. */
export interface MastodonAuthorizationOptions {
  /** Asks for the password even if the browser is logged in, so that another account can be used. */
  readonly force_login?: boolean | undefined;
  /** The language of the page, two letters. */
  readonly lang?: string | undefined;
}

/** Makes the page show the code instead of sending the browser anywhere. */
const SHOW_CODE = "urn:ietf:wg:oauth:2.0:oob";

/**
 * Registers an application with an instance. Once is enough: keep what it gives, for all users.
 *
 * @param apps - the class `AppsApi` of the instance.
 */
export async function registerMastodonApp(
  apps: Pick<MastodonAppsApi, "createApp">,
  { client_name, redirect_uri = SHOW_CODE, scope = "read", website }: MastodonRegistration,
): Promise<MastodonApp> {
  const asked = { client_name, redirect_uris: [redirect_uri], scopes: scope };
  const body = website === undefined ? asked : { ...asked, website };
  const registered = (await apps.createApp({ body })) as Partial<MastodonApp> | null;
  const { client_id, client_secret } = registered ?? {};
  if (typeof client_id !== "string" || typeof client_secret !== "string") {
    throw new ClientError(CREATE_APP, "answered without an application");
  }
  return { client_id, client_secret, redirect_uri, scope };
}

/**
 * A session on a Mastodon instance. Tokens have no end there, but can be revoked.
 *
 * ```ts
 * const session = new MastodonSession({ api: new Mastodon({ baseUrl }), app });
 * const { url, pending } = await session.authorizationUrl();  // send the browser there
 * await session.handleRedirect(location.href, pending);       // when it is back
 * const mastodon = new Mastodon({ baseUrl, auth: { OAuth2: session.accessToken } });
 * ```
 */
export class MastodonSession {
  /** Gives the access token; undefined if nobody is logged in. */
  readonly accessToken: (
    request?: Partial<CredentialRequest<string>>,
  ) => Promise<string | undefined>;

  readonly #api: MastodonSessionApi;
  readonly #app: MastodonApp;
  readonly #keeper: TokenKeeper;

  constructor({ api, app, grant, storage }: MastodonSessionOptions) {
    this.#api = api;
    this.#app = app;
    const obtain =
      grant && (() => this.#request({ grant_type: "client_credentials", scope: app.scope }));
    const renew = async (): Promise<TokenSet | undefined> => obtain?.();
    this.#keeper = new TokenKeeper({ operation: TOKEN, obtain, renew }, { storage });
    this.accessToken = this.#keeper.accessToken;
  }

  /**
   * Begins a login.
   *
   * @returns `url`, to which the browser is sent, and `pending`, which {@link handleRedirect} and
   *   {@link handleCode} need.
   */
  async authorizationUrl(
    options: MastodonAuthorizationOptions = {},
  ): Promise<{ url: URL; pending: PendingAuthorization }> {
    const { client_id, redirect_uri, scope } = this.#app;
    const { request, pending } = await beginAuthorization(redirect_uri);
    const url = this.#api.oauth.getOauthAuthorize({ ...options, ...request, client_id, scope });
    return { url, pending };
  }

  /**
   * Ends a login.
   *
   * @param redirect - the address that the browser came back to.
   * @throws `OAuth2Error` with `access_denied` if the user declined, with `invalid_grant` if the
   *   code is too old or was used.
   */
  async handleRedirect(redirect: string | URL, pending: PendingAuthorization): Promise<void> {
    await this.handleCode(codeOf(redirect, pending, AUTHORIZE), pending);
  }

  /** Ends a login with the code that the page showed and the user copied. */
  async handleCode(code: string, pending: PendingAuthorization): Promise<void> {
    const { redirect_uri, code_verifier } = pending;
    const grant_type = "authorization_code";
    await this.#keeper.start(
      await this.#request({ grant_type, code: code.trim(), redirect_uri, code_verifier }),
    );
  }

  /** Asks the instance whether the token is good; false also if nobody is logged in. */
  async verify(): Promise<boolean> {
    if ((await this.accessToken()) === undefined) return false;
    try {
      await this.#api.apps.getAppsVerifyCredentials({ auth: { OAuth2: this.accessToken } });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return false;
      throw error;
    }
  }

  /** The token as it is kept, good or not; undefined if nobody is logged in. */
  tokens(): Promise<TokenSet | undefined> {
    return this.#keeper.tokens();
  }

  /** Revokes the token. It is forgotten even if the instance cannot be told. */
  async logout(): Promise<void> {
    const { client_id, client_secret } = this.#app;
    await this.#keeper.end(({ access_token: token }) =>
      Promise.resolve(
        this.#api.oauth.postOauthRevoke({ body: { client_id, client_secret, token } }),
      ),
    );
  }

  async #request(grant: MastodonGrant): Promise<TokenSet> {
    const { client_id, client_secret } = this.#app;
    try {
      const body = { client_id, client_secret, ...grant };
      return tokensOf(await this.#api.oauth.postOauthToken({ body }), TOKEN);
    } catch (error) {
      throw oauth2ErrorOf(error) ?? error;
    }
  }
}

/** What is used of the generated client. */
export interface MastodonSessionApi {
  readonly apps: MastodonAppsApi;
  readonly oauth: MastodonOauthApi;
}

/** What is used of the generated `AppsApi`. */
export interface MastodonAppsApi {
  createApp(params: {
    body: { client_name: string; redirect_uris: string[]; scopes: string; website?: string };
  }): PromiseLike<{ client_id: string; client_secret: string }>;
  getAppsVerifyCredentials(options: {
    auth: { OAuth2: MastodonSession["accessToken"] };
  }): PromiseLike<unknown>;
}

/** What is used of the generated `OauthApi`. */
export interface MastodonOauthApi {
  getOauthAuthorize(
    params: AuthorizationRequest &
      MastodonAuthorizationOptions & { client_id: string; scope: string },
  ): URL;
  postOauthToken(params: {
    body: { client_id: string; client_secret: string } & MastodonGrant;
  }): PromiseLike<unknown>;
  postOauthRevoke(params: {
    body: { client_id: string; client_secret: string; token: string };
  }): PromiseLike<unknown>;
}

/** What a token is asked for with. */
export type MastodonGrant =
  | {
      grant_type: "authorization_code";
      code: string;
      redirect_uri: string;
      code_verifier: string;
    }
  | { grant_type: "client_credentials"; scope: string };

const TOKEN: Operation = {
  service: "Mastodon",
  operationId: "postOauthToken",
  method: "POST",
  path: "/oauth/token",
};

const CREATE_APP: Operation = {
  service: "Mastodon",
  operationId: "createApp",
  method: "POST",
  path: "/api/v1/apps",
};

const AUTHORIZE: Operation = {
  service: "Mastodon",
  operationId: "getOauthAuthorize",
  method: "GET",
  path: "/oauth/authorize",
};
