import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { ClientError, ConfigurationError } from "../../templates/runtime/errors.js";
import { OAuth2Error } from "../../templates/runtime/oauth2-error.js";
import type { OAuth2Flows } from "../../templates/runtime/oauth2-flows.js";
import { OAuth2Session, type OAuth2SessionOptions } from "../../templates/runtime/oauth2.js";
import { createPkce } from "../../templates/runtime/pkce.js";
import { SessionExpiredError } from "../../templates/runtime/session-errors.js";
import { failureOf, TestApi } from "./support/api.js";
import { CLIENTS, REDIRECT, useOAuthServer, USER } from "./support/oauth-server.js";
import { always, useServer } from "./support/server.js";

const server = useOAuthServer();
const recorder = useServer();

const TOKEN = { tokenUrl: "/oauth/token", scopes: { read: "See.", write: "Change." } };
const FLOWS: OAuth2Flows = {
  authorizationCode: { ...TOKEN, authorizationUrl: "/oauth/authorize" },
  clientCredentials: TOKEN,
  password: TOKEN,
};

function sessionOf(options: Partial<OAuth2SessionOptions> = {}, flows = FLOWS): OAuth2Session {
  const { url } = server;
  return new OAuth2Session(flows, { baseUrl: url, client: CLIENTS.confidential, ...options });
}

/** Calls the resource with the session's tokens. */
function call(session: OAuth2Session): Promise<unknown> {
  const api = new TestApi(
    { baseUrl: server.url, auth: { OAuth2: session.accessToken } },
    { securitySchemes: { OAuth2: { type: "oauth2" } } },
  );
  return api.call({ path: "/me", security: [{ OAuth2: [] }] }).then();
}

/** Logs in on the authorization page, as a user who agrees. */
async function authorize(session: OAuth2Session): Promise<void> {
  const { url, pending } = await session.authorizationUrl({ redirect_uri: REDIRECT });
  // It can be kept between two pages.
  const kept = JSON.parse(JSON.stringify(pending)) as typeof pending;
  await session.handleRedirect(await server.visit(url), kept);
}

const CLIENT_ROWS: { how: string; client: OAuth2SessionOptions["client"] }[] = [
  { how: "a confidential client, Basic", client: CLIENTS.confidential },
  {
    how: "a confidential client, in the body",
    client: { ...CLIENTS.confidential, authentication: "body" },
  },
  { how: "a public client", client: CLIENTS.public },
];

describe("the password grant", () => {
  it.each(CLIENT_ROWS)("logs in: $how", async ({ client }) => {
    const session = sessionOf({ client, scope: "read write" });
    await session.login(USER);
    expect(await call(session)).toEqual({ username: USER.username });
    expect(await session.tokens()).toMatchObject({
      token_type: "Bearer",
      scope: "read write",
      expires_in: expect.any(Number) as number,
    });
    const isBasic = "client_secret" in client && client.authentication === undefined;
    const authorization = server.requests[0]?.headers.authorization;
    expect(authorization).toBe(isBasic ? `Basic ${btoa("web:web-secret")}` : undefined);
    expect(server.asked()).toEqual([
      {
        grant_type: "password",
        ...USER,
        scope: "read write",
        ...(isBasic ? {} : { client_id: client.client_id }),
        ...(isBasic || client.client_secret === undefined
          ? {}
          : { client_secret: client.client_secret }),
      },
    ]);
  });

  it.each<{
    error: string;
    status: number;
    login?: object;
    options?: Partial<OAuth2SessionOptions>;
  }>([
    { error: "invalid_grant", status: 400, login: { password: "wrong" } },
    { error: "invalid_scope", status: 400, login: { scope: "everything" } },
    {
      error: "invalid_client",
      status: 401,
      options: { client: { client_id: "web", client_secret: "wrong" } },
    },
    {
      error: "invalid_client",
      status: 400,
      options: {
        client: { client_id: "web", client_secret: "wrong", authentication: "body" },
      },
    },
  ])("tells $error, $status", async ({ error, status, login, options }) => {
    const failure = await failureOf(sessionOf(options).login({ ...USER, ...login }));
    expect(failure).toBeInstanceOf(OAuth2Error);
    expect(failure).toBeInstanceOf(ClientError);
    expect(failure).toMatchObject({
      error,
      status,
      message: `token: POST /oauth/token was refused (${error})`,
      description: expect.any(String) as string,
    });
  });

  it("leaves who is logged in logged in if another login fails", async () => {
    const session = sessionOf();
    await session.login(USER);
    await failureOf(session.login({ ...USER, password: "wrong" }));
    expect(await call(session)).toEqual({ username: USER.username });
  });
});

