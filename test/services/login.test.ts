import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isApiError as isMastodonError, Mastodon } from "../../generated/mastodon/index.js";
import { isApiError, PeerTube, SessionApi } from "../../generated/peertube/index.js";
import {
  ApiError,
  ConfigurationError,
  MissingCredentialsError,
  SFTPGo,
  TokenApi,
} from "../../generated/sftpgo/index.js";
import { failureOf } from "../runtime/support/api.js";
import { always, useServer } from "../runtime/support/server.js";
import { JSON_ACCEPTED, play } from "./support/script.js";

const server = useServer();

const FORM = { ...JSON_ACCEPTED, "content-type": "application/x-www-form-urlencoded" };

describe("PeerTube", () => {
  const CLIENT = { client_id: "c".repeat(32), client_secret: "S".repeat(32) };
  const TOKENS = {
    token_type: "Bearer",
    access_token: "at",
    refresh_token: "rt",
    expires_in: 86_400,
    refresh_token_expires_in: 1_209_600,
  };
  const ME = { id: 42, username: "alice" };
  const REVOKED = { success: true };
  const PROBLEM = { "content-type": "application/problem+json; charset=utf-8" };
  const LOGIN = `client_id=${CLIENT.client_id}&client_secret=${CLIENT.client_secret}`;
  const PASSWORD = `${LOGIN}&grant_type=password&username=alice&password=p%2Bw+d%C3%A4%26%3D`;

  it("logs in with client, password and one-time code, tells who one is, renews and logs out", async () => {
    let accessToken: string | undefined;
    const peertube = new PeerTube({ baseUrl: server.url, auth: { OAuth2: () => accessToken } });
    const verify = play(server, [
      {
        expect: { line: "GET /api/v1/oauth-clients/local", headers: JSON_ACCEPTED },
        answer: CLIENT,
      },
      {
        expect: { line: "POST /api/v1/users/token", headers: FORM, body: PASSWORD },
        status: 401,
        headers: { ...PROBLEM, "x-peertube-otp": "required; app" },
        answer: {
          type: "t",
          title: "Unauthorized",
          detail: "d",
          status: 401,
          code: "missing_two_factor",
        },
      },
      {
        expect: {
          line: "POST /api/v1/users/token",
          headers: { ...FORM, "x-peertube-otp": "123456" },
          body: PASSWORD,
        },
        answer: TOKENS,
      },
      {
        expect: {
          line: "GET /api/v1/users/me",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer at" },
        },
        answer: ME,
      },
      {
        expect: {
          line: "POST /api/v1/users/token",
          headers: FORM,
          body: `${LOGIN}&grant_type=refresh_token&refresh_token=rt`,
        },
        answer: { ...TOKENS, access_token: "at2" },
      },
      {
        expect: {
          line: "POST /api/v1/users/revoke-token",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer at2" },
        },
        answer: REVOKED,
      },
    ]);

    const client = await peertube.session.getOAuthClient();
    expect(client).toEqual(CLIENT);
    const body = {
      ...client,
      grant_type: "password",
      username: "alice",
      password: "p+w dä&=",
    } as const;
    const refused = await peertube.session.getOAuthToken({ body }).result();
    if (refused.ok || refused.status !== 401) throw new Error(`answered ${refused.status}`);
    expect(refused.error.body.code).toBe("missing_two_factor");
    expect(refused.headers.get("x-peertube-otp")).toBe("required; app");

    const tokens = await peertube.session.getOAuthToken({ body, "x-peertube-otp": "123456" });
    expect(tokens).toEqual(TOKENS);
    accessToken = tokens.access_token;
    expect(await peertube.myUser.getUserInfo()).toEqual(ME);

    const { refresh_token } = tokens;
    const renewed = await peertube.session.getOAuthToken({
      body: { ...client, grant_type: "refresh_token", refresh_token },
    });
    accessToken = renewed.access_token;
    expect(await peertube.session.revokeOAuthToken()).toEqual(REVOKED);
    verify();
  });

  it("does the same with one class and a fixed token", async () => {
    const verify = play(server, [
      {
        expect: {
          line: "POST /api/v1/users/revoke-token",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer at" },
        },
        answer: REVOKED,
      },
    ]);
    const session = new SessionApi({ baseUrl: `${server.url}/`, auth: { OAuth2: "at" } });
    const result = await session.revokeOAuthToken().result();
    expect(result).toMatchObject({ ok: true, status: 200, data: REVOKED });
    verify();
  });

  it.each(["invalid_client", "invalid_grant", "account_is_blocked"])(
    "tells %s by the code of the problem document",
    async (code) => {
      server.answer(always(400, PROBLEM, JSON.stringify({ code, status: 400, detail: "secret?" })));
      const error = await failureOf(
        new PeerTube({ baseUrl: server.url }).session.getOAuthToken({
          body: { ...CLIENT, grant_type: "refresh_token", refresh_token: "R-SECRET" },
        }),
      );
      if (!isApiError(error, "getOAuthToken") || error.status !== 400) throw error;
      expect(error.body.code).toBe(code);
      expect(error.message).toBe("getOAuthToken: POST /api/v1/users/token answered 400");
    },
  );

  it("asks for no credential to log in, and says which one is missing to log out", async () => {
    const { session } = new PeerTube({ baseUrl: server.url });
    await session.getOAuthClient();
    expect(server.request.headers["authorization"]).toBeUndefined();
    await expect(session.revokeOAuthToken()).rejects.toThrow(
      "revokeOAuthToken: POST /api/v1/users/revoke-token needs credentials in `auth`: OAuth2",
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe("Mastodon", () => {
  const APP = { client_id: "cid", client_secret: "csecret", id: "1", name: "App" };
  const REDIRECT = "urn:ietf:wg:oauth:2.0:oob";

  it("registers, sends the user to the page, trades the code, tells who one is and revokes", async () => {
    const verifier = "v".repeat(64);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const TOKEN = { access_token: "at", token_type: "Bearer", scope: "read write", created_at: 1 };
    const ME = { id: "1", username: "alice" };
    const verify = play(server, [
      {
        expect: {
          line: "POST /api/v1/apps",
          headers: { ...JSON_ACCEPTED, "content-type": "application/json" },
          body: `{"client_name":"App","redirect_uris":["${REDIRECT}"],"scopes":"read write"}`,
        },
        answer: APP,
      },
      {
        expect: {
          line: "POST /oauth/token",
          headers: FORM,
          body: `client_id=cid&client_secret=csecret&grant_type=authorization_code&code=c%2F1&redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&code_verifier=${verifier}`,
        },
        answer: TOKEN,
      },
      {
        expect: {
          line: "GET /api/v1/accounts/verify_credentials",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer at" },
        },
        answer: ME,
      },
      {
        expect: {
          line: "POST /oauth/revoke",
          headers: FORM,
          body: "client_id=cid&client_secret=csecret&token=at",
        },
        answer: {},
      },
    ]);

    const session: { token?: string } = {};
    const mastodon = new Mastodon({ baseUrl: server.url, auth: { OAuth2: () => session.token } });
    const { client_id, client_secret } = await mastodon.apps.createApp({
      body: { client_name: "App", redirect_uris: [REDIRECT], scopes: "read write" },
    });

    const page = mastodon.oauth.getOauthAuthorize({
      response_type: "code",
      client_id,
      redirect_uri: REDIRECT,
      scope: "read write",
      state: "s&t",
      code_challenge: challenge,
      code_challenge_method: "S256",
      force_login: true,
    });
    expect(page).toBeInstanceOf(URL);
    expect(page.href).toBe(
      `${server.url}/oauth/authorize?response_type=code&client_id=cid&redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob&scope=read%20write&state=s%26t&code_challenge=${challenge}&code_challenge_method=S256&force_login=true`,
    );

    const app = { client_id, client_secret };
    const answer = await mastodon.oauth.postOauthToken({
      body: {
        ...app,
        grant_type: "authorization_code",
        code: "c/1",
        redirect_uri: REDIRECT,
        code_verifier: verifier,
      },
    });
    expect(answer).toEqual(TOKEN);
    session.token = answer.access_token;
    expect(await mastodon.accounts.getAccountsVerifyCredentials()).toEqual(ME);
    expect(
      await mastodon.oauth.postOauthRevoke({ body: { ...app, token: answer.access_token } }),
    ).toEqual({});
    verify();
  });

  it("makes the page's address without a network, and never with a credential", () => {
    const mastodon = new Mastodon({
      serverVariables: { hostname: "social.example" },
      auth: { OAuth2: "T-SECRET" },
      fetch: () => Promise.reject(new Error("no network")),
    });
    const page = mastodon.oauth.getOauthAuthorize({
      response_type: "code",
      client_id: "cid",
      redirect_uri: "https://app.example/back?to=1",
    });
    expect(page.href).toBe(
      "https://social.example/oauth/authorize?response_type=code&client_id=cid&redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fto%3D1",
    );
  });

  it("logs an application in by itself", async () => {
    const verify = play(server, [
      {
        expect: {
          line: "POST /oauth/token",
          headers: FORM,
          body: "client_id=cid&client_secret=csecret&grant_type=client_credentials&scope=read+write%3Astatuses",
        },
        answer: { access_token: "app" },
      },
    ]);
    const token = await new Mastodon({ baseUrl: server.url }).oauth.postOauthToken({
      body: {
        client_id: "cid",
        client_secret: "csecret",
        grant_type: "client_credentials",
        scope: "read write:statuses",
      },
    });
    expect(token.access_token).toBe("app");
    verify();
  });

  it("tells why no token was given", async () => {
    const body = { error: "invalid_grant", error_description: "expired" };
    server.answer(
      always(400, { "content-type": "application/json; charset=utf-8" }, JSON.stringify(body)),
    );
    const error = await failureOf(
      new Mastodon({ baseUrl: server.url }).oauth.postOauthToken({
        body: { client_id: "c", client_secret: "s", grant_type: "client_credentials" },
      }),
    );
    if (!isMastodonError(error, "postOauthToken") || error.status !== 400) throw error;
    expect(error.body).toEqual(body);
    expect(isApiError(error)).toBe(false);
  });
});

describe("SFTPGo", () => {
  const username = "alice";
  const password = "p:wörd";
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const TOKEN = { access_token: "jwt", expires_at: "2030-01-01T00:00:00Z" };

  it("gets a token as an administrator, uses it, and logs out", async () => {
    const verify = play(server, [
      {
        expect: { line: "GET /api/v2/token", headers: { ...JSON_ACCEPTED, authorization: basic } },
        answer: TOKEN,
      },
      {
        expect: {
          line: "GET /api/v2/version",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer jwt" },
        },
        answer: { version: "2.7.0" },
      },
      {
        expect: {
          line: "GET /api/v2/logout",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer jwt" },
        },
        answer: { message: "Your token has been invalidated" },
      },
    ]);
    const session: { token?: string } = {};
    const sftpgo = new SFTPGo({
      baseUrl: server.url,
      auth: { BasicAuth: { username, password }, BearerAuth: () => Promise.resolve(session.token) },
    });
    const data = await sftpgo.token.getToken();
    expect(data).toEqual(TOKEN);
    session.token = data.access_token;
    expect(await sftpgo.maintenance.getVersion()).toEqual({ version: "2.7.0" });
    expect(await sftpgo.token.logout()).toEqual({ message: "Your token has been invalidated" });
    verify();
  });

  it("gets a token as a user with a one-time code, and logs out", async () => {
    const verify = play(server, [
      {
        expect: {
          line: "GET /api/v2/user/token",
          headers: { ...JSON_ACCEPTED, authorization: basic, "x-sftpgo-otp": "000111" },
        },
        answer: TOKEN,
      },
      {
        expect: {
          line: "GET /api/v2/user/logout",
          headers: { ...JSON_ACCEPTED, authorization: "Bearer jwt" },
        },
        answer: { message: "bye" },
      },
    ]);
    const api = new TokenApi({ baseUrl: server.url });
    const auth = { BasicAuth: () => ({ username, password }) };
    const result = await api.getUserToken({ "X-SFTPGO-OTP": "000111" }, { auth }).result();
    if (!result.ok) throw result.error;
    await api.clientLogout({ auth: { BearerAuth: result.data.access_token } });
    verify();
  });

  it("tells a wrong password, in both forms", async () => {
    const body = { message: "Unauthorized", error: "invalid credentials" };
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "www-authenticate": "Basic",
    };
    server.answer(always(401, headers, JSON.stringify(body)));
    const { token } = new SFTPGo({
      baseUrl: server.url,
      auth: { BasicAuth: { username, password } },
    });
    const result = await token.getToken().result();
    if (result.ok || result.status !== 401) throw new Error(`answered ${result.status}`);
    expect(result.error.body).toEqual(body);
    const error = await failureOf(token.getToken());
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 401, body });
    expect(result.headers.get("www-authenticate")).toBe("Basic");
  });

  it.each([
    { what: "an origin", path: "", sent: "/api/v2/token" },
    { what: "an origin with a slash", path: "/", sent: "/api/v2/token" },
    { what: "the whole address", path: "/api/v2", sent: "/api/v2/token" },
    { what: "the address with a slash", path: "/api/v2/", sent: "/api/v2/token" },
    { what: "a path of one's own", path: "/files/api/v2", sent: "/files/api/v2/token" },
  ])("takes $what as the base URL", async ({ path, sent }) => {
    const auth = { BasicAuth: { username, password } };
    await new SFTPGo({ baseUrl: server.url + path, auth }).token.getToken();
    await new SFTPGo({ baseUrl: new URL(server.url + path), auth }).token.getToken();
    await new SFTPGo({ auth }).token.getToken({}, { baseUrl: server.url + path });
    expect(server.requests.map(({ url }) => url)).toEqual([sent, sent, sent]);
  });

  it("says what to do where no origin is known", async () => {
    const error = await failureOf(
      new SFTPGo({ auth: { BasicAuth: { username, password } } }).token.getToken(),
    );
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty(
      "message",
      "getToken: GET /token cannot be sent: the document's server is relative: pass `baseUrl`, such as https://host.example",
    );
  });

  it("says which credentials are missing, with every choice", async () => {
    const sftpgo = new SFTPGo({ baseUrl: server.url });
    const error = await failureOf(sftpgo.maintenance.getVersion());
    expect(error).toBeInstanceOf(MissingCredentialsError);
    expect(error).toHaveProperty(
      "message",
      "getVersion: GET /version needs credentials in `auth`: BearerAuth, or APIKeyAuth",
    );
    expect(server.requests).toHaveLength(0);
  });
});
