import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { ConnectionError, DecodeError } from "../../templates/runtime/errors.js";
import { createFake } from "../../templates/runtime/fake.js";
import { int64Items } from "../../templates/runtime/int64-items.js";
import {
  jsonStream,
  type JsonStream,
  type JsonStreamFormat,
  type JsonStreamOptions,
} from "../../templates/runtime/json-stream.js";
import type { CallOptions, Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { Pets } from "./support/fake-client.js";
import { always, useServer } from "./support/server.js";
import { SECRET, traces } from "./support/traces.js";

const server = useServer();
const LINES = { "content-type": "application/x-ndjson; charset=utf-8" };
const SEQ = { "content-type": "application/json-seq" };
const RS = "\x1e";

interface StreamResponses {
  200: JsonStream;
}

interface Opening {
  readonly headers?: Record<string, string>;
  readonly options?: CallOptions;
  readonly format?: JsonStreamFormat;
}

/** Opens a stream whose bytes come in these pieces. */
async function open(
  pieces: Iterable<Uint8Array>,
  { headers = LINES, options, format }: Opening = {},
): Promise<JsonStream> {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const fetch: Fetch = async () => Promise.resolve(new Response(body, { headers }));
  const api = new TestApi({ baseUrl: "https://a.test", fetch });
  return api.call<StreamResponses>({ response: jsonStream(format) }, options);
}

function opened(text: string, opening?: Opening): Promise<JsonStream> {
  return open([new TextEncoder().encode(text)], opening);
}

/** Opens what the server has. */
function ask(options?: CallOptions): Promise<JsonStream> {
  const api = new TestApi({ baseUrl: server.url });
  return api.call<StreamResponses>({ response: jsonStream() }, options).then();
}

async function all(stream: JsonStream, options?: JsonStreamOptions): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream.items(options)) items.push(item);
  return items;
}

const STREAMS = [
  { what: "lines", text: '{"a":1}\n{"a":2}\n', items: [{ a: 1 }, { a: 2 }] },
  { what: "no line end behind the last", text: "1\n2", items: [1, 2] },
  { what: "carriage returns before line ends", text: "1\r\n2\r\n", items: [1, 2] },
  { what: "empty lines", text: "\n1\n\n \t\r\n2\n\n", items: [1, 2] },
  { what: "a byte order mark", text: '\ufeff"a"\n', items: ["a"] },
  { what: "characters of several bytes", text: '"é€😀"\n"b"\n', items: ["é€😀", "b"] },
  { what: "line separators in strings", text: '"a\u2028b"\n', items: ["a\u2028b"] },
  {
    what: "every kind of value",
    text: 'null\ntrue\n[]\n""\n-1e2\n',
    items: [null, true, [], "", -100],
  },
  {
    what: "names of Object.prototype",
    text: '{"__proto__":1}\n',
    items: [JSON.parse('{"__proto__":1}')],
  },
  { what: "nothing", text: "", items: [] },
];

const SEQUENCES = [
  { what: "texts", text: `${RS}{"a":1}\n${RS}{"a":2}\n`, items: [{ a: 1 }, { a: 2 }] },
  { what: "line ends in texts", text: `${RS}{\n"a":\n1}\n${RS}[\n]\n`, items: [{ a: 1 }, []] },
  { what: "separators in a row", text: `${RS}${RS}1\n${RS}\n${RS}2\n`, items: [1, 2] },
  { what: "no separator before the first", text: `1\n${RS}2\n`, items: [1, 2] },
  {
    what: "a last text whose end is told by itself",
    text: `${RS}"a"${RS}{}${RS}[]`,
    items: ["a", {}, []],
  },
  { what: "nothing", text: "", items: [] },
];

describe.each([
  { format: "lines", headers: LINES, rows: STREAMS },
  { format: "texts", headers: SEQ, rows: SEQUENCES },
])("items in $format, cut anywhere", ({ headers, rows }) => {
  it.each(rows)("$what", async ({ text, items }) => {
    const bytes = new TextEncoder().encode(text);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
      expect(await all(await open(pieces, { headers }))).toEqual(items);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await all(await open(single, { headers }))).toEqual(items);
  });
});

