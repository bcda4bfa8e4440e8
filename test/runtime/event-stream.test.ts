import { describe, expect, it } from "vitest";
import { ClientError, ConnectionError, DecodeError } from "../../templates/runtime/errors.js";
import { EventParser, type ServerSentEvent } from "../../templates/runtime/event-parser.js";
import {
  eventStream,
  type EventStream,
  type EventStreamFormat,
} from "../../templates/runtime/event-stream.js";
import { int64Events } from "../../templates/runtime/int64-events.js";
import type { CallOptions, Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer } from "./support/server.js";
import { SECRET, traces } from "./support/traces.js";

const server = useServer();
const STREAM_TYPE = { "content-type": "text/event-stream; charset=utf-8" };

interface StreamResponses {
  200: EventStream;
}

/** Opens a stream whose bytes come in these pieces. */
async function open(
  pieces: Iterable<Uint8Array>,
  options?: CallOptions,
  format?: EventStreamFormat,
): Promise<EventStream> {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const fetch: Fetch = async () => Promise.resolve(new Response(body, { headers: STREAM_TYPE }));
  const api = new TestApi({ baseUrl: "https://a.test", fetch });
  return api.call<StreamResponses>(
    { response: eventStream(format), accept: "text/event-stream" },
    options,
  );
}

/** The events of one connection. */
async function all(stream: EventStream): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of stream.events({ reconnect: false })) events.push(event);
  return events;
}

const event = (data: unknown, others: Partial<ServerSentEvent> = {}) => ({
  event: "message",
  data,
  id: "",
  ...others,
});

const STREAMS: readonly { what: string; text: string; events: object[] }[] = [
  { what: "one event", text: "data: a\n\n", events: [event("a")] },
  { what: "two", text: "data: a\n\ndata: b\n\n", events: [event("a"), event("b")] },
  { what: "carriage returns", text: "data: a\r\rdata: b\r\r", events: [event("a"), event("b")] },
  { what: "both", text: "data: a\r\n\r\ndata: b\r\n\r\n", events: [event("a"), event("b")] },
  {
    what: "several lines with both",
    text: "data: a\r\ndata: b\r\n\r\n",
    events: [event("a\nb")],
  },
  {
    what: "mixed",
    text: "data: a\r\n\ndata: b\r\r\ndata: c\n\r",
    events: [event("a"), event("b"), event("c")],
  },
  { what: "a byte order mark", text: "\ufeffdata: a\n\n", events: [event("a")] },
  {
    what: "a second one is data",
    text: "\ufeff\ufeffdata: a\n\ndata: b\n\n",
    events: [event("b")],
  },
  { what: "several lines", text: "data: a\ndata:\ndata: b\n\n", events: [event("a\n\nb")] },
  {
    what: "empty data",
    text: "data\n\ndata:\n\ndata: \n\n",
    events: [event(""), event(""), event("")],
  },
  { what: "no data", text: "event: x\n\nid: 1\n\ndata: a\n\n", events: [event("a", { id: "1" })] },
  {
    what: "only one space goes",
    text: "data:  a \n\ndata:b\n\n",
    events: [event(" a "), event("b")],
  },
  { what: "comments", text: ": hi\ndata: a\n:thump\n\n:\n\n", events: [event("a")] },
  {
    what: "types",
    text: "event: update\ndata: {}\n\ndata: b\n\n",
    events: [event("{}", { event: "update" }), event("b")],
  },
  {
    what: "ids stay",
    text: "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
    events: [event("a", { id: "7" }), event("b", { id: "7" }), event("c")],
  },
  {
    what: "an id with NUL is ignored",
    text: "id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n",
    events: [event("a", { id: "1" }), event("b", { id: "1" })],
  },
  {
    what: "unknown fields",
    text: "foo: bar\nDATA: x\n data: y\ndata: a\n\n",
    events: [event("a")],
  },
  { what: "colons", text: "data: a:b: c\n\n", events: [event("a:b: c")] },
  { what: "characters of several bytes", text: "data: é€😀\n\n", events: [event("é€😀")] },
  { what: "an unfinished event is dropped", text: "data: a\n\ndata: b\n", events: [event("a")] },
  { what: "an unfinished line is dropped", text: "data: a\n\ndata: b", events: [event("a")] },
  { what: "nothing", text: "", events: [] },
];

