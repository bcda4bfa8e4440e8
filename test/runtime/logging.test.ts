import { afterEach, describe, expect, it, vi } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import { cookies, inCookie } from "../../templates/runtime/cookies.js";
import { binary } from "../../templates/runtime/binary.js";
import { form } from "../../templates/runtime/form.js";
import { json } from "../../templates/runtime/json.js";
import { logging, logLine, type LogRecord } from "../../templates/runtime/logging.js";
import { multipart } from "../../templates/runtime/multipart.js";
import type { ClientOptions, Fetch } from "../../templates/runtime/options.js";
import { requestId } from "../../templates/runtime/request-id.js";
import { failureOf, TestApi } from "./support/api.js";

const SECRET = "s3cr3t-sentinel";

/** An API whose records are kept; `fetch` takes the place of the service. */
function logged(
  fetch: Fetch,
  options: Partial<ClientOptions> = {},
): { api: TestApi; records: LogRecord[] } {
  const records: LogRecord[] = [];
  const middleware = [logging({ log: (record) => records.push(record), headers: true })];
  const api = new TestApi({ baseUrl: "https://a.example", fetch, middleware, ...options });
  return { api, records };
}

const JSON_TYPE = { "content-type": "application/json" };

const answer =
  (status: number, body: string | null = "{}", headers: Record<string, string> = {}): Fetch =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { ...JSON_TYPE, ...headers } }));

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a record", () => {
  it("says what became of an attempt", async () => {
    const headers = {
      "content-type": "application/json",
      "content-length": "2",
      "x-request-id": "r",
    };
    const { api, records } = logged(answer(200, "{}", headers));
    await api.call({ method: "POST", path: "/x/{id}", pathParams: { id: 1 }, body: json("é") });
    expect(records).toEqual([
      {
        service: "Test",
        operationId: "op",
        method: "POST",
        path: "/x/{id}",
        attempt: 1,
        duration: expect.any(Number) as number,
        status: 200,
        error: undefined,
        requestId: "r",
        sent: 4,
        received: 2,
        headers: {
          request: { accept: "application/json", "content-type": "application/json" },
          response: headers,
        },
      },
    ]);
    expect(records[0]?.duration).toBeGreaterThanOrEqual(0);
  });

  it("is there for each attempt", async () => {
    const statuses = [503, 200];
    const { api, records } = logged(() => answer(statuses.shift() ?? 500)("", {}), {
      retry: { limit: 1, baseDelay: 1 },
    });
    await api.call();
    expect(records.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 503],
      [2, 200],
    ]);
  });

  it("names an error, and its code", async () => {
    const error = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
    const { api, records } = logged(() => Promise.reject(error));
    await failureOf(api.call());
    expect(records[0]).toMatchObject({
      status: undefined,
      error: { name: "ConnectionError", code: "ECONNREFUSED" },
    });
  });

  it("has no headers unless they are asked for", async () => {
    const records: LogRecord[] = [];
    const { api } = logged(answer(200), {
      middleware: [logging({ log: (record) => records.push(record) })],
    });
    await api.call();
    expect(records[0]?.headers).toBeUndefined();
  });

  it.each([
    ["nothing", undefined, 0],
    ["a form", form({ a: "b c" }), 5],
    ["a file", binary(new Blob(["abc"])), 3],
    ["bytes", binary(new Uint8Array(4)), 4],
    ["a form with files", multipart({ a: "b" }), undefined],
    ["a stream", binary(new Blob(["abc"]).stream()), undefined],
  ])("knows the size of %s", async (_name, body, size) => {
    const { api, records } = logged(answer(204, null));
    await api.call({ method: "POST", body });
    expect(records[0]?.sent).toBe(size);
  });

  it("has the id that was sent where the service gives none", async () => {
    const records: LogRecord[] = [];
    const { api } = logged(answer(204, null), {
      middleware: [
        requestId({ generate: () => "mine" }),
        logging({ log: (one) => records.push(one) }),
      ],
    });
    await api.call();
    expect(records[0]?.requestId).toBe("mine");
  });
});

