import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ConnectionError } from "../../templates/runtime/errors.js";
import type { ServerSentEvent } from "../../templates/runtime/event-parser.js";
import {
  eventStream,
  type EventStream,
  type EventStreamOptions,
} from "../../templates/runtime/event-stream.js";
import type { CallOptions } from "../../templates/runtime/options.js";
import {
  Reconnection,
  type ReconnectingEvent,
  type ReconnectOptions,
} from "../../templates/runtime/reconnection.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer, type Handler } from "./support/server.js";

const server = useServer();
const STREAM_TYPE = { "content-type": "text/event-stream" };
/** Quick enough for tests. */
const SOON: ReconnectOptions = { delay: 1 };
const GONE = always(204);

/** A whole stream, which ends. */
const stream = (text: string | Uint8Array): Handler => always(200, STREAM_TYPE, text);

/** A stream that breaks off after this text. */
const broken =
  (text: string | Uint8Array): Handler =>
  (_request, response) => {
    response.writeHead(200, STREAM_TYPE).write(text, () => response.destroy());
  };

/** A stream that stays open after this text. */
const endless =
  (text: string): Handler =>
  (_request, response) => {
    response.writeHead(200, STREAM_TYPE).write(text);
  };

/** Lets each request have its own answer; the last one is for all others, too. */
function answer(handlers: readonly Handler[]): void {
  server.answer((request, response, incoming) => {
    const index = Math.min(server.requests.length, handlers.length) - 1;
    handlers[index]?.(request, response, incoming);
  });
}

async function open(options?: CallOptions, method = "GET"): Promise<EventStream> {
  const api = new TestApi({ baseUrl: server.url });
  return api.call<{ 200: EventStream }>({ method, response: eventStream() }, options);
}

async function all(
  opened: EventStream,
  options: EventStreamOptions = { reconnect: SOON },
): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of opened.events(options)) events.push(event);
  return events;
}

const dataOf = (events: readonly ServerSentEvent[]): string[] => events.map(({ data }) => data);

/** What each request said that it had got last. */
const idsSent = (): unknown[] => server.requests.map(({ headers }) => headers["last-event-id"]);

