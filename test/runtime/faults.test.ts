import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import {
  ConfigurationError,
  ConnectionError,
  DecodeError,
} from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { useRawServer } from "./support/raw-server.js";
import { asJson } from "../../templates/runtime/as-json.js";
import { asText } from "../../templates/runtime/as-text.js";
import { asBlob } from "../../templates/runtime/as-blob.js";

const server = useRawServer();
const HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

function call(own: Partial<Call> = {}, baseUrl = server.url) {
  return new TestApi({ baseUrl }).call(own);
}

const write = (text: string | Buffer) => (socket: Socket) => void socket.end(text);

describe("no complete answer", () => {
  it.each<{ what: string; answer: (socket: Socket) => void; code?: string }>([
    {
      what: "reset before the head",
      answer: (socket) => socket.resetAndDestroy(),
      code: "ECONNRESET",
    },
    { what: "closed before the head", answer: write(""), code: "UND_ERR_SOCKET" },
    { what: "closed in the head", answer: write(HEAD), code: "UND_ERR_SOCKET" },
    { what: "garbage", answer: write("SSH-2.0-OpenSSH\r\n\r\n") },
    { what: "a head without end", answer: write(`${HEAD}X: ${"y".repeat(100_000)}\r\n\r\n{}`) },
    {
      what: "a short body",
      answer: write(`${HEAD}Content-Length: 10\r\n\r\n{}`),
      code: "UND_ERR_SOCKET",
    },
    {
      what: "half a chunked body",
      answer: write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a"`),
    },
    {
      what: "no final chunk",
      answer: write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`),
    },
    {
      what: "broken gzip",
      answer: write(`${HEAD}Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd`),
    },
    {
      what: "reset in the body",
      answer: (socket) =>
        void socket.write(`${HEAD}Content-Length: 10\r\n\r\n{}`, () =>
          setTimeout(() => socket.resetAndDestroy(), 20),
        ),
    },
  ])("$what", async ({ answer, code }) => {
    server.answer(answer);
    for (const response of [asJson, asText, asBlob]) {
      const error = await failureOf(call({ response }));
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ name: "ConnectionError", operation: { operationId: "op" } });
      expect(String(error)).toContain("op: GET /x got no complete answer");
      if (code !== undefined) expect(error).toMatchObject({ code });
      expect(await failureOf(call({ response }).result())).toBeInstanceOf(ConnectionError);
    }
  });

  it("in the body of an error", async () => {
    server.answer(write("HTTP/1.1 500 No\r\nContent-Length: 10\r\n\r\n{}"));
    expect(await failureOf(call().result())).toBeInstanceOf(ConnectionError);
    expect((await call().asResponse()).status).toBe(500);
  });

  it.each([
    { what: "refused", url: "http://127.0.0.1:2", code: "ECONNREFUSED" },
    { what: "no such host", url: "http://nowhere.invalid", code: /^(ENOTFOUND|EAI_AGAIN)$/ },
    { what: "a port that fetch blocks", url: "http://127.0.0.1:6000", code: undefined },
  ])("$what", async ({ url, code }) => {
    const error = (await failureOf(call({}, url))) as ConnectionError;
    expect(error).toBeInstanceOf(ConnectionError);
    if (code === undefined) expect(error.code).toBeUndefined();
    else expect(error.code).toMatch(code);
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe("a fetch that is none", () => {
  const withFetch = (fetch: unknown) =>
    new TestApi({ baseUrl: "https://a.test", fetch: fetch as Fetch });

  it.each([
    { what: "nothing", given: undefined },
    { what: "null", given: null },
    { what: "text", given: "{}" },
    { what: "a stub", given: { ok: true, json: async () => Promise.resolve({}) } },
    { what: "a stub with a status", given: { ok: true, status: 200, body: null } },
    { what: "a stub with headers", given: { status: 200, headers: {}, body: null } },
    {
      what: "a stream of Node.js",
      given: { status: 200, headers: new Headers(), body: { on: 1 } },
    },
    { what: "no body", given: { status: 200, headers: new Headers() } },
  ])("it gives $what", async ({ given }) => {
    for (const body of [undefined, json({})]) {
      const api = withFetch(async () => Promise.resolve(given));
      const error = await failureOf(api.call({ method: body ? "POST" : "GET", body }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("`fetch` gave something that is no Response");
    }
  });

  it("a response of another class will do", async () => {
    const { status, headers, body } = Response.json({ a: 1 });
    const api = withFetch(async () => Promise.resolve({ status, headers, body }));
    expect(await api.call()).toEqual({ a: 1 });
  });

  it.each([undefined, null, 42])("there is none (%s)", async (none) => {
    const platform = globalThis.fetch;
    globalThis.fetch = none as unknown as typeof fetch;
    try {
      const error = await failureOf(new TestApi({ baseUrl: "https://a.test" }).call());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("there is no `fetch` here");
    } finally {
      globalThis.fetch = platform;
    }
  });
});

describe("answers that can be read", () => {
  it.each([
    {
      what: "gzip",
      text: Buffer.concat([
        Buffer.from(`${HEAD}Content-Encoding: gzip\r\n\r\n`),
        gzipSync('{"a":1}'),
      ]),
    },
    { what: "without a length", text: `${HEAD}\r\n{"a":1}` },
    { what: "after 103", text: `HTTP/1.1 103 Early Hints\r\n\r\n${HEAD}\r\n{"a":1}` },
  ])("$what", async ({ text }) => {
    server.answer(write(text));
    expect(await call()).toEqual({ a: 1 });
  });

  it("cut off without a length: only the decoder can tell", async () => {
    server.answer(write(`${HEAD}\r\n{"a":`));
    expect(await failureOf(call())).toBeInstanceOf(DecodeError);
  });

  it.each([600, 999])("status %i", async (status) => {
    server.answer(write(`HTTP/1.1 ${status} Odd\r\nContent-Length: 0\r\n\r\n`));
    expect(await failureOf(call())).toMatchObject({ name: "ApiError", status });
  });
});
