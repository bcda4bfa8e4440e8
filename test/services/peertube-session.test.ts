import { describe, expect, it } from "vitest";
import { PeerTube, SessionApi } from "../../generated/peertube/index.js";
import { LoginRefusedError, SessionExpiredError } from "../../generated/runtime/session-errors.js";
import {
  PeerTubeSession,
  type PeerTubeLogin,
  type PeerTubeSessionOptions,
} from "../../generated/peertube/peertube-session.js";
import { failureOf } from "../runtime/support/api.js";
import { CLIENTS, useOAuthServer, USER } from "../runtime/support/oauth-server.js";

const TOKEN = "POST /api/v1/users/token";
const problem = (code: string, status: number): object => ({ code, status, title: "t" });

const server = useOAuthServer({
  token: TOKEN,
  resource: "GET /api/v1/users/me",
  refusal: problem,
});

/** What PeerTube adds to the library that it uses as well. */
function bePeerTube({ client = CLIENTS.confidential, otp = "" } = {}): void {
  server.intercept = ({ line, form, headers }, response) => {
    const answer = (status: number, body: object, more = {}): true => {
      response.writeHead(status, { "content-type": "application/json", ...more });
      response.end(JSON.stringify(body));
      return true;
    };
    const sent = headers["x-peertube-otp"];
    if (line === "GET /api/v1/oauth-clients/local") return answer(200, client);
    if (line === "POST /api/v1/users/revoke-token") {
      const isEnded = server.endGrantOf(headers.authorization);
      return isEnded ? answer(200, { success: true }) : answer(401, problem("invalid_token", 401));
    }
    if (line !== TOKEN || form["grant_type"] !== "password" || otp === sent || otp === "") {
      return false;
    }
    return sent === undefined
      ? answer(401, problem("missing_two_factor", 401), { "x-peertube-otp": "required; app" })
      : answer(400, problem("invalid_two_factor", 400));
  };
}

function open(options: Partial<PeerTubeSessionOptions> = {}): {
  session: PeerTubeSession;
  peertube: PeerTube;
} {
  const baseUrl = server.url;
  const session = new PeerTubeSession({ api: new SessionApi({ baseUrl }), ...options });
  const peertube = new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken }, retry: 0 });
  return { session, peertube };
}

function count(line: string): number {
  return server.requests.filter((request) => request.line === line).length;
}

