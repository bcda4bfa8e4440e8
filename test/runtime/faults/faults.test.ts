import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inCookie } from "../../../templates/runtime/cookies.js";
import { ClientError } from "../../../templates/runtime/errors.js";
import { EventStream } from "../../../templates/runtime/event-stream.js";
import { TestApi } from "../support/api.js";
import { SECRET, traces } from "../support/traces.js";
import { BODY } from "./body.js";
import { CLIENT } from "./client.js";
import { CONNECTION } from "./connection.js";
import { ELSEWHERE, ENTRIES } from "./entries.js";
import { FRAMING } from "./framing.js";
import { STATUS } from "./status.js";
import { useFaultServer, usePort } from "./support/fault-server.js";
import { useUntrustedServer } from "./support/untrusted-server.js";
import { AUTH, CALLS, good, raw, REASON, type Kind, type Place, type Row } from "./support/row.js";

/*
 * Everything that can go wrong on the way, and what it comes to. Whatever it is: the call ends, nothing of it is
 * left, and no credential is to be seen, in the error or at another origin.
 */

const own = useFaultServer();
const foreign = useFaultServer();
const silent = usePort(() => undefined);
const plain = usePort((socket) => {
  socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
});
const untrusted = useUntrustedServer();

/** No call may take longer, whatever happens; in milliseconds. */
const HANGING = 10_000;

const SERVICE = {
  securitySchemes: {
    bearer: { type: "http", scheme: "bearer" },
    key: { type: "apiKey", in: "header", name: "x-key" },
    query: { type: "apiKey", in: "query", name: "key" },
    cookie: { type: "apiKey", in: inCookie, name: "auth" },
  },
} as const;

const unhandled: unknown[] = [];
const collect = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", collect);
});
afterEach(() => {
  process.off("unhandledRejection", collect);
});

const PARTS = [
  { part: "connection", rows: CONNECTION },
  { part: "framing", rows: FRAMING },
  { part: "status", rows: STATUS },
  { part: "body", rows: BODY },
  { part: "client", rows: CLIENT },
] as const;

describe.each(PARTS)("$part", ({ part, rows }) => {
  describe.each(rows.map((row) => ({ ...row, name: nameOf(row) })))("$name", (row) => {
    const isLeftOut = row.needsCertificate === true && !untrusted.isThere;
    it.skipIf(isLeftOut).each(row.kinds ?? (["json"] as const))("%s", async (kind) => {
      await attempt(row, kind);
    });
  });

  it("has a row for every entry, and each row once", () => {
    const entries = ENTRIES[part].filter((entry) => ELSEWHERE[entry] === undefined);
    expect([...new Set(rows.map(({ fault }) => fault))].sort()).toEqual([...entries].sort());
    expect(new Set(rows.map(nameOf)).size).toBe(rows.length);
  });
});

it("the head of an answer whose body breaks off can be had", async () => {
  own.reset(raw("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\n{}"), "");
  expect((await new TestApi({ baseUrl: own.url }).call().asResponse()).status).toBe(500);
});

async function attempt(row: Row, kind: Kind): Promise<void> {
  const controller = new AbortController();
  const place: Place = {
    kind,
    own: own.url,
    foreign: foreign.url,
    silent: `https://127.0.0.1:${silent()}`,
    plain: `https://127.0.0.1:${plain()}`,
    untrusted: untrusted.url,
    controller,
  };
  const mark = randomUUID();
  own.reset(row.answer?.(place) ?? (() => undefined), mark);
  foreign.reset(good(kind), "");
  const timers = timersOf();
  const delays: number[] = [];
  let attempts = 0;

  const { middleware: chain = [], ...options } = row.options?.(place) ?? {};
  const client = row.client?.(place) ?? {};
  const retry = typeof client.retry === "number" ? { limit: client.retry } : client.retry;
  const call = new TestApi(
    {
      baseUrl: own.url,
      auth: AUTH,
      headers: { "x-own": SECRET, "x-mark": mark },
      ...client,
      retry: {
        baseDelay: 1,
        ...retry,
        limit: retry?.limit ?? 2,
        onRetry: ({ delay }) => delays.push(delay),
      },
      middleware: [
        (_context, next) => {
          attempts += 1;
          return next();
        },
      ],
    },
    SERVICE,
  ).call(
    {
      query: { token: SECRET },
      security: [{ bearer: [], key: [], query: [], cookie: [] }],
      ...CALLS[kind],
      ...row.call,
    },
    { signal: controller.signal, ...options, middleware: chain },
  );
  const outcome = await within(settled(call));

  const want = typeof row.want === "function" ? row.want(kind) : row.want;
  if (want.error === undefined) {
    expect(outcome).toEqual({ value: want.value });
  } else if (want.error === REASON) {
    expect(outcome).toEqual({ error: REASON });
  } else {
    expect(outcome).toMatchObject({ error: want.error });
  }
  if (outcome.error instanceof ClientError && kind !== "events") {
    expect(outcome.error.message).toMatch(/^op: [A-Z]+ \/x/);
    const result = await call.result().catch((error: unknown) => ({ error }));
    expect(result).toMatchObject({ error: outcome.error });
  }
  expect(traces(outcome.error)).not.toContain(SECRET);
  expect({ attempts }).toEqual({ attempts: want.attempts ?? 1 });
  expect({ requests: own.requests.length }).toEqual({ requests: want.requests ?? attempts });
  expect(foreign.requests.map(({ text }) => text)).toEqual([]);
  expect(untrusted.requests).toBe(0);
  for (const [index, [least, most]] of (want.delays ?? []).entries()) {
    expect(delays[index]).toBeGreaterThanOrEqual(least);
    expect(delays[index]).toBeLessThanOrEqual(most);
  }
  expect({ closed: await soon(() => own.open === 0) }).toEqual({ closed: true });
  expect({ timeless: await soon(() => timersOf() <= timers) }).toEqual({ timeless: true });
  expect(unhandled).toEqual([]);
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}

/** What a call came to: a `Blob` as its text, a stream as the data of its events. */
async function settled(call: PromiseLike<unknown>): Promise<Outcome> {
  try {
    const value = await call;
    if (value instanceof Blob) return { value: await value.text() };
    if (!(value instanceof EventStream)) return { value };
    const events: unknown[] = [];
    // What a stream does to go on has tests of its own.
    const stream = (value as EventStream).events({ reconnect: false });
    for await (const event of stream) events.push(event.data);
    return { value: events };
  } catch (error) {
    return { error };
  }
}

async function within(outcome: Promise<Outcome>): Promise<Outcome> {
  const end = new AbortController();
  const late = sleep(HANGING, { error: "it hangs" }, { signal: end.signal });
  late.catch(() => undefined);
  const first = await Promise.race([outcome, late]);
  end.abort();
  return first;
}

/** Whether something comes true within a second. */
async function soon(isTrue: () => boolean): Promise<boolean> {
  for (let waits = 0; !isTrue(); waits += 1) {
    if (waits === 200) return false;
    await sleep(5);
  }
  return true;
}

/** How many timers keep the process alive. */
function timersOf(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

function nameOf({ fault, variant }: Row): string {
  return variant === undefined ? fault : `${fault}: ${variant}`;
}