describe("media types", () => {
  it.each([
    "application/jsonl",
    "application/x-ndjson",
    "application/x-jsonlines",
    "application/vnd.a+jsonl; charset=UTF-8",
    "Application/NDJSON",
  ])("%s is in lines", async (type) => {
    expect(await all(await opened("1\n2\n", { headers: { "content-type": type } }))).toEqual([
      1, 2,
    ]);
  });

  it("application/geo+json-seq is not", async () => {
    const headers = { "content-type": "application/geo+json-seq" };
    expect(await all(await opened(`${RS}1\n`, { headers }))).toEqual([1]);
  });

  it.each(["application/json", "text/html", ""])("%j is none", async (type) => {
    const failure = await failureOf(opened("1\n", { headers: { "content-type": type } }));
    expect(failure).toBeInstanceOf(DecodeError);
    expect(String(failure)).toContain(JSON.stringify(type));
  });

  it("an encoding is obeyed", async () => {
    const headers = { "content-type": "application/jsonl; charset=iso-8859-1" };
    expect(await all(await open([Uint8Array.of(34, 233, 34)], { headers }))).toEqual(["é"]);
    const odd = { "content-type": "application/jsonl; charset=none" };
    expect(await failureOf(opened("1", { headers: odd }))).toBeInstanceOf(DecodeError);
  });
});

describe("an item that cannot be decoded", () => {
  it.each([
    { what: "no JSON", text: `1\n{"a":${SECRET}}\n3\n`, headers: LINES, problem: "is not JSON" },
    { what: "cut off", text: '1\n{"a":\n3\n', headers: LINES, problem: "is not JSON" },
    { what: "no JSON", text: `${RS}1\n${RS}{"a"]${RS}3\n`, headers: SEQ, problem: "is not JSON" },
    { what: "cut off", text: `${RS}1\n${RS}{"a":${RS}3\n`, headers: SEQ, problem: "is cut off" },
    {
      what: "a number without its end",
      text: `${RS}1\n${RS}2${RS}3\n`,
      headers: SEQ,
      problem: "is cut off",
    },
    {
      what: "a word without its end",
      text: `${RS}1\n${RS}null${RS}3\n`,
      headers: SEQ,
      problem: "is cut off",
    },
  ])("$what: ends the stream, or is skipped", async ({ text, headers, problem }) => {
    const failure = await failureOf(all(await opened(text, { headers })));
    expect(failure).toBeInstanceOf(DecodeError);
    expect(String(failure)).toContain(`has an item that ${problem}`);
    expect(traces(failure)).not.toContain(SECRET);
    const skipped: unknown[] = [];
    const onDecodeError = (error: unknown): void => void skipped.push(error);
    expect(await all(await opened(text, { headers }), { onDecodeError })).toEqual([1, 3]);
    expect(skipped).toHaveLength(1);
  });

  it("bytes that are no text end the stream", async () => {
    const failure = await failureOf(all(await open([Uint8Array.of(34, 255, 34, 10)])));
    expect(failure).toBeInstanceOf(DecodeError);
  });

  it("64-bit integers keep their digits, or are told of", async () => {
    const parse = int64Items("string", { properties: { id: "int64" } });
    const format = { parse };
    const items = await all(await opened('{"id":9007199254740993,"n":1}\n', { format }));
    expect(items).toEqual([{ id: "9007199254740993", n: 1 }]);
    const failure = await failureOf(all(await opened('{"id":1.5}\n', { format })));
    expect(String(failure)).toContain("has no 64-bit integer at .id");
  });
});

describe("limits", () => {
  it.each([
    { what: "in pieces", pieces: ['"', "x".repeat(60), "x".repeat(60)] },
    { what: "in one piece", pieces: [`"${"x".repeat(120)}"\n`] },
    { what: "without an end", pieces: Array.from({ length: 200 }, () => "x") },
  ])("an item that is too long, $what", async ({ pieces }) => {
    const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
    const failure = await failureOf(all(await open(bytes, { options: { bodyLimit: 100 } })));
    expect(failure).toBeInstanceOf(DecodeError);
    expect(String(failure)).toContain("has an item of more than 100 characters");
  });

  it("8 MiB by default, and no limit to the stream", async () => {
    const line = new TextEncoder().encode(`"${"x".repeat(1_000_000)}"\n`);
    const many = Array.from({ length: 20 }, () => line);
    expect(await all(await open(many))).toHaveLength(20);
    const endless = Array.from({ length: 20 }, () => line.subarray(0, -2));
    const failure = await failureOf(all(await open(endless)));
    expect(String(failure)).toContain("has an item of more than 8388608 characters");
  });

  it("a long item in single bytes takes linear time", async () => {
    const bytes = new TextEncoder().encode(`"${"x".repeat(200_000)}"\n`);
    const [item] = await all(await open(Array.from(bytes, (byte) => Uint8Array.of(byte))));
    expect(item).toHaveLength(200_000);
  });
});

