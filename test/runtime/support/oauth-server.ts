import OAuth2Server from "@node-oauth/oauth2-server";
import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll } from "vitest";

/** What came to the authorization server. */
export interface OAuthRequest {
  /** Method and path. */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body, as a form. */
  readonly form: Readonly<Record<string, string>>;
}

/** How a service differs from the plain one. */
export interface OAuthServerOptions {
  readonly token?: string;
  readonly resource?: string;
  /** How it says no. */
  readonly refusal?: (error: string, status: number) => object;
  /** What it makes of an answer with tokens. */
  readonly answer?: (tokens: Readonly<Record<string, unknown>>) => object;
}

/** Something that a test puts in front of the server; true means that it has answered. */
export type Interception = (
  request: OAuthRequest,
  response: ServerResponse,
) => boolean | Promise<boolean>;

export const CLIENTS = {
  confidential: { client_id: "web", client_secret: "web-secret" },
  public: { client_id: "app" },
} as const;
export const USER = { username: "lena", password: "correct horse" } as const;
export const REDIRECT = "https://app.example/callback";
/** Shows the code to the user. */
const OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

const GRANTS = ["password", "refresh_token", "client_credentials", "authorization_code"];

/**
 * A real authorization server, with tokens in memory: refresh tokens rotate, and are good once.
 *
 * - `POST /oauth/token`, `POST /oauth/revoke`, and `GET /oauth/authorize`, where the user says yes
 * - `GET /me`: a resource that needs a token
 */