beforeEach(() => {
  // No back-off: attempts that fail are followed by others after the delay alone.
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("leaves no timer when the service says that there is no more", async () => {
  answer([stream("id: 1\ndata: a\n\n"), GONE]);
  const started = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  expect(dataOf(await all(await open({ timeout: 20_000 })))).toEqual(["a"]);
  const isTimeout = (delay = 0): boolean => delay > 10_000;
  const timeouts = started.mock.results.filter((_, index) =>
    isTimeout(started.mock.calls[index]?.[1]),
  );
  expect(timeouts.length).toBeGreaterThan(1);
  for (const { value } of timeouts) expect(cleared).toHaveBeenCalledWith(value);
});

describe("a stream goes on where it stopped", () => {
  const euro = new TextEncoder().encode("id: 1\ndata: a\n\ndata: €");

  it.each<{ what: string; first: Handler; second?: string; ids: unknown; data: string[] }>([
    { what: "at its end", first: stream("id: 1\ndata: a\n\n"), ids: "1", data: ["a", "b"] },
    { what: "broken off", first: broken("id: 1\ndata: a\n\n"), ids: "1", data: ["a", "b"] },
    { what: "without ids", first: stream("data: a\n\n"), ids: undefined, data: ["a", "b"] },
    { what: "before any event", first: stream(":)\n"), ids: undefined, data: ["b"] },
    {
      what: "half an event is dropped, its id too",
      first: broken("id: 1\ndata: a\n\nid: 2\nevent: x\ndata: ha"),
      second: "data: lf\n\n",
      ids: "1",
      data: ["a", "lf"],
    },
    {
      what: "half a character",
      first: broken(euro.subarray(0, -1)),
      ids: "1",
      data: ["a", "b"],
    },
    {
      what: "half an end of line",
      first: broken("id: 1\ndata: a\r\r"),
      second: "\ndata: b\n\n",
      ids: "1",
      data: ["a", "b"],
    },
    { what: "an id without data", first: stream("id: 7\n\n"), ids: "7", data: ["b"] },
    {
      what: "an id that was taken back",
      first: stream("id: 7\n\nid\n\n"),
      ids: undefined,
      data: ["b"],
    },
    {
      what: "an id outside of Latin-1, as UTF-8",
      first: stream("id: ↑1\ndata: a\n\n"),
      ids: Buffer.from("↑1").toString("latin1"),
      data: ["a", "b"],
    },
    {
      what: "a byte order mark once more",
      first: stream("\ufeffdata: a\n\n"),
      second: "\ufeffdata: b\n\n",
      ids: undefined,
      data: ["a", "b"],
    },
  ])("$what", async ({ first, second = "data: b\n\n", ids, data }) => {
    answer([first, stream(second), GONE]);
    expect(dataOf(await all(await open()))).toEqual(data);
    expect(idsSent()).toEqual([undefined, ids, ids]);
  });

  it("an event without id has that of the connection before", async () => {
    answer([stream("id: 1\nevent: x\ndata: a\n\nevent: y\n"), stream("data: b\n\n"), GONE]);
    expect(await all(await open())).toEqual([
      { event: "x", data: "a", id: "1" },
      { event: "message", data: "b", id: "1" },
    ]);
  });

  it("nothing is lost or doubled in a hundred breaks", async () => {
    const sent = (request: { headers: NodeJS.Dict<string | string[]> }): number =>
      Number(request.headers["last-event-id"] ?? 0);
    server.answer((request, response, incoming) => {
      const next = sent(request) + 1;
      const text = `id: ${next}\ndata: ${next}\n\nid: ${next + 1}\ndata: `;
      (next > 100 ? GONE : broken(text))(request, response, incoming);
    });
    const expected = Array.from({ length: 100 }, (_, index) => String(index + 1));
    expect(dataOf(await all(await open()))).toEqual(expected);
  });

  it.each<{ what: string; handler: Handler }>([
    { what: "503", handler: always(503) },
    { what: "429", handler: always(429) },
    { what: "no answer", handler: (_request, response) => response.destroy() },
  ])("after $what", async ({ handler }) => {
    answer([stream("id: 1\ndata: a\n\n"), handler, handler, stream("data: b\n\n"), GONE]);
    expect(dataOf(await all(await open()))).toEqual(["a", "b"]);
    expect(idsSent()).toEqual([undefined, "1", "1", "1", "1"]);
  });

  it("after no answer in time", async () => {
    answer([stream("data: a\n\n"), () => undefined, GONE]);
    expect(dataOf(await all(await open({ timeout: 100 })))).toEqual(["a"]);
  });

  it("with another credential, if the one it had is rejected", async () => {
    server.answer((request, response, incoming) => {
      const isNew = request.headers["authorization"] === "Bearer new";
      const others = isNew ? GONE : always(401);
      (server.requests.length === 1 ? stream("data: a\n\n") : others)(request, response, incoming);
    });
    const token = ({ rejected }: { rejected: unknown }): string =>
      rejected === undefined ? "old" : "new";
    const api = new TestApi(
      { baseUrl: server.url, auth: { T: token } },
      { securitySchemes: { T: { type: "oauth2" } } },
    );
    const call = { response: eventStream(), security: [{ T: [] }] };
    expect(dataOf(await all(await api.call<{ 200: EventStream }>(call)))).toEqual(["a"]);
    const sent = server.requests.map(({ headers }) => headers["authorization"]);
    expect(sent).toEqual(["Bearer old", "Bearer old", "Bearer new"]);
  });
});

describe("a stream ends for good", () => {
  const PAGE = { "content-type": "text/html" };

  it.each<{ what: string; handler: Handler; error: object }>([
    { what: "401", handler: always(401), error: { name: "ApiError", status: 401 } },
    { what: "404", handler: always(404), error: { name: "ApiError", status: 404 } },
    { what: "500", handler: always(500), error: { name: "ApiError", status: 500 } },
    { what: "another type", handler: always(200, PAGE, "<p>"), error: { name: "DecodeError" } },
    {
      what: "a redirect",
      handler: always(302, { location: "https://other.example/" }),
      error: { name: "RedirectError" },
    },
  ])("$what", async ({ handler, error }) => {
    answer([stream("id: 1\ndata: a\n\n"), handler]);
    expect(await failureOf(all(await open()))).toMatchObject(error);
    expect(server.requests).toHaveLength(2);
  });

  it.each<{ what: string; options: EventStreamOptions; method: string; requests: number }>([
    { what: "reconnect: false", options: { reconnect: false }, method: "GET", requests: 1 },
    { what: "limit: 0", options: { reconnect: { limit: 0 } }, method: "GET", requests: 1 },
    { what: "limit: 2", options: { reconnect: { ...SOON, limit: 2 } }, method: "GET", requests: 3 },
    { what: "a POST", options: {}, method: "POST", requests: 1 },
    {
      what: "a POST that may be repeated",
      options: { reconnect: { ...SOON, limit: 2 } },
      method: "POST",
      requests: 3,
    },
  ])("at its end: $what", async ({ options, method, requests }) => {
    answer([stream("")]);
    expect(await all(await open({}, method), options)).toEqual([]);
    expect(server.requests).toHaveLength(requests);
  });

  it("attempts are counted from the last event on, and the last error tells", async () => {
    answer([always(200, STREAM_TYPE), stream(""), stream("data: a\n\n"), stream(""), always(503)]);
    const seen: string[] = [];
    const reading = (async () => {
      const opened = await open();
      for await (const { data } of opened.events({ reconnect: { ...SOON, limit: 2 } })) {
        seen.push(data);
      }
    })();
    expect(await failureOf(reading)).toMatchObject({ name: "ApiError", status: 503 });
    expect(seen).toEqual(["a"]);
    expect(server.requests).toHaveLength(5);
  });
});

describe("the wait", () => {
  /** The first waits of a stream, which is then cancelled; their times do not pass. */
  async function waits(options: ReconnectOptions, count = 1): Promise<ReconnectingEvent[]> {
    const opened = await open();
    const events: ReconnectingEvent[] = [];
    const onReconnecting = (event: ReconnectingEvent): void => {
      events.push(event);
      if (events.length === count) void opened.cancel();
    };
    await all(opened, { reconnect: { ...options, onReconnecting } });
    return events;
  }

  it.each<{ what: string; text: string; options?: ReconnectOptions; delay: number }>([
    { what: "three seconds", text: "", delay: 3_000 },
    { what: "the caller's", text: "", options: { delay: 70 }, delay: 70 },
    { what: "the service's", text: "retry: 600\n", options: { delay: 700 }, delay: 600 },
    { what: "half a second, if the service wants none", text: "retry: 0\n", delay: 500 },
    { what: "at most a minute", text: "retry: 999999999999999999999\n", delay: 60_000 },
    { what: "at most the caller's", text: "retry: 50\n", options: { maxDelay: 7 }, delay: 7 },
  ])("is $what", async ({ text, options = {}, delay }) => {
    answer([stream(text)]);
    expect(await waits(options)).toEqual([{ attempt: 1, delay, error: undefined }]);
  });

  it("is what a refusal asks for", async () => {
    answer([stream(""), always(503, { "retry-after": "20" })]);
    const [, second] = await waits(SOON, 2);
    expect(second).toMatchObject({ attempt: 2, delay: 20_000, error: { status: 503 } });
  });

  it("is told with its reason, and so is the end of it", async () => {
    answer([broken("id: 1\ndata: a\n\n"), always(502), stream("data: b\n\n"), GONE]);
    const told: unknown[] = [];
    await all(await open(), {
      reconnect: {
        ...SOON,
        onReconnecting: ({ attempt, error }) => told.push([attempt, error?.name]),
        onReconnected: ({ lastEventId }) => told.push(lastEventId),
      },
    });
    expect(told).toEqual([[1, "ConnectionError"], [2, "ApiError"], "1", [1, undefined]]);
  });
});

describe("back-off", () => {
  const lost = new ConnectionError(
    { service: "s", operationId: "o", method: "GET", path: "/" },
    undefined,
  );
  const delays = (options: ReconnectOptions, retry?: number): (number | undefined)[] => {
    const reconnection = new Reconnection(options);
    return Array.from({ length: 6 }, () => reconnection.next(lost, retry));
  };

  it.each([
    { what: "doubles", random: 1, delay: 1_000, delays: [1, 2, 4, 8, 10, 10] },
    { what: "is random", random: 0.5, delay: 1_000, delays: [1, 1.5, 2.5, 4.5, 5.5, 5.5] },
    { what: "is never less than asked", random: 0, delay: 1_000, delays: [1, 1, 1, 1, 1, 1] },
    { what: "is there even after 0", random: 1, delay: 0, delays: [0, 1, 2, 4, 8, 10] },
    { what: "keeps to the limit", random: 1, delay: 20_000, delays: [10, 10, 10, 10, 10, 10] },
  ])("$what", ({ random, delay, delays: seconds }) => {
    vi.spyOn(Math, "random").mockReturnValue(random);
    const expected = seconds.map((second) => second * 1_000);
    expect(delays({ delay, maxDelay: 10_000 })).toEqual(expected);
    const [first = 0, ...others] = expected;
    expect(delays({ maxDelay: 10_000 }, delay)).toEqual([Math.max(first, 500), ...others]);
  });

  it("keeps connections half a second apart where the service says when, events or not", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const reconnection = new Reconnection({});
    const after = (open: number, retry: number): number | undefined => {
      reconnection.opened("");
      reconnection.succeeded();
      vi.advanceTimersByTime(open);
      return reconnection.next(undefined, retry);
    };
    expect([after(0, 0), after(0, 0), after(200, 0), after(500, 0)]).toEqual([500, 500, 300, 0]);
    expect([after(0, 700), after(1_000, 700)]).toEqual([700, 700]);
  });

  it("begins anew after an event, and after a connection that lasted", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    vi.spyOn(Math, "random").mockReturnValue(1);
    const reconnection = new Reconnection({ delay: 1_000 });
    const next = (): number | undefined => reconnection.next(lost, undefined);
    expect([next(), next()]).toEqual([1_000, 2_000]);
    reconnection.succeeded();
    expect([next(), next()]).toEqual([1_000, 2_000]);
    reconnection.opened("");
    vi.advanceTimersByTime(59_000);
    expect(next()).toBe(4_000);
    reconnection.opened("");
    vi.advanceTimersByTime(61_000);
    expect([next(), next()]).toEqual([1_000, 2_000]);
  });
});