describe("a secret is nowhere in a record", () => {
  /** The secret in every place that a call has. */
  const CALL: Partial<Call> = {
    method: "POST",
    path: "/x/{id}",
    pathParams: { id: SECRET },
    query: { token: SECRET },
    headers: { "x-otp": SECRET },
    cookies: cookies({ sid: SECRET }),
    body: form({ password: SECRET }),
    security: [{ bearer: [], key: [], query: [], cookie: [] }],
  };
  const HEADERS = { "x-echo": SECRET, "set-cookie": SECRET, location: SECRET, link: `<${SECRET}>` };
  const URL = `https://a.example/?token=${SECRET}`;

  it.each<{ name: string; fetch: Fetch; call?: Partial<Call> }>([
    { name: "of a success", fetch: answer(200, `"${SECRET}"`, HEADERS) },
    { name: "of an error", fetch: answer(401, SECRET, HEADERS) },
    { name: "of basic credentials", fetch: answer(200), call: { security: [{ basic: [] }] } },
    {
      name: "of a lost connection",
      fetch: () =>
        Promise.reject(Object.assign(new TypeError(URL), { code: "ENOTFOUND", path: URL })),
    },
    {
      name: "of what somebody else throws",
      fetch: () => Promise.reject(Object.assign(new Error(SECRET), { name: URL, code: SECRET })),
    },
    { name: "of a redirect", fetch: answer(302, null, { location: URL.replace("a.", "b.") }) },
  ])("$name", async ({ fetch, call }) => {
    const records: LogRecord[] = [];
    const service = {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        basic: { type: "http", scheme: "basic" },
        key: { type: "apiKey", in: "header", name: "x-key" },
        query: { type: "apiKey", in: "query", name: "key" },
        cookie: { type: "apiKey", in: inCookie, name: "auth" },
      },
    } as const;
    const basic = { username: SECRET, password: SECRET };
    const api = new TestApi(
      {
        baseUrl: "https://a.example",
        auth: { bearer: SECRET, key: SECRET, query: SECRET, cookie: SECRET, basic },
        headers: { "x-own": SECRET },
        middleware: [logging({ log: (record) => records.push(record), headers: true })],
        fetch,
      },
      service,
    );
    await api
      .call({ ...CALL, ...call })
      .result()
      .catch(() => undefined);
    expect(records).toHaveLength(1);
    const text = [JSON.stringify(records), ...records.map(logLine)].join("\n");
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(btoa(`${SECRET}:${SECRET}`));
    expect(text).toContain("(hidden)");
  });

  it("also where a middleware throws it", async () => {
    const records: LogRecord[] = [];
    const error = Object.assign(new Error(SECRET), { name: SECRET, code: SECRET });
    const { api } = logged(answer(200), {
      middleware: [logging({ log: (record) => records.push(record) }), () => Promise.reject(error)],
    });
    expect(await failureOf(api.call())).toBe(error);
    expect(records[0]?.error).toEqual({ name: "Error", code: undefined });
  });
});

describe("a line", () => {
  const RECORD: LogRecord = {
    service: "Test",
    operationId: "getVideo",
    method: "GET",
    path: "/videos/{id}",
    attempt: 1,
    duration: 30.7,
    status: 200,
    error: undefined,
    requestId: undefined,
    sent: 0,
    received: undefined,
  };

  it.each<[Partial<LogRecord>, string]>([
    [{}, "getVideo: GET /videos/{id} answered 200 in 31 ms"],
    [
      { attempt: 2, requestId: "4f2a", received: 512 },
      "getVideo: GET /videos/{id} answered 200 in 31 ms (attempt 2, id 4f2a, 512 B)",
    ],
    [
      { status: undefined, error: { name: "ConnectionError", code: "ECONNRESET" } },
      "getVideo: GET /videos/{id} failed: ConnectionError ECONNRESET in 31 ms",
    ],
    [
      { requestId: "\u009b31m\u0007é".padEnd(200, "x") },
      `getVideo: GET /videos/{id} answered 200 in 31 ms (id ?31m??${"x".repeat(94)})`,
    ],
    [
      { status: undefined, error: { name: "TimeoutError", code: undefined } },
      "getVideo: GET /videos/{id} failed: TimeoutError in 31 ms",
    ],
  ])("of %j", (own, line) => {
    expect(logLine({ ...RECORD, ...own })).toBe(line);
  });

  it("goes to the console unless there is another place", async () => {
    const info = vi.spyOn(console, "info").mockReturnValue();
    const { api } = logged(answer(204, null), { middleware: [logging()] });
    await api.call();
    expect(info.mock.calls).toEqual([
      [expect.stringMatching(/^op: GET \/x answered 204 in \d+ ms$/) as string],
    ]);
  });
});

it("a call succeeds although nobody can write it down", async () => {
  const { api } = logged(answer(200), {
    middleware: [
      logging({
        log: () => {
          throw new Error("disk full");
        },
      }),
    ],
  });
  expect(await api.call()).toEqual({});
});
