import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Answer } from "./support/fault-server.js";
import {
  ALL,
  ANSWERS,
  containing,
  BODIES,
  givesUp,
  goodHead,
  raw,
  reply,
  type Kind,
  type Place,
  type Row,
  type Want,
} from "./support/row.js";

const LOST = { name: "ConnectionError" };
const UNDECODABLE = { name: "DecodeError", status: 200 };

/** Where it is said that the connection closes, Node.js takes the end of it for the end of a body in chunks. */
const OPEN = { connection: "keep-alive" };

const value = (kind: Kind): Want => ({ value: ANSWERS[kind].value });

/** The messages themselves are not as RFC 9112 has them. */
export const FRAMING: readonly Row[] = [
  {
    fault: "truncated Content-Length",
    kinds: BODIES,
    answer: ({ kind }) => raw(goodHead(kind, { ...OPEN, "content-length": 10 }), "{}"),
    want: givesUp({ ...LOST, code: "UND_ERR_SOCKET" }),
  },
  {
    fault: "truncated Content-Length",
    variant: "of an error",
    kinds: BODIES,
    answer: () => raw("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\n{}"),
    want: givesUp(LOST),
  },
  {
    fault: "longer than Content-Length",
    kinds: BODIES,
    answer: ({ kind }: Place): Answer => {
      const { body } = ANSWERS[kind];
      return raw(goodHead(kind, { "content-length": body.length }), body, "more");
    },
    want: value,
  },
  {
    fault: "truncated chunked",
    kinds: BODIES,
    answer: ({ kind }) =>
      raw(goodHead(kind, { ...OPEN, "transfer-encoding": "chunked" }), '5\r\n{"a"'),
    want: givesUp(LOST),
  },
  {
    fault: "missing final chunk",
    kinds: BODIES,
    answer: ({ kind }) =>
      raw(goodHead(kind, { ...OPEN, "transfer-encoding": "chunked" }), "2\r\n{}\r\n"),
    want: givesUp(LOST),
  },
  {
    fault: "no length + early EOF",
    variant: "only the decoder can tell",
    kinds: ["json", "upload"],
    answer: ({ kind }) => raw(goodHead(kind), '{"ok":'),
    want: { error: UNDECODABLE },
  },
  {
    fault: "no length + early EOF",
    variant: "nobody can tell",
    kinds: ["text", "binary"],
    answer: ({ kind }) => raw(goodHead(kind), "o"),
    want: { value: "o" },
  },
  {
    fault: "no length + early EOF",
    variant: "or just the end",
    kinds: ALL,
    answer: ({ kind }) => raw(goodHead(kind), ANSWERS[kind].body),
    want: value,
  },
  {
    fault: "duplicate Content-Length",
    kinds: ALL,
    answer: ({ kind }) => raw(goodHead(kind, { "content-length": "2\r\nContent-Length: 3" }), "{}"),
    want: givesUp(LOST),
  },
  {
    fault: "garbage instead of HTTP",
    kinds: ALL,
    answer: () => raw("SSH-2.0-OpenSSH\r\n\r\n"),
    want: givesUp(LOST),
  },
  {
    fault: "100/103 first",
    variant: "103",
    kinds: ALL,
    answer: ({ kind }) =>
      raw("HTTP/1.1 103 Early Hints\r\n\r\n", goodHead(kind), ANSWERS[kind].body),
    want: value,
  },
  {
    fault: "100/103 first",
    variant: "100, which nobody asked for",
    kinds: ALL,
    answer: ({ kind }) => raw("HTTP/1.1 100 Continue\r\n\r\n", goodHead(kind), ANSWERS[kind].body),
    want: givesUp(LOST),
  },
  {
    fault: "headers > 16 kB",
    kinds: ALL,
    answer: ({ kind }) => raw(goodHead(kind, { x: "y".repeat(100_000) })),
    want: givesUp(LOST),
  },
  {
    fault: "10,000 headers",
    kinds: ALL,
    answer: ({ kind }) =>
      raw(
        goodHead(kind, Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`x${n}`, n]))),
      ),
    want: givesUp(LOST),
  },
  {
    fault: "NUL in header",
    kinds: ALL,
    answer: ({ kind }) => raw(goodHead(kind, { x: "a\0b" })),
    want: givesUp(LOST),
  },
  {
    fault: "bad gzip/br",
    variant: "gzip",
    kinds: BODIES,
    answer: ({ kind }) =>
      raw(goodHead(kind, { ...OPEN, "content-encoding": "gzip", "content-length": 7 }), "no gzip"),
    want: givesUp({ ...LOST, code: "Z_DATA_ERROR" }),
  },
  {
    fault: "bad gzip/br",
    variant: "gzip, cut off",
    kinds: ["json", "upload"],
    answer: ({ kind }: Place): Answer => {
      const whole = gzipSync(JSON.stringify("x".repeat(1_000)));
      return raw(goodHead(kind, { "content-encoding": "gzip" }), whole.subarray(0, 20));
    },
    want: { error: UNDECODABLE },
  },
  {
    fault: "bad gzip/br",
    variant: "br",
    kinds: BODIES,
    answer: ({ kind }) =>
      raw(goodHead(kind, { ...OPEN, "content-encoding": "br", "content-length": 9 }), "no brotli"),
    want: givesUp(LOST),
  },
  {
    fault: "bad gzip/br",
    variant: "good ones",
    kinds: BODIES,
    answer: ({ kind }: Place): Answer => {
      const bytes = brotliCompressSync(gzipSync(ANSWERS[kind].body));
      return raw(goodHead(kind, { "content-encoding": "gzip, br" }), bytes);
    },
    want: value,
  },
  {
    fault: "unknown encoding",
    variant: "is passed through by the platform",
    kinds: ["json", "upload"],
    answer: ({ kind }) => raw(goodHead(kind, { "content-encoding": "zstd-x" }), "\x28\xb5\x2f"),
    want: { error: UNDECODABLE },
  },
  {
    fault: "zip bomb",
    variant: "60 MB of 60 kB: more than a body may have",
    kinds: ["json", "text", "upload"],
    answer: ({ kind }) =>
      raw(goodHead(kind, { "content-encoding": "gzip" }), gzipSync(Buffer.alloc(60_000_000, " "))),
    want: {
      error: { ...UNDECODABLE, message: containing("longer than 50000000 bytes") },
    },
  },
  {
    fault: "zip bomb",
    variant: "of an error",
    answer: () =>
      reply(500, gzipSync(Buffer.alloc(60_000_000, " ")), {
        "content-encoding": "gzip",
        "content-type": "text/plain",
      }),
    want: { error: { name: "ApiError", status: 500, body: " ".repeat(1_000_000) } },
  },
];
