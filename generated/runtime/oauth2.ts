import { ApiClass } from "./api-class.js";
import { asJson } from "./as-json.js";
import { asNothing } from "./as-nothing.js";
import { beginAuthorization, codeOf, type PendingAuthorization } from "./authorization-code.js";
import { isOpen } from "./base-url.js";
import type { Call } from "./call.js";
import { ConfigurationError, type Operation } from "./errors.js";
import { form } from "./form.js";
import { OAuth2Error, oauth2ErrorOf } from "./oauth2-error.js";
import type { OAuth2Flows } from "./oauth2-flows.js";
import type { BasicCredential, CredentialRequest, Fetch } from "./options.js";
import { percentEncode } from "./parameters.js";
import { sameOrigin } from "./same-origin.js";
import type { Service } from "./service.js";
import { SessionExpiredError } from "./session-errors.js";
import { TokenKeeper, type TokenKeeperOptions } from "./token-keeper.js";
import { tokensOf } from "./token-response.js";
import type { TokenSet } from "./token-storage.js";

/** What `new OAuth2Session(...)` takes beside the flows. */
export interface OAuth2SessionOptions extends TokenKeeperOptions {
  /** Where the service is: relative URLs of the flows begin here. */
  readonly baseUrl: string | URL;
  /**
   * The origin of the flows' URLs, if that is another than that of `baseUrl`: what the document says
   * is not enough to send a password there.
   */
  readonly authorizationServer?: string | URL | undefined;
  readonly client: OAuth2Client;
  /** Scopes to ask for, with spaces between them. Default: what the server gives by itself. */
  readonly scope?: string | undefined;
  /** With `client_credentials` nobody logs in: tokens are asked for when they are needed. */
  readonly grant?: "client_credentials" | undefined;
  /** Where tokens are revoked (RFC 7009); documents have no place for it. May be relative. */
  readonly revocationUrl?: string | undefined;
  /** How long a request for tokens may take, in milliseconds. Default 30,000; `0` means no limit. */
  readonly timeout?: number | undefined;
  /** Takes the place of the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
}

/** A client as the authorization server knows it (RFC 6749, section 2). */
export interface OAuth2Client {
  readonly client_id: string;
  /** Left out by public clients: programs that cannot keep a secret. */
  readonly client_secret?: string | undefined;
  /** How the secret is sent (RFC 6749, section 2.3.1). Default `basic`. */
  readonly authentication?: "basic" | "body" | undefined;
}

/** Whom the password grant logs in. */
export interface PasswordLogin {
  readonly username: string;
  readonly password: string;
  /** In the place of the session's `scope`. */
  readonly scope?: string | undefined;
}

/** What an authorization page is asked for. */
export interface AuthorizationOptions {
  /** Where the browser comes back to; registered with the server. */
  readonly redirect_uri: string;
  /** In the place of the session's `scope`. */
  readonly scope?: string | undefined;
  /** More parameters that the server knows, such as `prompt`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** The authorization server, as a flow sees it that has a module of its own. */
export interface FlowServer {
  /** The session's. */
  readonly scope: string | undefined;
  /** What the flow begins with, for errors. */
  readonly operation: Operation;
  /** Begins the flow. */
  readonly begin: (body: object, signal: AbortSignal) => Promise<unknown>;
  /** Asks for tokens. */
  readonly token: (body: object, signal: AbortSignal) => Promise<TokenSet>;
}

/**
 * A session by the OAuth2 flows of a document. Its `accessToken` is the credential of the scheme:
 *
 * ```ts
 * const session = new OAuth2Session(oauth2Flows.OAuth2, { baseUrl, client: { client_id } });
 * const client = new Example({ baseUrl, auth: { OAuth2: session.accessToken } });
 * await session.login({ username, password });
 * ```
 *
 * All that reaches the authorization server and fails there is a {@link OAuth2Error}, or any other
 * `ClientError` if it did not get that far.
 */
export class OAuth2Session {
  /** Gives an access token that should work, renewed if need be; undefined if nobody is logged in. */
  readonly accessToken: (
    request?: Partial<CredentialRequest<string>>,
  ) => Promise<string | undefined>;

  readonly #flows: OAuth2Flows;
  readonly #options: OAuth2SessionOptions;
  readonly #keeper: TokenKeeper;