describe("the client credentials grant", () => {
  it("asks for a token when one is needed, and again when it ends", async () => {
    const session = sessionOf({ grant: "client_credentials", scope: "read" });
    expect(server.requests).toEqual([]);
    expect(await call(session)).toEqual({ username: "web" });
    expect(await call(session)).toEqual({ username: "web" });
    const asked = { grant_type: "client_credentials", scope: "read" };
    expect(server.asked()).toEqual([asked]);
    server.expireAccessTokens();
    expect(await call(session)).toEqual({ username: "web" });
    expect(server.asked()).toEqual([asked, asked]);
  });
});

describe("the authorization code grant", () => {
  it.each(CLIENT_ROWS)("logs in: $how", async ({ client }) => {
    const session = sessionOf({ client });
    await authorize(session);
    expect(await call(session)).toEqual({ username: USER.username });
    server.expireAccessTokens();
    expect(await call(session)).toEqual({ username: USER.username });
    expect(server.asked("refresh_token")).toHaveLength(1);
  });

  it("asks the page for what RFC 6749 and RFC 7636 say, and keeps what it has of its own", async () => {
    const page = { ...TOKEN, authorizationUrl: "/oauth/authorize?lang=en" };
    const session = sessionOf({ scope: "read" }, { authorizationCode: page });
    const { url, pending } = await session.authorizationUrl({
      redirect_uri: REDIRECT,
      parameters: { prompt: "login", state: "mine" },
    });
    expect(pending).toEqual({
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_verifier: expect.stringMatching(/^[\w-]{43}$/) as string,
      redirect_uri: REDIRECT,
    });
    expect(url.origin + url.pathname).toBe(`${server.url}/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      lang: "en",
      prompt: "login",
      response_type: "code",
      client_id: "web",
      redirect_uri: REDIRECT,
      scope: "read",
      state: pending.state,
      code_challenge: createHash("sha256").update(pending.code_verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
  });

  it("has new secrets each time", async () => {
    const session = sessionOf();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => session.authorizationUrl({ redirect_uri: REDIRECT })),
    );
    const secrets = all.flatMap(({ pending }) => [pending.state, pending.code_verifier]);
    expect(new Set(secrets).size).toBe(40);
  });

  it("is refused with a wrong verifier", async () => {
    const session = sessionOf();
    const { url, pending } = await session.authorizationUrl({ redirect_uri: REDIRECT });
    const { pending: other } = await session.authorizationUrl({ redirect_uri: REDIRECT });
    const redirect = await server.visit(url);
    const mixed = { ...pending, code_verifier: other.code_verifier };
    expect(await failureOf(session.handleRedirect(redirect, mixed))).toMatchObject({
      error: "invalid_grant",
    });
    expect(await session.tokens()).toBeUndefined();
  });

  it("is refused with a code that was used", async () => {
    const session = sessionOf();
    const { url, pending } = await session.authorizationUrl({ redirect_uri: REDIRECT });
    const redirect = await server.visit(url);
    await session.handleRedirect(redirect, pending);
    expect(await failureOf(session.handleRedirect(redirect, pending))).toMatchObject({
      error: "invalid_grant",
    });
  });

  it("tells that the user declined", async () => {
    const session = sessionOf();
    const { url, pending } = await session.authorizationUrl({ redirect_uri: REDIRECT });
    const redirect = await server.visit(url, false);
    expect(await failureOf(session.handleRedirect(redirect, pending))).toMatchObject({
      name: "OAuth2Error",
      error: "access_denied",
      status: undefined,
      message: "authorize: GET /oauth/authorize was refused (access_denied)",
    });
  });

  it.each<{ redirect: string; problem: string }>([
    { redirect: "?code=c&state=other", problem: "was not what led to this redirect" },
    { redirect: "?code=c", problem: "was not what led to this redirect" },
    { redirect: "?code=c&state=STATE&state=STATE", problem: "was not what led to this redirect" },
    { redirect: "?error=access_denied&state=other", problem: "was not what led to this redirect" },
    { redirect: "?state=STATE", problem: "led to a redirect without a code" },
    { redirect: "?state=STATE&code=a&code=b", problem: "led to a redirect without a code" },
  ])("sends nothing for the redirect $redirect", async ({ redirect, problem }) => {
    const session = sessionOf();
    const { pending } = await session.authorizationUrl({ redirect_uri: REDIRECT });
    const url = `https://app.example/${redirect.replaceAll("STATE", pending.state)}`;
    const failure = await failureOf(session.handleRedirect(url, pending));
    expect(failure).toBeInstanceOf(ClientError);
    expect((failure as Error).message).toContain(`GET /oauth/authorize ${problem}`);
    expect(server.requests).toEqual([]);
  });
});

describe("renewal", () => {
  it("rotates the refresh token, each of which is good once", async () => {
    const session = sessionOf();
    await session.login(USER);
    const before = await session.tokens();
    for (let round = 1; round <= 3; round += 1) {
      server.expireAccessTokens();
      expect(await call(session)).toEqual({ username: USER.username });
    }
    const used = server.asked("refresh_token").map(({ refresh_token }) => refresh_token);
    expect(new Set(used).size).toBe(3);
    expect(used[0]).toBe(before?.refresh_token);
    expect(server.knows((await session.tokens())?.refresh_token)).toBe(true);
    expect(server.knows(before?.refresh_token)).toBe(false);
  });

  it("happens before the token ends: the service sees none that it would reject", async () => {
    const session = sessionOf();
    await session.login(USER);
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_550_000);
    try {
      await call(session);
    } finally {
      now.mockRestore();
    }
    expect(server.asked("refresh_token")).toHaveLength(1);
    expect(server.requests.filter(({ line }) => line === "GET /me")).toHaveLength(1);
  });

  it("goes to the refresh URL where there is one, and keeps what the answer leaves out", async () => {
    recorder.answer((request, response) => {
      const isRefresh = request.url === "/renew?realm=a";
      const answer = isRefresh
        ? { access_token: "a2", token_type: "bearer", expires_in: "60" }
        : {
            access_token: "a1",
            token_type: "bearer",
            refresh_token: "r",
            scope: "s",
            expires_in: 0,
          };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
    const password = { tokenUrl: "token", refreshUrl: "/renew?realm=a", scopes: {} };
    const session = sessionOf({ baseUrl: `${recorder.url}/api/v1` }, { password });
    await session.login(USER);
    expect(await session.accessToken()).toBe("a2");
    expect(recorder.requests.map(({ url }) => url)).toEqual(["/api/token", "/renew?realm=a"]);
    expect(await session.tokens()).toMatchObject({
      refresh_token: "r",
      scope: "s",
      expires_in: 60,
      expires_at: expect.any(Number) as number,
    });
  });

  it("50 calls at once with a token that has ended renew it once", async () => {
    const session = sessionOf();
    await session.login(USER);
    server.expireAccessTokens();
    const answers = await Promise.all(Array.from({ length: 50 }, () => call(session)));
    expect(answers).toEqual(Array.from({ length: 50 }, () => ({ username: USER.username })));
    expect(server.asked("refresh_token")).toHaveLength(1);
  });

  it("that is refused logs out once, and says so", async () => {
    const ended: unknown[] = [];
    const session = sessionOf({ onExpired: (error) => ended.push(error) });
    await session.login(USER);
    server.forgetTokens();
    const failures = await Promise.all(Array.from({ length: 10 }, () => failureOf(call(session))));
    for (const failure of failures) expect(failure).toBeInstanceOf(SessionExpiredError);
    expect(failures[0]).toMatchObject({
      message: "token: POST /oauth/token did not renew the session: it is over, log in again",
      cause: { name: "OAuth2Error", error: "invalid_grant" },
    });
    expect(ended).toEqual([failures[0]]);
    expect(server.asked("refresh_token")).toHaveLength(1);
    expect(await session.tokens()).toBeUndefined();
    expect(await failureOf(call(session))).toMatchObject({ name: "MissingCredentialsError" });
    await session.login(USER);
    expect(await call(session)).toEqual({ username: USER.username });
  });

  it.each<{ fault: string; name: string; status?: number; body?: string }>([
    { fault: "a broken connection", name: "ConnectionError" },
    { fault: "a server that is down", name: "ApiError", status: 503 },
    { fault: "too many requests", name: "ApiError", status: 429 },
    { fault: "a server error", name: "OAuth2Error", status: 500, body: '{"error":"server_error"}' },
    { fault: "an answer without token", name: "ClientError", status: 200, body: "{}" },
    { fault: "an answer of another kind", name: "DecodeError", status: 200, body: "<html>" },
    {
      fault: "a token that no header can hold",
      name: "ClientError",
      status: 200,
      body: '{"access_token":"a\\r\\nx-evil: 1","token_type":"Bearer"}',
    },
    {
      fault: "a token of another type",
      name: "ClientError",
      status: 200,
      body: '{"access_token":"a","token_type":"mac"}',
    },
  ])("that fails by $fault keeps the session", async ({ name, status, body = "{}" }) => {
    const ended: unknown[] = [];
    const session = sessionOf({ onExpired: (error) => ended.push(error) });
    await session.login(USER);
    const before = await session.tokens();
    server.expireAccessTokens();
    server.intercept = ({ line }, response) => {
      if (line !== "POST /oauth/token") return false;
      if (status === undefined) response.destroy();
      else response.writeHead(status, { "content-type": "application/json" }).end(body);
      return true;
    };
    expect(await failureOf(call(session))).toMatchObject({ name });
    expect(await session.tokens()).toEqual(before);
    expect(ended).toEqual([]);
    server.intercept = () => false;
    expect(await call(session)).toEqual({ username: USER.username });
  });
});

describe("logout", () => {
  it("revokes both tokens, and forgets them", async () => {
    const session = sessionOf({ revocationUrl: "/oauth/revoke" });
    await session.login(USER);
    const tokens = await session.tokens();
    await session.logout();
    expect(server.knows(tokens?.refresh_token)).toBe(false);
    expect(server.knows(tokens?.access_token)).toBe(false);
    const basic = `Basic ${btoa("web:web-secret")}`;
    expect(server.requests.slice(1)).toMatchObject([
      {
        line: "POST /oauth/revoke",
        headers: { authorization: basic },
        form: { token: tokens?.refresh_token, token_type_hint: "refresh_token" },
      },
      {
        line: "POST /oauth/revoke",
        headers: { authorization: basic },
        form: { token: tokens?.access_token, token_type_hint: "access_token" },
      },
    ]);
    expect(await session.accessToken()).toBeUndefined();
    await session.logout();
    expect(server.requests).toHaveLength(3);
  });

  it("forgets the tokens also if the server cannot be told", async () => {
    const session = sessionOf({ revocationUrl: "/oauth/revoke" });
    await session.login(USER);
    server.intercept = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    expect(await failureOf(session.logout())).toMatchObject({ name: "ApiError", status: 503 });
    expect(await session.tokens()).toBeUndefined();
  });

  it("does not care what a revocation is answered with", async () => {
    const session = sessionOf({ revocationUrl: "/oauth/revoke" });
    await session.login(USER);
    server.intercept = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end("OK");
      return true;
    };
    await session.logout();
    expect(server.requests).toHaveLength(3);
  });

  it("sends nothing where there is no URL for it", async () => {
    const session = sessionOf();
    await session.login(USER);
    await session.logout();
    expect(server.requests).toHaveLength(1);
    expect(await session.tokens()).toBeUndefined();
  });
});

describe("where credentials go", () => {
  const foreign = { password: { tokenUrl: "https://login.example/token", scopes: {} } };

  it("nowhere but to the base URL's origin, unless the options say so", async () => {
    const failure = await failureOf(sessionOf({}, foreign).login(USER));
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toContain(
      'credentials go to https://login.example only if the options say { authorizationServer: "https://login.example" }',
    );
  });

  it("to another origin that they name", async () => {
    const sent: string[] = [];
    const session = sessionOf(
      {
        authorizationServer: "https://login.example",
        fetch: async (url) => {
          sent.push(url);
          return Promise.resolve(Response.json({ access_token: "a", token_type: "Bearer" }));
        },
      },
      foreign,
    );
    await session.login(USER);
    expect(sent).toEqual(["https://login.example/token"]);
  });

  it.each<{ tokenUrl: string; isSent: boolean }>([
    { tokenUrl: "http://login.example/token", isSent: false },
    { tokenUrl: "http://localhost/token", isSent: true },
  ])("not to $tokenUrl in the clear: sent $isSent", async ({ tokenUrl, isSent }) => {
    const sent: string[] = [];
    const session = sessionOf(
      {
        baseUrl: "https://api.example",
        authorizationServer: new URL(tokenUrl).origin,
        fetch: (url) => {
          sent.push(url);
          return Promise.resolve(Response.json({ access_token: "a", token_type: "Bearer" }));
        },
      },
      { password: { tokenUrl, scopes: {} } },
    );
    const login = session.login(USER);
    if (!isSent) expect(await failureOf(login)).toBeInstanceOf(ConfigurationError);
    else await login;
    expect(sent).toEqual(isSent ? [tokenUrl] : []);
  });

  it("not with a redirect", async () => {
    recorder.answer(always(307, { location: "http://evil.example/" }));
    const session = sessionOf({ baseUrl: recorder.url });
    expect(await failureOf(session.login(USER))).toMatchObject({ name: "RedirectError" });
  });

  it.each([
    { name: "no flow", flows: {}, baseUrl: "https://x.example" },
    { name: "no base URL", flows: FLOWS, baseUrl: "/api" },
  ])("$name is told before anything is sent", async ({ flows, baseUrl }) => {
    const failure = await failureOf(sessionOf({ baseUrl }, flows).login(USER));
    expect(failure).toBeInstanceOf(ConfigurationError);
  });

  it("a client is encoded as in a form first", async () => {
    recorder.answer(
      always(200, { "content-type": "application/json" }, '{"access_token":"a","token_type":"b"}'),
    );
    const client = { client_id: "a:b c", client_secret: "ü+%" };
    await failureOf(sessionOf({ baseUrl: recorder.url, client }).login(USER));
    const [, basic = ""] = String(recorder.request.headers["authorization"]).split(" ");
    expect(atob(basic)).toBe("a%3Ab+c:%C3%BC%2B%25");
  });
});

it("PKCE says what it needs where a browser's page is not secure", async () => {
  vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes });
  const error = await failureOf(createPkce()).finally(() => vi.unstubAllGlobals());
  expect(String(error)).toMatch(/^TypeError: PKCE needs `crypto.subtle`, which browsers have on/);
});
