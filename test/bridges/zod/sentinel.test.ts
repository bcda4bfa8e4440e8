import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod/mini";
import {
  driftSentinel,
  type DriftSentinelOptions,
} from "../../../templates/runtime/drift-sentinel.js";
import {
  driftLine,
  type DriftFinding,
} from "../../../templates/runtime/drift-sentinel-findings.js";
import type { Fetch } from "../../../templates/runtime/options.js";
import type {
  ResponseTables,
  StandardSchema,
  StatusTable,
} from "../../../templates/runtime/response-tables.js";
import { isZodName } from "../../../templates/runtime/zod-names.js";
import { TestApi } from "../../runtime/support/api.js";

/* The sentinel tells what is wrong, and nothing else happens: no value is told, no answer changed, no call fails. */

const SECRET = "s3cr3t-value";

interface Node {
  readonly name: string;
  readonly next?: Node;
}
const Node: z.ZodMiniType<Node> = z.lazy(() =>
  z.looseObject({ name: z.string(), next: z.exactOptional(Node) }),
);
const Video = z.looseObject({
  name: z.string(),
  tags: z.exactOptional(z.record(z.string(), z.looseObject({ count: z.number() }))),
  "a/b~c": z.exactOptional(z.string()),
  size: z.exactOptional(z.tuple([z.number(), z.number()])),
  state: z.exactOptional(z.literal("ready")),
  node: z.exactOptional(Node),
  owner: z.exactOptional(
    z.nullable(z.union([z.strictObject({ id: z.number() }), z.strictObject({ uuid: z.string() })])),
  ),
});
const VIDEOS = z.looseObject({ data: z.array(Video), total: z.exactOptional(z.number()) });

const tablesOf = (statuses: StatusTable): ResponseTables => [
  { isName: isZodName, operations: { op: statuses } },
];
const TABLES = tablesOf({
  200: { "application/json": VIDEOS, "video/*": null },
  "4XX": { "application/json": z.looseObject({ error: z.string() }) },
  503: {},
});

/** What happened that nobody caught. */
const uncaught: unknown[] = [];
const note = (reason: unknown): void => void uncaught.push(reason);

beforeEach(() => {
  uncaught.length = 0;
  process.on("unhandledRejection", note);
});
afterEach(async () => {
  await settled();
  process.off("unhandledRejection", note);
  vi.restoreAllMocks();
  expect(uncaught).toEqual([]);
});

/** Until everything is done that the sentinel does later. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve, 2));
}

interface Watched {
  readonly api: TestApi;
  readonly found: DriftFinding[];
}

function watched(fetch: Fetch, options: Partial<DriftSentinelOptions> = {}): Watched {
  const found: DriftFinding[] = [];
  const report = (finding: DriftFinding): number => found.push(finding);
  const middleware = [driftSentinel({ schemas: TABLES, report, ...options })];
  return { api: new TestApi({ baseUrl: "https://a.example", fetch, middleware, retry: 0 }), found };
}

const answer =
  (body: BodyInit | null, status = 200, type = "application/json; charset=utf-8"): Fetch =>
  () =>
    Promise.resolve(new Response(body, { status, headers: { "content-type": type } }));

/** What is told of an answer, and what the caller got. */
async function told(
  fetch: Fetch,
  options: Partial<DriftSentinelOptions> = {},
): Promise<Watched & { result: unknown }> {
  const all = watched(fetch, options);
  const result: unknown = await Promise.resolve(all.api.call()).catch((error: unknown) => error);
  await settled();
  return { ...all, result };
}

const ABOUT = {
  service: "Test",
  operationId: "op",
  method: "GET",
  path: "/x",
  status: 200,
  count: 1,
};

