import { describe, expect, it } from "vitest";
import { ClientError, ConnectionError, DecodeError } from "../../templates/runtime/errors.js";
import {
  eventStream,
  type EventStream,
  type ServerSentEvent,
} from "../../templates/runtime/event-stream.js";
import type { CallOptions, Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer } from "./support/server.js";

const server = useServer();
const STREAM_TYPE = { "content-type": "text/event-stream; charset=utf-8" };

interface StreamResponses {
  200: EventStream;
}

/** Opens a stream whose bytes come in these pieces. */
async function open(pieces: Iterable<Uint8Array>, options?: CallOptions): Promise<EventStream> {
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
  return api.call<StreamResponses>({ response: eventStream, accept: "text/event-stream" }, options);
}

async function all(stream: EventStream): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

const event = (data: string, others: Partial<ServerSentEvent> = {}) => ({
  event: "message",
  data,
  id: "",
  ...others,
});

const STREAMS: readonly { what: string; text: string; events: ServerSentEvent[] }[] = [
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

  it("keeps what a new connection needs", async () => {
    const stream = await open([
      new TextEncoder().encode("retry: 100\nid: a\ndata: x\n\nretry: 1s\n\n"),
    ]);
    await all(stream);
    expect([stream.lastEventId, stream.retry]).toEqual(["a", 100]);
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

  it("many small events are no long one", async () => {
    const piece = new TextEncoder().encode(`data: ${"x".repeat(65_536)}\n\n`);
    const events = await all(await open(Array.from({ length: 200 }, () => piece)));
    expect(events).toHaveLength(200);
  });
});

describe("a stream of a server", () => {
  function connect(options?: CallOptions) {
    return new TestApi({ baseUrl: server.url, timeout: 500 }).call<StreamResponses>(
      { response: eventStream, accept: "text/event-stream" },
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
      for await (const { data } of stream) {
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
      for await (const { data } of await connect()) seen.push(data);
    })();
    expect(await failureOf(reading)).toBeInstanceOf(ConnectionError);
    expect(seen).toEqual(["a"]);
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