  constructor(flows: OAuth2Flows, options: OAuth2SessionOptions) {
    this.#flows = flows;
    this.#options = options;
    const { grant, scope } = options;
    const obtain = grant && (() => this.#request("clientCredentials", { scope }));
    this.#keeper = new TokenKeeper(
      {
        operation: operationAt("refresh_token", "/"),
        obtain,
        renew: async (old) => (await this.#renew(old)) ?? (await obtain?.()),
      },
      options,
    );
    this.accessToken = this.#keeper.accessToken;
  }

  /** Logs a user in with name and password (RFC 6749, section 4.3). */
  async login({ username, password, scope = this.#options.scope }: PasswordLogin): Promise<void> {
    await this.#keeper.start(await this.#request("password", { username, password, scope }));
  }

  /**
   * Begins a login on the authorization page (RFC 6749, section 4.1; with PKCE, RFC 7636).
   *
   * @returns `url`, to which the browser is sent, and `pending`, which {@link handleRedirect} needs.
   */
  async authorizationUrl({
    redirect_uri,
    scope = this.#options.scope,
    parameters,
  }: AuthorizationOptions): Promise<{ url: URL; pending: PendingAuthorization }> {
    const url = this.#page();
    const { client_id } = this.#options.client;
    const { request, pending } = await beginAuthorization(redirect_uri);
    for (const [name, value] of Object.entries({ ...parameters, ...request, client_id, scope })) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return { url, pending };
  }

  /**
   * Ends a login on the authorization page.
   *
   * @param redirect - the address that the browser came back to.
   * @throws {@link OAuth2Error} with `access_denied` if the user declined.
   */
  async handleRedirect(redirect: string | URL, pending: PendingAuthorization): Promise<void> {
    const code = codeOf(redirect, pending, operationAt("authorize", this.#page().pathname, "GET"));
    const { code_verifier, redirect_uri } = pending;
    const body = { code, redirect_uri, code_verifier };
    await this.#keeper.start(await this.#request("authorizationCode", body));
  }

  /** Logs in by a flow that has a module of its own: `deviceLogin` of `device-login.ts` is for users. */
  async loginBy(
    flow: "deviceAuthorization",
    run: (server: FlowServer) => Promise<TokenSet>,
  ): Promise<void> {
    const { deviceAuthorizationUrl } = this.#flows[flow] ?? {};
    const url = this.#url("deviceAuthorizationUrl", deviceAuthorizationUrl);
    const tokens = await run({
      scope: this.#options.scope,
      operation: operationAt("device", url.pathname),
      begin: (body, signal) => this.#post("device", url, body, signal),
      token: (body, signal) => this.#request(flow, body, signal),
    });
    await this.#keeper.start(tokens);
  }

  /** The tokens as they are kept, good or not; undefined if nobody is logged in. */
  tokens(): Promise<TokenSet | undefined> {
    return this.#keeper.tokens();
  }

  /**
   * Forgets the tokens, and revokes them (RFC 7009) if there is a `revocationUrl`. They are forgotten
   * even if that fails.
   */
  async logout(): Promise<void> {
    await this.#keeper.end(async ({ refresh_token, access_token }) => {
      const { revocationUrl } = this.#options;
      if (revocationUrl === undefined) return;
      const url = this.#url("revocationUrl", revocationUrl);
      const revoke = (token: string, token_type_hint: string): Promise<unknown> =>
        this.#post("revoke", url, { token, token_type_hint });
      // A server need not end the access token with the refresh token (section 2.1).
      if (refresh_token !== undefined) await revoke(refresh_token, "refresh_token");
      await revoke(access_token, "access_token");
    });
  }

  #page(): URL {
    return this.#url("authorizationUrl", this.#flows.authorizationCode?.authorizationUrl);
  }

  /** Asks for the tokens of a flow. */
  async #request(flow: keyof typeof GRANTS, body: object, signal?: AbortSignal): Promise<TokenSet> {
    const url = this.#url("tokenUrl", this.#flows[flow]?.tokenUrl);
    const answer = await this.#post("token", url, { grant_type: GRANTS[flow], ...body }, signal);
    return tokensOf(answer, operationAt("token", url.pathname));
  }

