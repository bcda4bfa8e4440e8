import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as Deadline from "../../templates/runtime/deadline.js";
import { deviceLogin, type DeviceCode } from "../../templates/runtime/device-login.js";
import { ClientError, ConfigurationError } from "../../templates/runtime/errors.js";
import { OAuth2Error } from "../../templates/runtime/oauth2-error.js";
import { OAuth2Session, type OAuth2SessionOptions } from "../../templates/runtime/oauth2.js";
import { failureOf } from "./support/api.js";
import { send, useServer, type RecordedRequest } from "./support/server.js";
import { SECRET, traces } from "./support/traces.js";

/* A fake of RFC 8628 in two URLs: what it is asked and when is what matters. */

const server = useServer();

const TOKENS = { access_token: "at", token_type: "Bearer", expires_in: 3_600, refresh_token: "rt" };
const CODE = {
  device_code: SECRET,
  user_code: "WDJB-MJHT",
  verification_uri: "https://login.example/device",
  verification_uri_complete: "https://login.example/device?user_code=WDJB-MJHT",
  expires_in: 1_800,
  interval: 1,
};

let code: object;
/** What each question is answered with: an error, tokens, or nothing at all. */
let answers: (string | object | undefined)[];
let questions: RecordedRequest[];

/** Gathers waits in the place of waiting, while there is something to gather them in. */
const clock = vi.hoisted((): { waits: number[] | undefined } => ({ waits: undefined }));

vi.mock("../../templates/runtime/deadline.js", async (original) => {
  const real = await original<typeof Deadline>();
  const wait: typeof real.wait = (delay, signal) => {
    clock.waits?.push(delay / 1_000);
    return real.wait(clock.waits === undefined ? delay : 0, signal);
  };
  return { ...real, wait };
});

beforeEach(() => {
  clock.waits = undefined;
  code = CODE;
  answers = [];
  questions = [];
  server.answer((request, response) => {
    const json = { "content-type": "application/json" };
    if (request.url === "/device") {
      send(response, 200, json, JSON.stringify(code));
      return;
    }
    questions.push(request);
    const answer = answers.shift() ?? TOKENS;
    if (answer === "lost") response.destroy();
    else if (typeof answer === "string")
      send(response, 400, json, JSON.stringify({ error: answer }));
    else send(response, 200, json, JSON.stringify(answer));
  });
});

function sessionOf(options: Partial<OAuth2SessionOptions> = {}): OAuth2Session {
  const flow = { deviceAuthorizationUrl: "/device", tokenUrl: "/token", scopes: {} };
  const client = { client_id: "tv" };
  return new OAuth2Session(
    { deviceAuthorization: flow },
    { baseUrl: server.url, client, ...options },
  );
}

function formOf(request: RecordedRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(String(request?.body)));
}

/** Logs in, with the waits cut short; gives how long they were, in seconds. */
async function waits(session: OAuth2Session): Promise<number[]> {
  clock.waits = [];
  await deviceLogin(session, { onCode: () => undefined });
  return clock.waits;
}