export class OAuthServer {
  url = "";
  /** In seconds. */
  accessTokenLifetime = 3_600;
  requests: OAuthRequest[] = [];
  intercept: Interception = () => false;
  readonly #tokens = new Map<string, OAuth2Server.Token>();
  readonly #codes = new Map<string, OAuth2Server.AuthorizationCode>();
  readonly #model = this.#createModel();
  readonly #options: OAuthServerOptions;
  readonly #server: Server = createServer((incoming, outgoing) => {
    this.#answer(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error as Error);
    });
  });

  constructor(options: OAuthServerOptions = {}) {
    this.#options = options;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  reset(): void {
    this.accessTokenLifetime = 3_600;
    this.requests = [];
    this.intercept = () => false;
    this.#tokens.clear();
    this.#codes.clear();
  }

  /** The bodies of what was asked of the token endpoint, with this grant or any. */
  asked(grant?: string): readonly Readonly<Record<string, string>>[] {
    const forms = this.requests.filter(({ line }) => line === this.#tokenLine);
    return forms
      .map(({ form }) => form)
      .filter(({ grant_type }) => grant === undefined || grant_type === grant);
  }

  get #tokenLine(): string {
    return this.#options.token ?? "POST /oauth/token";
  }

  /** Ends all access tokens before their time; refresh tokens stay. */
  expireAccessTokens(): void {
    for (const token of this.#tokens.values()) token.accessTokenExpiresAt = new Date(0);
  }

  /** Forgets all tokens, of both kinds. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** Ends the grant of an access token that is good; false if it is not. */
  endGrantOf(authorization: string | undefined): boolean {
    const token = authorization?.replace(/^Bearer /, "") ?? "";
    const end = this.#tokens.get(token)?.accessTokenExpiresAt;
    return end !== undefined && end.getTime() > Date.now() && this.#tokens.delete(token);
  }

  /** Whether a token, of either kind, is still known. */
  knows(token: string | undefined): boolean {
    return [...this.#tokens.values()].some(
      ({ accessToken, refreshToken }) => token === accessToken || token === refreshToken,
    );
  }

  /** What `GET /oauth/authorize` would show a browser: where the redirect goes. */
  async visit(page: URL, isAllowed = true): Promise<string> {
    if (!isAllowed) page.searchParams.set("allowed", "false");
    const answer = await fetch(page, { redirect: "manual" });
    return answer.headers.get("location") ?? "";
  }

  #createModel(): OAuth2Server.AuthorizationCodeModel &
    OAuth2Server.PasswordModel &
    OAuth2Server.RefreshTokenModel &
    OAuth2Server.ClientCredentialsModel {
    const tokens = this.#tokens;
    const codes = this.#codes;
    const find = (refreshToken: string): OAuth2Server.Token | undefined =>
      [...tokens.values()].find((token) => token.refreshToken === refreshToken);
    const text = async (): Promise<string> => Promise.resolve(randomBytes(20).toString("hex"));
    /* eslint-disable @typescript-eslint/require-await -- the library wants promises */
    return {
      getClient: async (id, secret) => {
        const known = Object.values(CLIENTS).find(({ client_id }) => client_id === id);
        const isRight =
          known !== undefined &&
          (!("client_secret" in known) || !secret || secret === known.client_secret);
        return isRight && { id, grants: GRANTS, redirectUris: [REDIRECT, OUT_OF_BAND] };
      },
      getUser: async (username, password) =>
        username === USER.username && password === USER.password && { username },
      getUserFromClient: async ({ id }) => ({ username: id }),
      validateScope: async (_user, _client, scope = ["read"]) =>
        scope.every((one) => ["read", "write"].includes(one)) && scope,
      generateAccessToken: text,
      generateRefreshToken: text,
      generateAuthorizationCode: text,
      saveToken: async (token, client, user) => {
        const saved = { ...token, client, user };
        tokens.set(token.accessToken, saved);
        return saved;
      },
      getAccessToken: async (token) => tokens.get(token),
      getRefreshToken: async (token) => {
        const found = find(token);
        return found === undefined ? undefined : { ...found, refreshToken: token };
      },
      revokeToken: async ({ refreshToken }) => tokens.delete(find(refreshToken)?.accessToken ?? ""),
      saveAuthorizationCode: async (code, client, user) => {
        const saved = { ...code, client, user };
        codes.set(code.authorizationCode, saved);
        return saved;
      },
      getAuthorizationCode: async (code) => codes.get(code),
      revokeAuthorizationCode: async ({ authorizationCode }) => codes.delete(authorizationCode),
      verifyScope: async () => true,
    };
    /* eslint-enable @typescript-eslint/require-await */
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const { pathname, searchParams } = new URL(incoming.url ?? "", this.url);
    const method = incoming.method ?? "";
    const text = Buffer.concat(chunks).toString();
    const form = Object.fromEntries(new URLSearchParams(text));
    const line = `${method} ${pathname}`;
    const told = { line, headers: incoming.headers, body: text, form };
    this.requests.push(told);
    if (await this.intercept(told, outgoing)) return;
    const headers = incoming.headers as Record<string, string>;
    const query = Object.fromEntries(searchParams);
    const request = new OAuth2Server.Request({ method, headers, query, body: form });
    const response = new OAuth2Server.Response({ headers: {} });
    await this.#handle(line, request, response);
    const own = { "content-type": "application/json", ...response.headers };
    outgoing.writeHead(response.status ?? 500, own).end(JSON.stringify(response.body));
  }

  async #handle(
    line: string,
    request: OAuth2Server.Request,
    response: OAuth2Server.Response,
  ): Promise<void> {
    const server = new OAuth2Server({ model: this.#model });
    try {
      if (line === "GET /oauth/authorize") {
        const authenticateHandler = { handle: () => ({ username: USER.username }) };
        await server.authorize(request, response, { authenticateHandler });
      } else if (line === this.#tokenLine) {
        await server.token(request, response, {
          accessTokenLifetime: this.accessTokenLifetime,
          requireClientAuthentication: { password: false, refresh_token: false },
        });
        const tokens = response.body as Record<string, unknown>;
        response.body = this.#options.answer?.(tokens) ?? tokens;
      } else if (line === "POST /oauth/revoke") {
        this.#revoke(request.body as Record<string, string>);
      } else if (line === (this.#options.resource ?? "GET /me")) {
        const { user } = await server.authenticate(request, response);
        response.body = user;
      } else response.status = 404;
    } catch (error) {
      if (!(error instanceof OAuth2Server.OAuthError)) throw error;
      // Those of the authorization page go with the redirect.
      if (response.status === 302) return;
      const { name, message, code } = error;
      response.status = code;
      const plain = { error: name, error_description: message };
      response.body = this.#options.refusal?.(name, code) ?? plain;
    }
  }

  /** RFC 7009, which the library leaves to others: the whole grant ends with its refresh token. */
  #revoke({ token }: Record<string, string>): void {
    for (const [key, { accessToken, refreshToken }] of this.#tokens) {
      if (token === accessToken || token === refreshToken) this.#tokens.delete(key);
    }
  }
}

/** An authorization server for all tests of a file. */
export function useOAuthServer(options?: OAuthServerOptions): OAuthServer {
  const server = new OAuthServer(options);
  beforeAll(() => server.open());
  afterEach(() => {
    server.reset();
  });
  afterAll(() => server.close());
  return server;
}