  /** RFC 6749, section 6. */
  async #renew(old: TokenSet): Promise<TokenSet | undefined> {
    const { refresh_token } = old;
    if (refresh_token === undefined) return undefined;
    const { authorizationCode, password, deviceAuthorization, clientCredentials } = this.#flows;
    const flow = authorizationCode ?? password ?? deviceAuthorization ?? clientCredentials;
    const url = this.#url("refreshUrl", flow?.refreshUrl ?? flow?.tokenUrl);
    const operation = operationAt("token", url.pathname);
    try {
      const body = { grant_type: "refresh_token", refresh_token };
      return tokensOf(await this.#post("token", url, body), operation, old);
    } catch (error) {
      if (!(error instanceof OAuth2Error) || error.error !== "invalid_grant") throw error;
      throw new SessionExpiredError(operation, { cause: error });
    }
  }

  /** Sends a form to the authorization server, with what proves who the client is. */
  async #post(
    operationId: EndpointName,
    url: URL,
    body: object,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { fetch, timeout, client } = this.#options;
    const { client_id, client_secret, authentication = "basic" } = client;
    const isBasic = client_secret !== undefined && authentication === "basic";
    const endpoint = new Endpoint(url, { fetch, timeout }, isBasic ? basicOf(client) : undefined);
    try {
      return await endpoint.post(
        operationId,
        isBasic ? body : { ...body, client_id, client_secret },
        signal,
      );
    } catch (error) {
      throw oauth2ErrorOf(error) ?? error;
    }
  }

  /** A URL of the document. It must be on the origin that the caller knows of. */
  #url(what: string, url: string | undefined): URL {
    const { baseUrl, authorizationServer = baseUrl } = this.#options;
    const refuse = (problem: string): Error =>
      new ConfigurationError(operationAt(what, "/", "GET"), problem);
    if (url === undefined) throw refuse(`the document has no flow with \`${what}\``);
    const base = parse(String(baseUrl));
    const resolved = parse(url, base?.href);
    const origin = parse(String(authorizationServer))?.origin;
    if (resolved === undefined || origin === undefined) {
      throw refuse("`baseUrl` and `authorizationServer` must be absolute URLs");
    }
    if (resolved.username !== "" || resolved.password !== "") {
      throw refuse("`baseUrl` and the document's URLs must not have credentials");
    }
    if (resolved.origin !== origin) {
      const asked = `{ authorizationServer: ${JSON.stringify(resolved.origin)} }`;
      throw refuse(`credentials go to ${resolved.origin} only if the options say ${asked}`);
    }
    // Like the calls of a client: what is secret there must not be read on the way here.
    if (base?.protocol === "https:" && isOpen(resolved)) {
      throw refuse(`credentials for an https base URL don't go to ${resolved.origin}`);
    }
    return resolved;
  }
}

/** The value of `grant_type` for each flow of a document. */
const GRANTS = {
  authorizationCode: "authorization_code",
  clientCredentials: "client_credentials",
  deviceAuthorization: "urn:ietf:params:oauth:grant-type:device_code",
  password: "password",
} as const;

const SERVICE: Service = {
  name: "OAuth2",
  servers: [],
  securitySchemes: { client: { type: "http", scheme: "basic" } },
};

type EndpointName = "token" | "revoke" | "device";

/** One URL of the authorization server. */
class Endpoint extends ApiClass {
  readonly #url: URL;
  readonly #isBasic: boolean;

  constructor(
    url: URL,
    options: Pick<OAuth2SessionOptions, "fetch" | "timeout">,
    client: BasicCredential | undefined,
  ) {
    super(SERVICE, { ...options, baseUrl: url.origin, auth: { client } });
    this.#url = url;
    this.#isBasic = client !== undefined;
  }

  async post(
    operationId: EndpointName,
    body: object,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const call: Call = {
      operationId,
      method: "POST",
      path: this.#url.pathname,
      url: sameOrigin(this.#url.href),
      body: form(body),
      security: this.#isBasic ? [{ client: [] }] : [],
      // RFC 7009, section 2.2: what a revocation is answered with means nothing.
      response: operationId === "revoke" ? asNothing : asJson,
    };
    return await this.request(call, { signal });
  }
}

function operationAt(operationId: string, path: string, method = "POST"): Operation {
  return { service: SERVICE.name, operationId, method, path };
}

/** Both are encoded as in a form first (RFC 6749, section 2.3.1). */
function basicOf({ client_id, client_secret = "" }: OAuth2Client): BasicCredential {
  return { username: encoded(client_id), password: encoded(client_secret) };
}

function encoded(text: string): string {
  return percentEncode(text).replaceAll("%20", "+");
}

function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
