import { describe, expect, it } from "vitest";
import { AppsApi, Mastodon, OauthApi } from "../../generated/mastodon/index.js";
import {
  MastodonSession,
  registerMastodonApp,
  type MastodonApp,
  type MastodonSessionOptions,
} from "../../generated/mastodon/mastodon-session.js";
import { failureOf } from "../runtime/support/api.js";
import { CLIENTS, REDIRECT, useOAuthServer } from "../runtime/support/oauth-server.js";

const VERIFY = "GET /api/v1/apps/verify_credentials";

const server = useOAuthServer({
  resource: VERIFY,
  // Tokens have no end, and there are no refresh tokens.
  answer: ({ access_token, token_type, scope }) => ({
    access_token,
    token_type,
    scope,
    created_at: 1,
  }),
});

const APP: MastodonApp = { ...CLIENTS.confidential, redirect_uri: REDIRECT, scope: "read write" };

function sessionOf(options: Partial<MastodonSessionOptions> = {}): MastodonSession {
  return new MastodonSession({ api: new Mastodon({ baseUrl: server.url }), app: APP, ...options });
}

describe("a session on Mastodon", () => {
  it("begins with an application, which is registered once", async () => {
    server.intercept = ({ line }, response) => {
      if (line !== "POST /api/v1/apps") return false;
      const answer = { id: "1", name: "Reader", ...CLIENTS.confidential };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
      return true;
    };
    const apps = new AppsApi({ baseUrl: server.url });
    expect(
      await registerMastodonApp(apps, {
        client_name: "Reader",
        redirect_uri: REDIRECT,
        scope: "read write",
        website: "https://app.example",
      }),
    ).toEqual(APP);
    await registerMastodonApp(apps, { client_name: "Reader" });
    expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      {
        client_name: "Reader",
        redirect_uris: [REDIRECT],
        scopes: "read write",
        website: "https://app.example",
      },
      {
        client_name: "Reader",
        redirect_uris: ["urn:ietf:wg:oauth:2.0:oob"],
        scopes: "read",
      },
    ]);
  });

  it.each(["null", "{}", '{"client_id":1,"client_secret":2}'])(
    "has no application where none is answered: %s",
    async (body) => {
      server.intercept = (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" }).end(body);
        return true;
      };
      const apps = new AppsApi({ baseUrl: server.url });
      const registration = registerMastodonApp(apps, { client_name: "Reader" });
      expect(await failureOf(registration)).toMatchObject({
        message: "createApp: POST /api/v1/apps answered without an application",
      });
    },
  );

  it("logs in on the authorization page, is verified, and is revoked", async () => {
    const session = sessionOf();
    expect(await session.verify()).toBe(false);
    const { url, pending } = await session.authorizationUrl({ force_login: true, lang: "de" });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      force_login: "true",
      lang: "de",
      scope: "read write",
      code_challenge_method: "S256",
    });
    await session.handleRedirect(await server.visit(url), pending);
    expect(server.asked()).toEqual([
      {
        grant_type: "authorization_code",
        ...CLIENTS.confidential,
        code: expect.any(String) as string,
        redirect_uri: REDIRECT,
        code_verifier: pending.code_verifier,
      },
    ]);
    expect(await session.verify()).toBe(true);
    expect(await session.tokens()).toMatchObject({ scope: "read write" });

    const token = await session.accessToken();
    await session.logout();
    expect(server.knows(token)).toBe(false);
    expect(await session.accessToken()).toBeUndefined();
    expect(server.requests.at(-1)?.form).toEqual({ ...CLIENTS.confidential, token });
  });

  it("takes a code that the user copied", async () => {
    const baseUrl = server.url;
    const api = { apps: new AppsApi({ baseUrl }), oauth: new OauthApi({ baseUrl }) };
    const app = { ...APP, redirect_uri: "urn:ietf:wg:oauth:2.0:oob" };
    const session = sessionOf({ api, app });
    const { url, pending } = await session.authorizationUrl();
    const code = new URL(await server.visit(url)).searchParams.get("code") ?? "";
    await session.handleCode(` ${code}\n`, pending);
    expect(await session.verify()).toBe(true);
  });

  it("of the application itself needs no login", async () => {
    const session = sessionOf({ grant: "client_credentials" });
    expect(await session.verify()).toBe(true);
    expect(server.asked()).toEqual([
      { grant_type: "client_credentials", ...CLIENTS.confidential, scope: "read write" },
    ]);
    // A token that was revoked elsewhere is replaced.
    server.forgetTokens();
    expect(await session.verify()).toBe(true);
    expect(server.asked()).toHaveLength(2);
  });

  it("whose token was revoked elsewhere is told by the instance", async () => {
    const session = sessionOf();
    const { url, pending } = await session.authorizationUrl();
    await session.handleRedirect(await server.visit(url), pending);
    server.forgetTokens();
    expect(await session.verify()).toBe(false);
    expect(server.requests.filter(({ line }) => line === VERIFY)).toHaveLength(1);
    server.intercept = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    expect(await failureOf(session.verify())).toMatchObject({ name: "ApiError", status: 503 });
  });

  it.each<{ what: string; error: string; app?: Partial<MastodonApp>; isUsed?: boolean }>([
    { what: "a code that was used", error: "invalid_grant", isUsed: true },
    { what: "a wrong secret", error: "invalid_client", app: { client_secret: "wrong" } },
  ])("tells $what", async ({ error, app, isUsed }) => {
    const session = sessionOf({ app: { ...APP, ...app } });
    const { url, pending } = await session.authorizationUrl();
    const redirect = await server.visit(url);
    if (isUsed === true) await session.handleRedirect(redirect, pending);
    expect(await failureOf(session.handleRedirect(redirect, pending))).toMatchObject({
      name: "OAuth2Error",
      error,
      message: `postOauthToken: POST /oauth/token was refused (${error})`,
    });
  });

  it("tells that the user declined", async () => {
    const session = sessionOf();
    const { url, pending } = await session.authorizationUrl();
    const redirect = await server.visit(url, false);
    expect(await failureOf(session.handleRedirect(redirect, pending))).toMatchObject({
      name: "OAuth2Error",
      error: "access_denied",
    });
  });
});
