import {
  containing,
  goodHead,
  reply,
  such,
  type Kind,
  type Answers,
  type Row,
} from "./support/row.js";

const DECODE: readonly Kind[] = ["json", "upload"];
const UNDECODABLE = { name: "DecodeError", status: 200 };

const json =
  (body: string | Buffer, type = "application/json"): Answers =>
  () =>
    reply(200, body, { "content-type": type });

/** A stream whose pieces come one by one. */
const stream =
  (...pieces: readonly string[]): Answers =>
  () =>
  (socket) => {
    socket.setNoDelay(true);
    socket.write(goodHead("events"));
    const next = (index: number): void => {
      const piece = pieces[index];
      if (piece === undefined) socket.end();
      else socket.write(piece, () => setTimeout(next, 2, index + 1));
    };
    next(0);
  };

const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

/** How deep arrays are in each other. */
function depthOf(value: unknown): number {
  let depth = 0;
  for (let at = value; Array.isArray(at); at = (at as unknown[])[0]) depth += 1;
  return depth;
}

/** What is in the body. */
export const BODY: readonly Row[] = [
  { fault: "malformed JSON", kinds: DECODE, answer: json("{ok}"), want: { error: UNDECODABLE } },
  { fault: "truncated JSON", kinds: DECODE, answer: json('{"a":'), want: { error: UNDECODABLE } },
  { fault: "JSON with BOM", kinds: DECODE, answer: json("\uFEFF[1]"), want: { value: [1] } },
  {
    fault: "wrong charset",
    variant: "latin1, which is told",
    kinds: DECODE,
    answer: json(Buffer.from('"ä"', "latin1"), "application/json; charset=latin1"),
    want: { value: "ä" },
  },
  {
    fault: "wrong charset",
    variant: "latin1, which is not told",
    kinds: DECODE,
    answer: json(Buffer.from('"ä"', "latin1")),
    want: { error: UNDECODABLE },
  },
  {
    fault: "wrong charset",
    variant: "utf-16, which is told",
    kinds: DECODE,
    answer: json(Buffer.from('"ä"', "utf16le"), "application/json; charset=utf-16le"),
    want: { value: "ä" },
  },
  {
    fault: "wrong charset",
    variant: "utf-16, which is not told",
    kinds: DECODE,
    answer: json(Buffer.from('"ä"', "utf16le")),
    want: { error: UNDECODABLE },
  },
  {
    fault: "wrong charset",
    variant: "one that does not exist",
    kinds: DECODE,
    answer: json("{}", "application/json; charset=klingon"),
    want: { error: UNDECODABLE },
  },
  {
    fault: "wrong content type",
    kinds: DECODE,
    answer: json("{}", "text/plain"),
    want: { error: UNDECODABLE },
  },
  {
    fault: "wrong content type",
    variant: "events",
    kinds: ["events"],
    answer: json("{}"),
    want: { error: UNDECODABLE },
  },
  { fault: "missing content type", kinds: DECODE, answer: json("[1]", ""), want: { value: [1] } },
  {
    fault: "duplicate keys",
    kinds: DECODE,
    answer: json('{"a":1,"a":2}'),
    want: { value: { a: 2 } },
  },
  {
    fault: "`__proto__` key",
    kinds: DECODE,
    answer: json('{"__proto__":{"polluted":1},"constructor":2}'),
    want: {
      value: such(
        (value: object) =>
          !("polluted" in value) &&
          Object.getPrototypeOf(value) === Object.prototype &&
          Object.keys(value).join() === "__proto__,constructor",
      ),
    },
  },
  {
    fault: "10,000 nested arrays",
    answer: json(deep),
    want: { value: such((value) => depthOf(value) === 10_000) },
  },
  { fault: "2^53+1 integers", answer: json("9007199254740993"), want: { value: 2 ** 53 } },
  { fault: "1e400", answer: json("1e400"), want: { value: Infinity } },
  { fault: "lone surrogates", answer: json('"\\ud800"'), want: { value: "\ud800" } },
  {
    fault: "1 GB stream",
    variant: "of text: read to the limit, not to the end",
    kinds: ["json", "text", "upload"],
    answer:
      ({ kind }) =>
      (socket) => {
        socket.write(goodHead(kind));
        const chunk = Buffer.alloc(1_000_000, " ");
        const more = (): void => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on("drain", more);
        more();
      },
    client: () => ({ bodyLimit: 5_000_000 }),
    want: { error: { ...UNDECODABLE, message: containing("than 5000000 bytes") } },
  },
  {
    fault: "NDJSON without newline",
    variant: "is no JSON",
    answer: json("{}\n{}", "application/json"),
    want: { error: UNDECODABLE },
  },
  {
    fault: "SSE with mixed line ends",
    kinds: ["events"],
    answer: stream("data: 1\r\n\r\ndata: 2\n\ndata: 3\r\rdata: 4\r\n\r"),
    want: { value: ["1", "2", "3", "4"] },
  },
  {
    fault: "SSE split in every position",
    kinds: ["events"],
    answer: stream(...Array.from("id: 1\r\ndata: a\r\ndata: b\r\n\r\n: c\n\ndata: d\n\n")),
    want: { value: ["a\nb", "d"] },
  },
  {
    fault: "SSE without a final blank line",
    kinds: ["events"],
    answer: stream("data: 1\n\ndata: 2\n"),
    want: { value: ["1"] },
  },
  {
    fault: "SSE error event",
    variant: "is an event like others",
    kinds: ["events"],
    answer: stream("event: error\ndata: {}\n\n"),
    want: { value: ["{}"] },
  },
  {
    fault: "SSE 256 KiB in 1-byte chunks",
    variant: "as `fetch` gives them",
    kinds: ["events"],
    client: () => ({ fetch: () => Promise.resolve(inBytes(`data: ${"x".repeat(2 ** 18)}\n\n`)) }),
    want: { value: ["x".repeat(2 ** 18)], requests: 0 },
  },
];

/** An event stream of which each byte is a chunk. */
function inBytes(text: string): Response {
  const bytes = Buffer.from(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      for (let left = 1_000; left > 0 && at < bytes.length; left -= 1, at += 1) {
        controller.enqueue(bytes.subarray(at, at + 1));
      }
      if (at === bytes.length) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