describe("what is told", () => {
  it.each([
    ["another type", { data: [{ name: 1 }] }, "/data/*/name", "string", "number"],
    ["what is missing", {}, "/data", "array", "nothing"],
    ["null", { data: null }, "/data", "array", "null"],
    [
      "a value in a map",
      { data: [{ name: "", tags: { [SECRET]: { count: "" } } }] },
      "/data/*/tags/*/count",
      "number",
      "string",
    ],
    [
      "a map's own value",
      { data: [{ name: "", tags: { name: 1 } }] },
      "/data/*/tags/*",
      "object",
      "number",
    ],
    [
      "a name that has to be escaped",
      { data: [{ name: "", "a/b~c": 1 }] },
      "/data/*/a~1b~0c",
      "string",
      "number",
    ],
    [
      "a place in a tuple",
      { data: [{ name: "", size: [1, SECRET] }] },
      "/data/*/size/*",
      "number",
      "string",
    ],
    [
      "one of listed values",
      { data: [{ name: "", state: SECRET }] },
      "/data/*/state",
      undefined,
      "string",
    ],
    [
      "what no alternative allows",
      { data: [{ name: "", owner: { [SECRET]: 1 } }] },
      "/data/*/owner",
      undefined,
      "object",
    ],
    [
      "what refers to itself",
      { data: [{ name: "", node: { name: "", next: { name: 1 } } }] },
      "/data/*/node/next/name",
      "string",
      "number",
    ],
    ["the whole", [SECRET], "", "object", "array"],
  ])("is %s", async (_, value, pointer, expected, received) => {
    const { found, result } = await told(answer(JSON.stringify(value)));
    expect(found).toEqual([{ ...ABOUT, problem: "body", pointer, expected, received }]);
    expect(JSON.stringify(found)).not.toContain(SECRET);
    expect(result).toEqual(value);
  });

  it.each([
    ["an undocumented status", answer("{}", 202), { problem: "status", status: 202 }],
    [
      "an undocumented media type",
      answer("<p>", 200, "text/html; q=s3cr3t"),
      { problem: "media type", mediaType: "text/html" },
    ],
    [
      "what is no media type",
      answer("x", 200, `x ${SECRET}`),
      { problem: "media type", mediaType: "another one" },
    ],
    ["what is no JSON", answer(`{"a": ${SECRET}`), { problem: "JSON" }],
    ["an empty body", answer(""), { problem: "JSON" }],
    [
      "an error",
      answer('{"error": 1}', 404),
      { problem: "body", status: 404, pointer: "/error", expected: "string", received: "number" },
    ],
  ])("is %s", async (_, fetch, finding) => {
    const { found } = await told(fetch);
    expect(found).toEqual([{ ...ABOUT, ...finding }]);
  });

  it.each([
    ["what the document allows", answer('{"data": [], "more": 1}')],
    ["a media type that is not looked into", answer("x", 200, "video/mp4")],
    ["a status of which the document says nothing", answer("x", 503, "text/plain")],
    ["no body", answer(null, 200)],
  ])("is not %s", async (_, fetch) => {
    expect((await told(fetch)).found).toEqual([]);
  });

  it("is not an answer that the caller asked for by headers", async () => {
    const { api, found } = watched(answer('{"data": []}', 206));
    await api.call({}, { headers: { range: "bytes=0-1" } });
    await settled();
    expect(found).toEqual([]);
  });

  it("has no key that the tables do not know as a name", async () => {
    const schemas = [{ operations: { op: { 200: { "application/json": VIDEOS } } } }];
    const { found } = await told(answer('{"data": [{}]}'), { schemas });
    expect(found.map(({ pointer }) => pointer)).toEqual(["/*/*/*"]);
  });

  it("is one line in a log", async () => {
    const { found } = await told(answer('{"data": [{}]}'));
    expect(found.map(driftLine)).toEqual([
      "op: GET /x answered 200 with nothing for string at /data/*/name",
    ]);
    expect(driftLine({ ...ABOUT, problem: "status", count: 3, path: "/\u001b[1m" })).toBe(
      "op: GET /?[1m answered 200, which is not in the document (3 times)",
    );
  });
});

describe("how often", () => {
  it("something is told: once, and again after a while with how often it was seen", async () => {
    const { api, found } = watched(answer("{}", 202), { repeatAfter: 1_000 });
    const now = vi.spyOn(Date, "now").mockReturnValue(0);
    for (let call = 0; call < 3; call += 1) {
      await api.call();
      await settled();
    }
    now.mockReturnValue(1_000);
    await api.call();
    await settled();
    expect(found.map(({ count }) => count)).toEqual([1, 3]);
  });

  it("something new is told: so often that a server cannot fill the memory", async () => {
    let turn = 0;
    const { api, found } = watched(() => answer("x", 200, `text/x${(turn += 1)}`)("", {}));
    for (let call = 0; call < 130; call += 1) {
      await Promise.all([1, 2, 3, 4].map(() => Promise.resolve(api.call()).catch(() => undefined)));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await settled();
    expect(found.length).toBe(500);
  }, 20_000);

  it("it looks: at a sample", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect((await told(answer("{}", 202), { sample: 0.5 })).found).toEqual([]);
    expect((await told(answer("{}", 202), { sample: 0.51 })).found.length).toBe(1);
    expect((await told(answer("{}", 202), { sample: 0 })).found).toEqual([]);
  });
});

