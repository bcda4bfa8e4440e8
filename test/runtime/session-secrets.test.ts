import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { OAuth2Session, type OAuth2SessionOptions } from "../../templates/runtime/oauth2.js";
import type { TokenSet } from "../../templates/runtime/token-storage.js";
import { PeerTubeSession } from "../../templates/services/peertube-session.js";
import { failureOf } from "./support/api.js";
import { always, useServer, type Handler } from "./support/server.js";
import { traces } from "./support/traces.js";

const server = useServer();
const SECRET = "s3cr3t-sentinel";
const JSON_TYPE = { "content-type": "application/json" };
const LOGIN = { username: SECRET, password: SECRET };
const TOKENS: TokenSet = { access_token: SECRET, refresh_token: SECRET, scope: SECRET };

/** A session in which everything is secret. */
function sessionOf(options: Partial<OAuth2SessionOptions> = {}): OAuth2Session {
  const tokenFlow = { tokenUrl: `/token?tenant=${SECRET}`, scopes: {} };
  return new OAuth2Session(
    {
      password: tokenFlow,
      authorizationCode: { ...tokenFlow, authorizationUrl: "/authorize" },
    },
    {
      baseUrl: server.url,
      client: { client_id: SECRET, client_secret: SECRET },
      storage: { load: () => TOKENS, save: () => undefined },
      revocationUrl: `/revoke?tenant=${SECRET}`,
      ...options,
    },
  );
}

/** What a server may say back: all that it was told. */
const ECHOES: { answer: string; handler: Handler }[] = [
  {
    answer: "an error of OAuth2",
    handler: always(
      400,
      JSON_TYPE,
      JSON.stringify({ error: "invalid_request", error_description: SECRET, error_uri: SECRET }),
    ),
  },
  {
    answer: "an end of the session",
    handler: always(
      400,
      JSON_TYPE,
      JSON.stringify({ error: "invalid_grant", error_description: SECRET }),
    ),
  },
  { answer: "an unknown error", handler: always(400, JSON_TYPE, `{"error":"${SECRET}"}`) },
  { answer: "an error of another kind", handler: always(500, {}, SECRET) },
  { answer: "no JSON", handler: always(200, JSON_TYPE, SECRET) },
  { answer: "no token", handler: always(200, JSON_TYPE, `{"token":"${SECRET}"}`) },
  {
    answer: "another type",
    handler: always(200, JSON_TYPE, `{"access_token":"${SECRET}","token_type":"${SECRET}"}`),
  },
  {
    answer: "a redirect",
    handler: always(302, { location: `https://evil.example/?token=${SECRET}` }),
  },
  { answer: "nothing", handler: (_request, response) => void response.destroy() },
];

describe("no secret is in what a session throws", () => {
  describe.each(ECHOES)("for $answer", ({ handler }) => {
    it.each<{ step: string; run: (session: OAuth2Session) => Promise<unknown> }>([
      { step: "a login", run: (session) => session.login(LOGIN) },
      { step: "a renewal", run: (session) => session.accessToken({ rejected: SECRET }) },
      {
        step: "a code",
        run: async (session) => {
          const { pending } = await session.authorizationUrl({ redirect_uri: "https://a.example" });
          const redirect = `https://a.example/?code=${SECRET}&state=${pending.state}`;
          await session.handleRedirect(redirect, pending);
        },
      },
    ])("to $step", async ({ run }) => {
      server.answer(handler);
      expect(traces(await failureOf(run(sessionOf())))).not.toContain(SECRET);
    });
  });

  it.each([400, 403, 500])("for a revocation that is answered with %d", async (status) => {
    server.answer(always(status, JSON_TYPE, `{"error":"${SECRET}"}`));
    expect(traces(await failureOf(sessionOf().logout()))).not.toContain(SECRET);
  });

  it.each([
    `https://a.example/?code=${SECRET}&state=${SECRET}`,
    `https://a.example/?error=${SECRET}&error_description=${SECRET}&state=${SECRET}`,
    `//${SECRET}`,
    SECRET,
  ])("for the redirect %s", async (redirect) => {
    for (const state of [SECRET, "other"]) {
      const pending = { state, code_verifier: SECRET, redirect_uri: SECRET };
      server.answer(always(400, JSON_TYPE, `{"error":"${SECRET}"}`));
      const failure = await failureOf(sessionOf().handleRedirect(redirect, pending));
      expect(traces(failure)).not.toContain(SECRET);
    }
  });

  it("for URLs that cannot be used", async () => {
    const options = [
      { baseUrl: `https://user:${SECRET}@host.example` },
      { baseUrl: SECRET },
      { authorizationServer: `https://login.example/?key=${SECRET}` },
    ];
    for (const one of options) {
      expect(traces(await failureOf(sessionOf(one).login(LOGIN)))).not.toContain(SECRET);
    }
  });
});

it("no secret is in what a session shows of itself", () => {
  const session = sessionOf();
  const text = [JSON.stringify(session), inspect(session, { depth: 10 })];
  expect(text.join("\n")).not.toContain(SECRET);
});

it("no secret is in a refused login", async () => {
  const api = {
    getOAuthClient: async () => Promise.resolve({ client_id: SECRET, client_secret: SECRET }),
    getOAuthToken: async () => Promise.resolve({ access_token: "", refresh_token: SECRET }),
    revokeOAuthToken: async () => Promise.resolve(),
  };
  const session = new PeerTubeSession({ api });
  expect(traces(await failureOf(session.login(LOGIN)))).not.toContain(SECRET);
  expect(inspect(session, { depth: 10 })).not.toContain(SECRET);
});