describe("heartbeat", () => {
  it("a silent connection is left for another one", async () => {
    answer([endless("id: 1\ndata: a\n\n"), endless("data: b\n\n"), GONE]);
    const errors: unknown[] = [];
    const events = await all(await open(), {
      heartbeat: 50,
      reconnect: { ...SOON, onReconnecting: ({ error }) => errors.push(error) },
    });
    expect(dataOf(events)).toEqual(["a", "b"]);
    expect(idsSent()).toEqual([undefined, "1", "1"]);
    expect(errors).toEqual([expect.any(ConnectionError), expect.any(ConnectionError)]);
    expect(errors[0]).toMatchObject({ cause: { message: "nothing came for 50 ms" } });
  });

  it("without another connection it is an error", async () => {
    answer([endless("data: a\n\n")]);
    const reading = all(await open(), { heartbeat: 50, reconnect: false });
    expect(await failureOf(reading)).toBeInstanceOf(ConnectionError);
  });

  it("comments are signs of life", async () => {
    server.answer((_request, response) => {
      response.writeHead(200, STREAM_TYPE);
      const timer = setInterval(() => response.write(":thump\n"), 20);
      setTimeout(() => response.end("data: a\n\n"), 1_500);
      response.on("close", () => {
        clearInterval(timer);
      });
    });
    const events = await all(await open(), { heartbeat: 700, reconnect: false });
    expect(dataOf(events)).toEqual(["a"]);
  });

  it("a slow loop is no silence", async () => {
    answer([stream("data: a\n\ndata: b\n\n")]);
    const seen: string[] = [];
    for await (const { data } of (await open()).events({ heartbeat: 50, reconnect: false })) {
      await sleep(150);
      seen.push(data);
    }
    expect(seen).toEqual(["a", "b"]);
  });
});