/** The beginning of an array, and nothing behind it. */
function endlessBody(): ReadableStream {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode("["));
    },
  });
}

/** A schema that does as it is told, of no library. */
function schemaThat(validate: StandardSchema["~standard"]["validate"]): ResponseTables {
  return tablesOf({
    200: { "application/json": { "~standard": { version: 1, vendor: "test", validate } } },
  });
}

describe("what goes wrong", () => {
  it.each([
    [
      "a schema that throws",
      {
        schemas: schemaThat(() => {
          throw new Error(SECRET);
        }),
      },
    ],
    ["a schema that rejects", { schemas: schemaThat(() => Promise.reject(new Error(SECRET))) }],
    [
      "a report that throws",
      {
        report: () => {
          throw new Error(SECRET);
        },
      },
    ],
    ["a report that rejects", { report: () => Promise.reject(new Error(SECRET)) }],
  ] satisfies readonly (readonly [string, Partial<DriftSentinelOptions>])[])(
    "with %s, the caller does not notice",
    async (_, options) => {
      expect((await told(answer("{}"), options)).result).toEqual({});
    },
  );

  it("is not where a schema answers later", async () => {
    const schemas = schemaThat(() =>
      Promise.resolve({ issues: [{ message: SECRET, path: [{ key: "a" }] }] }),
    );
    const { found } = await told(answer('{"a": 1}'), { schemas });
    expect(found).toEqual([
      { ...ABOUT, problem: "body", pointer: "/*", expected: undefined, received: "number" },
    ]);
  });

  it("is not what another middleware made of an answer", async () => {
    const { api } = watched(() => {
      const response = new Response('{"data": []}', {
        headers: { "content-type": "application/json" },
      });
      Object.defineProperty(response, "clone", {
        value: () => {
          throw new TypeError("used");
        },
      });
      return Promise.resolve(response);
    });
    expect(await api.call()).toEqual({ data: [] });
  });

  it("leaves large bodies alone, announced or not", async () => {
    const large = JSON.stringify({ data: [], more: "x".repeat(2_000), total: "x" });
    const chunked = (): ReadableStream =>
      new ReadableStream({
        start(controller) {
          for (const part of large.match(/.{1,500}/g) ?? [])
            controller.enqueue(new TextEncoder().encode(part));
          controller.close();
        },
      });
    const { found, result } = await told(answer(chunked()), { bodyLimit: 1_000 });
    expect(found).toEqual([]);
    expect(result).toEqual(JSON.parse(large));
    expect((await told(answer(chunked()), { bodyLimit: 10_000 })).found.length).toBe(1);
  });

  it("ends with calls that are aborted in the middle of a body, which leave room for others", async () => {
    const endless = (): Response =>
      new Response(endlessBody(), {
        headers: { "content-type": "application/json" },
      });
    const { api, found } = watched((url) =>
      url.endsWith("/late") ? answer("{}", 202)(url, {}) : Promise.resolve(endless()),
    );
    const controller = new AbortController();
    const calls = Array.from({ length: 4 }, () =>
      Promise.resolve(api.call({}, { signal: controller.signal })).catch(() => undefined),
    );
    await settled();
    await api.call({ path: "/late" });
    await settled();
    expect(found).toEqual([]);
    controller.abort();
    await Promise.all(calls);
    await settled();
    await api.call({ path: "/late" });
    await settled();
    expect(found.map(({ problem }) => problem)).toEqual(["status"]);
  });

  it("is a body that breaks: the caller's error, and nobody else's", async () => {
    const broken = new ReadableStream({
      pull: (controller) => {
        controller.error(new TypeError("reset"));
      },
    });
    const { found, result } = await told(answer(broken));
    expect(found).toEqual([]);
    expect(result).toBeInstanceOf(Error);
  });

  it("does not pile up: few answers are looked at, at once", async () => {
    let open = 0;
    let most = 0;
    const schemas = schemaThat(async () => {
      most = Math.max(most, (open += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      return {};
    });
    const { api } = watched(answer("{}"), { schemas });
    await Promise.all(Array.from({ length: 20 }, () => api.call()));
    await settled();
    expect(most).toBe(4);
  });
});