describe("over a connection", () => {
  /** Answers with a piece, and keeps the connection open. */
  function stay(text: string): { readonly response: Promise<ServerResponse> } {
    let found: (response: ServerResponse) => void;
    const response = new Promise<ServerResponse>((resolve) => (found = resolve));
    server.answer((_request, outgoing) => {
      outgoing.writeHead(200, LINES);
      outgoing.write(text);
      found(outgoing);
    });
    return { response };
  }

  it("gives items as they come, after the timeout of the call", async () => {
    const { response } = stay("1\n");
    const items = (await ask({ timeout: 200 })).items();
    expect((await items.next()).value).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    (await response).end("2\n");
    expect((await items.next()).value).toBe(2);
    expect((await items.next()).done).toBe(true);
  });

  it("leaving the loop closes it", async () => {
    const { response } = stay("1\n2\n");
    for await (const item of await ask()) {
      expect(item).toBe(1);
      break;
    }
    await once(await response, "close");
  });

  it("cancelling ends a loop that waits, without an error", async () => {
    const { response } = stay('1\n{"half');
    const stream = await ask();
    const items = all(stream);
    await response;
    setTimeout(() => void stream.cancel(), 50);
    expect(await items).toEqual([1]);
    await once(await response, "close");
  });

  it("the signal ends it with its reason", async () => {
    const { response } = stay("1\n");
    const controller = new AbortController();
    const stream = await ask({ signal: controller.signal });
    const reason = new Error("enough");
    setTimeout(() => {
      controller.abort(reason);
    }, 50);
    expect(await failureOf(all(stream))).toBe(reason);
    await once(await response, "close");
  });

  it("the signal ends it even if `fetch` does not obey", async () => {
    const body = new ReadableStream<Uint8Array>({});
    const fetch: Fetch = () => Promise.resolve(new Response(body, { headers: LINES }));
    const controller = new AbortController();
    const api = new TestApi({ baseUrl: "https://a.test", fetch });
    const stream = await api.call<StreamResponses>(
      { response: jsonStream() },
      { signal: controller.signal },
    );
    setTimeout(() => {
      controller.abort("enough");
    }, 50);
    expect(await failureOf(all(stream))).toBe("enough");
  });

  it("a break is a ConnectionError, after the items that came", async () => {
    const { response } = stay("1\n2\n");
    const stream = await ask();
    const items: unknown[] = [];
    const reading = failureOf(
      (async () => {
        for await (const item of stream) items.push(item);
      })(),
    );
    setTimeout(() => void response.then((outgoing) => outgoing.destroy()), 50);
    expect(await reading).toBeInstanceOf(ConnectionError);
    expect(items).toEqual([1, 2]);
  });

  it("silence is a ConnectionError, if it is not to be", async () => {
    stay("1\n");
    const failure = await failureOf(all(await ask(), { heartbeat: 50 }));
    expect(failure).toBeInstanceOf(ConnectionError);
  });

  it("no answer has no items", async () => {
    server.answer(always(204));
    expect(await all(await ask())).toEqual([]);
  });

  it("an error is what it is for any call", async () => {
    server.answer(always(400, { "content-type": "application/json" }, '{"code":"no"}'));
    expect(await failureOf(ask())).toMatchObject({ status: 400, body: { code: "no" } });
  });

  it("can be read once", async () => {
    server.answer(always(200, LINES, "1\n"));
    const stream = await ask();
    expect(await all(stream)).toEqual([1]);
    expect(await failureOf(all(stream))).toBeInstanceOf(DecodeError);
  });
});

describe("a fake", () => {
  it.each(["application/jsonl", "application/json-seq"])("streams items as %s", async (accept) => {
    const { client } = createFake(Pets, { request: () => [{ a: 1 }, "b"] });
    const stream = await client.request<JsonStream>({
      method: "GET",
      path: "/x",
      accept,
      response: jsonStream(),
    });
    expect(await all(stream)).toEqual([{ a: 1 }, "b"]);
  });
});