describe("events, cut anywhere", () => {
  it.each(STREAMS)("$what", async ({ text, events }) => {
    const bytes = new TextEncoder().encode(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await all(await open([bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual(events);
    }
    expect(await all(await open(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(events);
  });

  it("an empty piece between the two halves of a line's end", async () => {
    const pieces = ["data: a\r", "", "\ndata: b\r\n\r\n"];
    const stream = await open(pieces.map((piece) => new TextEncoder().encode(piece)));
    expect(await all(stream)).toEqual([event("a\nb")]);
  });

  it.each([
    { what: "nothing", text: "data: x\n\n", id: "", retry: undefined },
    { what: "both", text: "retry: 100\nid: a\ndata: x\n\n", id: "a", retry: 100 },
    { what: "no number", text: "retry: 100\nretry: 1s\nretry: -1\nretry:\n", id: "", retry: 100 },
    { what: "other digits", text: "retry: 5\nretry: \u0661\n", id: "", retry: 5 },
    { what: "an id without data", text: "id: a\n\n", id: "a", retry: undefined },
    { what: "an id without its event's end", text: "id: a\n\nid: b\ndata: x\n", id: "a" },
    { what: "an id that is taken back", text: "id: a\n\nid\n\n", id: "" },
  ])("keeps what a new connection needs: $what", async ({ text, id, retry }) => {
    const stream = await open([new TextEncoder().encode(text)]);
    await all(stream);
    expect([stream.lastEventId, stream.retry]).toEqual([id, retry]);
  });

  it("the last id is that of the event in hand", async () => {
    const text = "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\n\n";
    const stream = await open([new TextEncoder().encode(text)]);
    const ids: string[] = [];
    for await (const { id } of stream.events({ reconnect: false }))
      ids.push(id, stream.lastEventId);
    expect([...ids, stream.lastEventId]).toEqual(["1", "1", "2", "2", "3"]);
  });

  it("the limit of an event is that of bodies", async () => {
    const stream = await open([new TextEncoder().encode("data: 123456")], { bodyLimit: 10 });
    expect(String(await failureOf(all(stream)))).toContain("more than 10 characters");
  });

  it("1 MiB in pieces of one byte", { timeout: 60_000 }, async () => {
    const size = 1024 * 1024;
    const byte = Uint8Array.of(120);
    const pieces = (function* () {
      yield new TextEncoder().encode("data: ");
      for (let index = 0; index < size; index += 1) yield byte;
      yield new TextEncoder().encode("\n\n");
    })();
    expect((await all(await open(pieces))).map(({ data }) => data.length)).toEqual([size]);
  });

  it("many short lines take little more memory than their text", () => {
    const parser = new EventParser();
    const piece = "data:\n".repeat(10_000);
    const before = process.memoryUsage().heapUsed;
    while (parser.size < 4_000_000) expect([...parser.push(piece)]).toEqual([]);
    // As a tree they took 128 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(80_000_000);
    expect([...parser.push("\n")]).toEqual([
      { event: "message", id: "", data: "\n".repeat(4_000_000 - 1) },
    ]);
  });

  it.each([
    { what: "one line", piece: "x".repeat(65_536), first: "data: " },
    { what: "many lines", piece: `data: ${"x".repeat(65_536)}\n`, first: "" },
  ])("an event without end: $what", async ({ piece, first }) => {
    let pieces = 0;
    const endless = (function* () {
      yield new TextEncoder().encode(first);
      for (;;) {
        pieces += 1;
        yield new TextEncoder().encode(piece);
      }
    })();
    const error = await failureOf(all(await open(endless)));
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain("has an event of more than 8388608 characters");
    expect(pieces).toBeLessThan(140);
  });

  it("nothing is read ahead of a slow loop", async () => {
    let given = 0;
    const pieces = (function* () {
      for (; given < 10_000; given += 1) yield new TextEncoder().encode(`data: ${given}\n\n`);
    })();
    let taken = 0;
    let ahead = 0;
    for await (const { data } of (await open(pieces)).events({ reconnect: false })) {
      expect(data).toBe(String(taken));
      taken += 1;
      // Whoever reads ahead gets the time for it.
      if (taken % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
      ahead = Math.max(ahead, given - taken);
    }
    expect(taken).toBe(10_000);
    expect(ahead).toBeLessThanOrEqual(2);
  });

  it("many small events are no long one", async () => {
    const piece = new TextEncoder().encode(`data: ${"x".repeat(65_536)}\n\n`);
    const events = await all(await open(Array.from({ length: 200 }, () => piece)));
    expect(events).toHaveLength(200);
  });
});

describe("JSON", () => {
  const text = 'event: a\ndata: {"b":\ndata: "1"}\n\nevent: b\ndata: 10000000000000000001\n\n';
  const broken = 'event: a\ndata: {"secret\n\nevent: a\ndata: 2\n\n';

  it.each<{ what: string; json: readonly string[] | "all" | undefined; data: unknown[] }>([
    { what: "some", json: ["a"], data: [{ b: "1" }, "10000000000000000001"] },
    { what: "all", json: "all", data: [{ b: "1" }, 10000000000000000000] },
    { what: "none", json: undefined, data: ['{"b":\n"1"}', "10000000000000000001"] },
    { what: "none of these", json: ["toString"], data: ['{"b":\n"1"}', "10000000000000000001"] },
  ])("$what of the events", async ({ json, data }) => {
    const events = await all(await open([new TextEncoder().encode(text)], {}, { json }));
    expect(events).toEqual([event(data[0], { event: "a" }), event(data[1], { event: "b" })]);
  });

  it("that does not parse ends the stream", async () => {
    const stream = await open([new TextEncoder().encode(broken)], {}, { json: ["a"] });
    const error = await failureOf(all(stream));
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ status: 200, text: '{"secret' });
    expect(String(error)).toContain('with a body that has an event "a" that is not JSON');
    expect(String(error)).not.toContain("secret");
  });

  it("that does not parse is not named where any name may come", async () => {
    const text = `event: Bearer ${SECRET}\ndata: {\n\n`;
    const stream = await open([new TextEncoder().encode(text)], {}, { json: "all" });
    const error = await failureOf(all(stream));
    expect(error).toBeInstanceOf(DecodeError);
    expect(traces(error)).not.toContain(SECRET);
  });

  it("that does not parse is skipped by those who say so", async () => {
    const stream = await open([new TextEncoder().encode(broken)], {}, { json: ["a"] });
    const errors: unknown[] = [];
    const seen: unknown[] = [];
    const onDecodeError = (error: ClientError): unknown => errors.push(error);
    for await (const { data } of stream.events({ reconnect: false, onDecodeError })) {
      seen.push(data);
    }
    expect([seen, errors]).toEqual([[2], [expect.any(DecodeError)]]);
  });
});

describe("JSON with 64-bit integers", () => {
  const format: EventStreamFormat = {
    json: ["a"],
    parse: int64Events("bigint", {
      anyOf: [{ properties: { data: { properties: { id: "int64" } } } }, {}],
    }),
  };
  const id = "9007199254740993";

  it("keeps their digits, where the document has them", async () => {
    const text = `event: a\ndata: {"id":${id},"n":1}\n\nevent: b\ndata: {"id":${id}}\n\n`;
    const events = await all(await open([new TextEncoder().encode(text)], {}, format));
    expect(events).toEqual([
      event({ id: BigInt(id), n: 1 }, { event: "a" }),
      event(`{"id":${id}}`, { event: "b" }),
    ]);
  });

  it.each([
    ['{"id":1.5}', "has no 64-bit integer at .data.id"],
    ['{"id":1', "is not JSON"],
  ])("%s is refused", async (data, problem) => {
    const bytes = new TextEncoder().encode(`event: a\ndata: ${data}\n\n`);
    const error = await failureOf(all(await open([bytes], {}, format)));
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain(`has an event "a" that ${problem}`);
    expect(error).toMatchObject({ text: data });
  });
});

describe("a stream of a server", () => {
  function connect(options?: CallOptions) {
    return new TestApi({ baseUrl: server.url, timeout: 500 }).call<StreamResponses>(
      { response: eventStream(), accept: "text/event-stream" },
      options,
    );
  }

  it("outlives the timeout; leaving the loop ends it", async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer((_request, response) => {
        response.on("close", resolve).writeHead(200, STREAM_TYPE);
        response.write("data: a\n\n");
        setTimeout(() => response.write("data: b\n\n"), 700);
      });
    });
    const seen: string[] = [];
    const { data, status } = await connect().withResponse();
    for await (const { data: text } of data) {
      seen.push(text);
      if (text === "b") break;
    }
    expect([seen, status]).toEqual([["a", "b"], 200]);
    await closed;
    expect(server.request.headers["accept"]).toBe("text/event-stream");
  });

  it("aborts with the caller's reason", async () => {
    server.answer(
      (_request, response) => void response.writeHead(200, STREAM_TYPE).write("data: a\n\n"),
    );
    const controller = new AbortController();
    const reason = new Error("enough");
    const result = await connect({ signal: controller.signal }).result();
    if (!result.ok) throw result.error;
    const reading = (async () => {
      for await (const { data } of result.data) controller.abort(data === "a" ? reason : data);
    })();
    expect(await failureOf(reading)).toBe(reason);
  });

  it.each(["while it waits", "in its body"])("cancel() ends a running loop: %s", async (when) => {
    const closed = new Promise<void>((resolve) => {
      server.answer((_request, response) => {
        response.on("close", resolve).writeHead(200, STREAM_TYPE).write("data: a\n\ndata: b\n\n");
      });
    });
    const stream = await connect();
    const seen: string[] = [];
    if (when === "while it waits") setTimeout(() => void stream.cancel(), 100);
    for await (const { data } of stream) {
      seen.push(data);
      if (when === "in its body") await stream.cancel();
    }
    expect(seen).toEqual(when === "in its body" ? ["a"] : ["a", "b"]);
    await closed;
    await stream.cancel();
  });

  it("a cancelled stream has no events", async () => {
    server.answer(always(200, STREAM_TYPE, "data: a\n\n"));
    const stream = await connect();
    await stream.cancel();
    expect(await all(stream)).toEqual([]);
  });

  it.each(["at its end", "broken off", "while the other runs"])(
    "cannot be read twice: %s",
    async (when) => {
      server.answer(always(200, STREAM_TYPE, "data: a\n\ndata: b\n\n"));
      const stream = await connect();
      let second: unknown;
      for await (const { data } of stream.events({ reconnect: false })) {
        if (when === "broken off" && data === "a") break;
        if (when === "while the other runs") second ??= await failureOf(all(stream));
      }
      second ??= await failureOf(all(stream));
      expect(second).toBeInstanceOf(ClientError);
      expect(String(second)).toContain("op: GET /x answered 200");
      expect(String(second)).toContain("can be read only once");
    },
  );

  it("breaks off", async () => {
    server.answer((_request, response) => {
      response.writeHead(200, STREAM_TYPE).write("data: a\n\n");
      setTimeout(() => response.destroy(), 30);
    });
    const seen: string[] = [];
    const reading = (async () => {
      const stream = await connect();
      for await (const { data } of stream.events({ reconnect: false })) seen.push(data);
    })();
    expect(await failureOf(reading)).toBeInstanceOf(ConnectionError);
    expect(seen).toEqual(["a"]);
  });

  it("has no events if it is answered 204", async () => {
    server.answer(always(204));
    const stream = await connect();
    expect(await all(stream)).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it("is of its type", async () => {
    server.answer(always(200, { "content-type": "application/json" }, "{}"));
    const error = await failureOf(connect());
    expect(error).toBeInstanceOf(DecodeError);
    expect(String(error)).toContain('is "application/json"');
  });

  it("an error before it is an ApiError", async () => {
    server.answer(always(401, { "content-type": "application/json" }, '{"error":"x"}'));
    expect(await failureOf(connect())).toMatchObject({
      name: "ApiError",
      status: 401,
      body: { error: "x" },
    });
  });
});