describe("a session on PeerTube", () => {
  it("logs in, is renewed with new refresh tokens, and logs out", async () => {
    bePeerTube();
    const { session, peertube } = open();
    expect(await failureOf(peertube.myUser.getUserInfo())).toMatchObject({
      name: "MissingCredentialsError",
    });
    await session.login(USER);
    expect(await peertube.myUser.getUserInfo()).toEqual({ username: USER.username });
    for (let round = 1; round <= 2; round += 1) {
      server.expireAccessTokens();
      expect(await peertube.myUser.getUserInfo()).toEqual({ username: USER.username });
    }
    const used = server.asked("refresh_token").map(({ refresh_token }) => refresh_token);
    expect(new Set(used).size).toBe(2);
    expect(count("GET /api/v1/oauth-clients/local")).toBe(1);

    const tokens = await session.tokens();
    await session.logout();
    expect(server.knows(tokens?.refresh_token)).toBe(false);
    expect(await session.tokens()).toBeUndefined();
    await session.logout();
    expect(count("POST /api/v1/users/revoke-token")).toBe(1);
  });

  it("is renewed once for 50 calls at once", async () => {
    bePeerTube();
    const { session, peertube } = open();
    await session.login(USER);
    server.expireAccessTokens();
    await Promise.all(Array.from({ length: 50 }, () => peertube.myUser.getUserInfo().then()));
    expect(server.asked("refresh_token")).toHaveLength(1);
  });

  it("asks for a one-time code", async () => {
    bePeerTube({ otp: "123456" });
    const { session } = open();
    const failure = await failureOf(session.login(USER));
    expect(failure).toBeInstanceOf(LoginRefusedError);
    expect(failure).toMatchObject({
      code: "missing_two_factor",
      wantsOneTimeCode: true,
      cause: { name: "ApiError", status: 401 },
      message:
        "getOAuthToken: POST /api/v1/users/token refused the login: a one-time code is needed, pass it as `otp`",
    });
    expect(await failureOf(session.login({ ...USER, otp: "0" }))).toMatchObject({
      code: "invalid_two_factor",
      wantsOneTimeCode: true,
    });
    await session.login({ ...USER, otp: "123456" });
    expect(await session.accessToken()).toBeDefined();
    // No code is asked for to renew.
    expect(await session.accessToken({ rejected: await session.accessToken() })).toBeDefined();
  });

  it("tells a wrong password", async () => {
    bePeerTube();
    const login: PeerTubeLogin = { ...USER, password: "wrong" };
    expect(await failureOf(open().session.login(login))).toMatchObject({
      name: "LoginRefusedError",
      code: "invalid_grant",
      wantsOneTimeCode: false,
    });
  });

  it("that has ended says so, once", async () => {
    bePeerTube();
    const ended: unknown[] = [];
    const { session, peertube } = open({ onExpired: (error) => ended.push(error) });
    await session.login(USER);
    server.forgetTokens();
    const failure = await failureOf(peertube.myUser.getUserInfo());
    expect(failure).toBeInstanceOf(SessionExpiredError);
    expect(ended).toEqual([failure]);
    expect(await session.tokens()).toBeUndefined();
  });

  it("outlives a server that is down", async () => {
    bePeerTube();
    const { session, peertube } = open();
    await session.login(USER);
    server.expireAccessTokens();
    const { intercept } = server;
    server.intercept = (request, response) => {
      if (request.line !== TOKEN) return intercept(request, response);
      response.writeHead(502).end();
      return true;
    };
    expect(await failureOf(peertube.myUser.getUserInfo())).toMatchObject({ status: 502 });
    bePeerTube();
    expect(await peertube.myUser.getUserInfo()).toEqual({ username: USER.username });
  });

  it("asks for the client again when the server has another one", async () => {
    bePeerTube();
    const { session } = open();
    await session.login(USER);
    const { intercept } = server;
    let refusals = 0;
    server.intercept = (request, response) => {
      if (request.line !== TOKEN || refusals > 0) return intercept(request, response);
      refusals += 1;
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify(problem("invalid_client", 400)));
      return true;
    };
    expect(await session.accessToken({ rejected: await session.accessToken() })).toBeDefined();
    expect(count("GET /api/v1/oauth-clients/local")).toBe(2);
  });

  it("does not remember a client that is wrong from the start", async () => {
    bePeerTube({ client: { ...CLIENTS.confidential, client_secret: "wrong" as "web-secret" } });
    const { session } = open();
    expect(await failureOf(session.login(USER))).toMatchObject({ name: "ApiError" });
    expect(server.asked()).toHaveLength(1);
    bePeerTube();
    await session.login(USER);
  });

  it("does not remember that there was no client", async () => {
    const { session } = open();
    server.intercept = (_request, response) => {
      response.writeHead(403, { "content-type": "application/json" });
      response.end(JSON.stringify(problem("wrong_host", 403)));
      return true;
    };
    expect(await failureOf(session.login(USER))).toMatchObject({ name: "ApiError", status: 403 });
    bePeerTube();
    await session.login(USER);
  });

  it.each(["null", "{}", '{"client_id":1,"client_secret":2}'])(
    "does not take for a client what is none: %s",
    async (body) => {
      const { session } = open();
      server.intercept = (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" }).end(body);
        return true;
      };
      expect(await failureOf(session.login(USER))).toMatchObject({
        message: "getOAuthClient: GET /api/v1/oauth-clients/local answered without a client",
      });
      expect(server.requests).toHaveLength(1);
      bePeerTube();
      await session.login(USER);
    },
  );

  it("is renewed to be ended, where its access token is too old for that", async () => {
    bePeerTube();
    const { session } = open();
    await session.login(USER);
    server.expireAccessTokens();
    await session.logout();
    expect(server.asked("refresh_token")).toHaveLength(1);
    expect(count("POST /api/v1/users/revoke-token")).toBe(2);
    expect(await session.tokens()).toBeUndefined();
  });

  it("that the server has ended can be logged out of all the same", async () => {
    bePeerTube();
    const { session } = open();
    await session.login(USER);
    server.forgetTokens();
    await session.logout();
    expect(await session.tokens()).toBeUndefined();
  });
});
