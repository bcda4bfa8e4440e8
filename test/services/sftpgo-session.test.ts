import { beforeEach, describe, expect, it, vi } from "vitest";
import { SFTPGo, TokenApi } from "../../generated/sftpgo/index.js";
import { LoginRefusedError } from "../../generated/runtime/session-errors.js";
import {
  SFTPGoSession,
  type SFTPGoLogin,
  type SFTPGoSessionOptions,
} from "../../generated/sftpgo/sftpgo-session.js";
import { failureOf } from "../runtime/support/api.js";
import { send, useServer } from "../runtime/support/server.js";

const server = useServer();
const LOGIN = { username: "alice", password: "p:ä" } as const;

/** What the server below does; reset for each test. */
const state = { otp: "", life: 1_200_000, clock: 0, tokens: [] as string[] };

beforeEach(() => {
  Object.assign(state, { otp: "", life: 1_200_000, clock: 0, tokens: [] });
  const basic = `Basic ${Buffer.from("alice:p:ä").toString("base64")}`;
  server.answer(({ url, headers }, response) => {
    const now = Date.now() + state.clock;
    const answer = (status: number, body: object): void => {
      const date = new Date(now).toUTCString();
      const sent = { "content-type": "application/json", date };
      send(response, status, sent, JSON.stringify(body));
    };
    const bearer = headers["authorization"]?.toString().replace(/^Bearer /, "") ?? "";
    if (url === "/api/v2/token" || url === "/api/v2/user/token") {
      const isRight = headers["authorization"] === basic;
      if (!isRight || (headers["x-sftpgo-otp"] ?? "") !== state.otp) {
        answer(401, { message: "Invalid credentials" });
        return;
      }
      const access_token = `${url}#${state.tokens.length}`;
      state.tokens.push(access_token);
      answer(200, { access_token, expires_at: new Date(now + state.life).toISOString() });
    } else if (!state.tokens.includes(bearer)) answer(401, { message: "no token" });
    else if (url.endsWith("/logout")) {
      state.tokens.splice(state.tokens.indexOf(bearer), 1, "");
      answer(200, { message: "logged out" });
    } else answer(200, { used_by: bearer });
  });
});

function open(options: Partial<SFTPGoSessionOptions> = {}): {
  session: SFTPGoSession;
  sftpgo: SFTPGo;
} {
  const baseUrl = server.url;
  const api = new TokenApi({ baseUrl });
  const session = new SFTPGoSession({ api, account: "user", credentials: LOGIN, ...options });
  const sftpgo = new SFTPGo({ baseUrl, auth: { BearerAuth: session.accessToken }, retry: 0 });
  return { session, sftpgo };
}

function logins(): number {
  return server.requests.filter(({ url }) => url.endsWith("/token")).length;
}

describe("a session on SFTPGo", () => {
  it.each([
    { account: "admin", token: "/api/v2/token", logout: "/api/v2/logout" },
    { account: "user", token: "/api/v2/user/token", logout: "/api/v2/user/logout" },
  ] as const)("of an $account begins with the first call", async ({ account, token, logout }) => {
    const { session, sftpgo } = open({ account });
    expect(server.requests).toEqual([]);
    expect(await sftpgo.users.getUsers()).toEqual({ used_by: `${token}#0` });
    expect(await sftpgo.users.getUsers()).toEqual({ used_by: `${token}#0` });
    expect(logins()).toBe(1);
    await session.logout();
    expect(server.requests.at(-1)?.url).toBe(logout);
    expect(state.tokens).toEqual([""]);
    // It has credentials.
    expect(await sftpgo.users.getUsers()).toEqual({ used_by: `${token}#1` });
  });

  it("logs in once for 50 calls at once, at the start and after a 401", async () => {
    const { sftpgo } = open();
    const all = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 50 }, () => sftpgo.users.getUsers().then()));
    await all();
    expect(logins()).toBe(1);
    state.tokens[0] = "";
    await all();
    expect(logins()).toBe(2);
  });

  it.each([
    { clock: 0, what: "the same time" },
    { clock: 5_400_000, what: "a clock that is ahead" },
    { clock: -5_400_000, what: "a clock that is behind" },
  ])("renews its token before it ends, on a server with $what", async ({ clock }) => {
    state.clock = clock;
    const { session } = open();
    const first = await session.accessToken();
    const start = Date.now();
    const now = vi.spyOn(Date, "now");
    try {
      now.mockReturnValue(start + 1_130_000);
      expect(await session.accessToken()).toBe(first);
      now.mockReturnValue(start + 1_150_000);
      expect(await session.accessToken()).not.toBe(first);
    } finally {
      now.mockRestore();
    }
  });

  it("asks a function for a one-time code, each time", async () => {
    state.otp = "1";
    const credentials = vi.fn<() => Promise<SFTPGoLogin>>(() =>
      Promise.resolve({ ...LOGIN, otp: state.otp }),
    );
    const { session } = open({ credentials });
    const first = await session.accessToken();
    state.otp = "2";
    expect(await session.accessToken({ rejected: first })).not.toBe(first);
    expect(credentials).toHaveBeenCalledTimes(2);
  });

  it("says that a one-time code may be missing", async () => {
    state.otp = "1";
    const { session } = open({ credentials: undefined });
    const failure = await failureOf(session.login(LOGIN));
    expect(failure).toBeInstanceOf(LoginRefusedError);
    expect(failure).toMatchObject({
      wantsOneTimeCode: true,
      cause: { name: "ApiError", status: 401 },
      message:
        "getUserToken: GET /user/token refused the login: the user name or the password is wrong, or a one-time code is needed: give it as `otp`",
    });
    expect(await failureOf(session.login({ ...LOGIN, otp: "0" }))).toMatchObject({
      wantsOneTimeCode: false,
    });
    await session.login({ ...LOGIN, otp: "1" });
    expect(await session.accessToken()).toBeDefined();
  });

  it("without credentials lasts as long as its token", async () => {
    const { session, sftpgo } = open({ credentials: undefined });
    expect(await session.accessToken()).toBeUndefined();
    await session.login(LOGIN);
    expect(await sftpgo.users.getUsers()).toBeDefined();
    const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 1_201_001);
    try {
      expect(await failureOf(sftpgo.users.getUsers())).toMatchObject({
        name: "SessionExpiredError",
      });
    } finally {
      now.mockRestore();
    }
    expect(logins()).toBe(1);
  });

  it.each(["null", "{}", '{"access_token":7}', '{"access_token":"a\\nb"}'])(
    "says that an answer has no token: %s",
    async (body) => {
      const { session } = open();
      server.answer((_request, response) => {
        send(response, 200, { "content-type": "application/json" }, body);
      });
      expect(await failureOf(session.accessToken())).toMatchObject({ name: "ClientError" });
      expect(await session.tokens()).toBeUndefined();
    },
  );

  it("does not try wrong credentials again and again", async () => {
    const { session } = open({ credentials: { ...LOGIN, password: "wrong" } });
    const failures = [await failureOf(session.accessToken())];
    failures.push(await failureOf(session.accessToken()));
    expect(failures[0]).toBeInstanceOf(LoginRefusedError);
    expect(failures[1]).toBe(failures[0]);
    expect(logins()).toBe(1);
    // A clock that is set does not count.
    const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 300_001);
    try {
      await failureOf(session.accessToken());
    } finally {
      now.mockRestore();
    }
    expect(logins()).toBe(2);
  });

  it("that has ended can be logged out of all the same", async () => {
    const { session } = open();
    await session.accessToken();
    state.tokens[0] = "";
    await session.logout();
    expect(await session.tokens()).toBeUndefined();
  });
});