describe("every end is clean", () => {
  /** Where a stream can be when it is ended. */
  const PHASES: readonly { phase: string; handlers: readonly Handler[]; requests: number }[] = [
    { phase: "waiting for bytes", handlers: [endless("data: a\n\n")], requests: 1 },
    { phase: "waiting to connect again", handlers: [stream("data: a\n\n")], requests: 1 },
    {
      phase: "connecting again",
      handlers: [stream("retry: 1\ndata: a\n\n"), () => undefined],
      requests: 2,
    },
    {
      phase: "waiting for bytes of the next",
      handlers: [stream("retry: 1\ndata: a\n\n"), endless(":)\n")],
      requests: 2,
    },
  ];

  const timers = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  /** Brings a stream into a phase, ends it, and waits for the end of its loop and of its connections. */
  async function end(
    { handlers, requests }: (typeof PHASES)[number],
    how: (opened: EventStream, controller: AbortController) => unknown,
  ): Promise<unknown> {
    const unfinished = new Set<ServerResponse>();
    answer(
      handlers.map((handler) => (request, response, incoming) => {
        unfinished.add(response.on("close", () => unfinished.delete(response)));
        handler(request, response, incoming);
      }),
    );
    const controller = new AbortController();
    const before = timers();
    const opened = await open({ signal: controller.signal });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { data } of opened) seen.push(data);
    })().catch((error: unknown) => error);
    await expect
      .poll(() => [seen, server.requests.length], { timeout: 5_000 })
      .toEqual([["a"], requests]);
    await sleep(30);
    await how(opened, controller);
    const result = await reading;
    await expect.poll(() => unfinished.size).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    await expect.poll(timers).toBeLessThanOrEqual(before);
    expect(server.requests).toHaveLength(requests);
    return result;
  }

  it.each(PHASES)("cancel() while $phase", async (phase) => {
    expect(await end(phase, async (opened) => opened.cancel())).toBeUndefined();
  });

  it.each(PHASES)("the call's signal while $phase", async (phase) => {
    const reason = new Error("enough");
    const abort = (_: EventStream, controller: AbortController): void => {
      controller.abort(reason);
    };
    expect(await end(phase, abort)).toBe(reason);
  });

  it("leaving the loop of a later connection", async () => {
    const closed = new Promise<void>((resolve) => {
      const second: Handler = (_request, response) => {
        response.on("close", resolve).writeHead(200, STREAM_TYPE).write("data: b\n\n");
      };
      answer([stream("retry: 1\ndata: a\n\n"), second]);
    });
    const { signal } = new AbortController();
    for await (const { data } of await open({ signal })) if (data === "b") break;
    await closed;
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});