describe("logging in on another device", () => {
  it("shows the code, asks until the user has decided, and keeps the tokens", async () => {
    answers = ["authorization_pending", "authorization_pending"];
    const session = sessionOf({ scope: "read" });
    const codes: DeviceCode[] = [];
    await deviceLogin(session, { onCode: (shown) => codes.push(shown) });
    expect(codes).toEqual([
      {
        user_code: "WDJB-MJHT",
        verification_uri: "https://login.example/device",
        verification_uri_complete: "https://login.example/device?user_code=WDJB-MJHT",
        expires_at: expect.any(Number) as number,
      },
    ]);
    expect(JSON.stringify(codes)).not.toContain(SECRET);
    expect(await session.accessToken()).toBe("at");
    expect(formOf(server.requests[0])).toEqual({ client_id: "tv", scope: "read" });
    expect(questions.map(formOf)).toEqual(
      new Array(3).fill({
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        device_code: SECRET,
        client_id: "tv",
      }),
    );
  });

  it.each([
    { what: "as the server says", more: { interval: 2 }, said: [], expected: [2] },
    { what: "five seconds by default", more: { interval: undefined }, said: [], expected: [5] },
    { what: "never without a break", more: { interval: 0 }, said: [], expected: [1] },
    {
      what: "five seconds more after each slow_down, for good",
      more: {},
      said: ["slow_down", "authorization_pending", "slow_down"],
      expected: [1, 6, 6, 11],
    },
    { what: "twice as long after a break", more: {}, said: ["lost", "lost"], expected: [1, 2, 4] },
  ])("waits: $what", async ({ more, said, expected }) => {
    code = { ...CODE, ...more };
    answers = [...said];
    expect(await waits(sessionOf())).toEqual(expected);
  });

  it("proves who the client is", async () => {
    const client = { client_id: "tv", client_secret: "s" };
    await waits(sessionOf({ client }));
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(
      new Array(2).fill(`Basic ${btoa("tv:s")}`),
    );
  });

  it("renews at the same place", async () => {
    answers = [{ ...TOKENS, expires_in: 0 }];
    const session = sessionOf();
    await waits(session);
    expect(await session.accessToken()).toBe("at");
    expect(formOf(questions[1])).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "rt",
    });
  });

  it.each(["access_denied", "expired_token", "invalid_grant"])("ends with %s", async (error) => {
    answers = ["authorization_pending", error];
    const failure = await failureOf(waits(sessionOf()));
    expect(failure).toBeInstanceOf(OAuth2Error);
    expect(failure).toMatchObject({ error, status: 400 });
    expect(traces(failure)).not.toContain(SECRET);
  });

  it("ends by itself when the code is of no use any more", async () => {
    code = { ...CODE, expires_in: 1 };
    answers = new Array<string>(9).fill("authorization_pending");
    const failure = await failureOf(deviceLogin(sessionOf(), { onCode: () => undefined }));
    expect(failure).toMatchObject({ error: "expired_token", status: undefined });
    expect(questions.length).toBeLessThan(3);
  });

  it("ends with the reason of the signal, while it waits", async () => {
    answers = new Array<string>(9).fill("authorization_pending");
    const controller = new AbortController();
    const login = deviceLogin(sessionOf(), {
      signal: controller.signal,
      onCode: () => {
        controller.abort("enough");
      },
    });
    expect(await failureOf(login)).toBe("enough");
    expect(questions).toEqual([]);
  });

  it.each([
    { what: "no code", more: { device_code: undefined } },
    { what: "nothing to enter", more: { user_code: 5 } },
    { what: "no page", more: { verification_uri: undefined } },
    { what: "a page that runs", more: { verification_uri: "javascript:alert(1)" } },
  ])("refuses an answer with $what", async ({ more }) => {
    code = { ...CODE, ...more };
    const shown: unknown[] = [];
    const failure = await failureOf(deviceLogin(sessionOf(), { onCode: (one) => shown.push(one) }));
    expect(failure).toBeInstanceOf(ClientError);
    expect(traces(failure)).not.toContain(SECRET);
    expect(shown).toEqual([]);
  });

  it("leaves out a second page that runs", async () => {
    code = { ...CODE, verification_uri_complete: "javascript:alert(1)" };
    const codes: DeviceCode[] = [];
    await deviceLogin(sessionOf(), { onCode: (shown) => codes.push(shown) });
    expect(codes[0]?.verification_uri_complete).toBeUndefined();
  });

  it("is refused without the flow, and on another origin", async () => {
    const none = new OAuth2Session({}, { baseUrl: server.url, client: { client_id: "tv" } });
    const options = { onCode: () => undefined };
    expect(await failureOf(deviceLogin(none, options))).toBeInstanceOf(ConfigurationError);
    const elsewhere = sessionOf({
      baseUrl: "https://api.example",
      authorizationServer: server.url,
    });
    expect(await failureOf(deviceLogin(elsewhere, options))).toBeInstanceOf(ConfigurationError);
    expect(server.requests).toEqual([]);
  });
});
