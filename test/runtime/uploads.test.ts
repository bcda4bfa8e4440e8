import { openAsBlob } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { binary } from "../../templates/runtime/binary.js";
import { unkept } from "../../templates/runtime/byte-stream.js";
import { ConfigurationError, ConnectionError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { Middleware } from "../../templates/runtime/middleware.js";
import { multipart } from "../../templates/runtime/multipart.js";
import { streamBody } from "../../templates/runtime/stream-body.js";
import { streamPart } from "../../templates/runtime/stream-part.js";
import { deepObject } from "../../templates/runtime/styles.js";
import { failureOf, TestApi } from "./support/api.js";
import { partsOf } from "./support/multipart.js";
import { always, useServer } from "./support/server.js";

const server = useServer();
const BYTES = Uint8Array.from([0, 255, 13, 10, 45, 45, 128]);

/** A stream, and what becomes of it. */
function source(...chunks: Uint8Array[]) {
  const state = { cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { stream, state };
}

async function post(body: ReturnType<typeof json>, options = {}) {
  await new TestApi({ baseUrl: server.url }).call({ method: "POST", body }, options);
  return server.request;
}

describe("a stream as a part of a multipart body", () => {
  const file = () => streamPart(source(BYTES, BYTES).stream, { name: "a.mp4", type: "video/mp4" });
  const FILE = { fileName: "a.mp4", type: "video/mp4", body: Buffer.concat([BYTES, BYTES]) };

  it("is sent beside all other kinds of parts, which are as they always are", async () => {
    const request = await post(
      multipart({
        file: file(),
        text: "é\na",
        list: [1, file()],
        object: { a: [1] },
        blob: new Blob([BYTES], { type: "image/gif" }),
        named: new File([BYTES], "ä.bin"),
        bytes: BYTES,
        nothing: undefined,
      }),
    );
    expect(partsOf(request)).toEqual([
      { name: "file", ...FILE },
      { name: "text", body: Buffer.from("é\r\na") },
      { name: "list", body: Buffer.from("1") },
      { name: "list", ...FILE },
      { name: "object", body: Buffer.from('{"a":[1]}') },
      { name: "blob", fileName: "blob", type: "image/gif", body: Buffer.from(BYTES) },
      {
        name: "named",
        fileName: "ä.bin",
        type: "application/octet-stream",
        body: Buffer.from(BYTES),
      },
      {
        name: "bytes",
        fileName: "blob",
        type: "application/octet-stream",
        body: Buffer.from(BYTES),
      },
    ]);
    expect(request.headers).toMatchObject({ "transfer-encoding": "chunked" });
  });

  it("may stand deep in a value", async () => {
    const body = multipart({ tasks: [{ options: { file: file() } }] }, { tasks: deepObject });
    expect(partsOf(await post(body))).toEqual([{ name: "tasks[0][options][file]", ...FILE }]);
  });

  it.each([
    { what: "quotes", name: 'a"; filename="x', sent: "a%22; filename=%22x" },
    { what: "line ends", name: "a\r\nX-Evil: 1\n\r", sent: "a%0D%0AX-Evil: 1%0A%0D" },
    { what: "other letters", name: "ä\u2028.mp4", sent: "ä\u2028.mp4" },
  ])("cannot break out of its header with $what in its name", async ({ name, sent }) => {
    const body = multipart({ file: streamPart(source(BYTES).stream, { name }) });
    expect(partsOf(await post(body))[0]).toMatchObject({ fileName: sent });
  });

  it("has a name of its field that cannot break out either", async () => {
    const request = await post(multipart({ 'a"\nb': file() }));
    expect(request.body.toString()).toContain('; name="a%22%0D%0Ab"; filename="a.mp4"\r\n');
  });

  it.each(["", "video", "video/mp4\r\nX-Evil: 1", "video/mp4\n", "a/b;c=\u00e4", "/"])(
    "cannot have the type %j",
    (type) => {
      expect(() => streamPart(source().stream, { name: "a", type })).toThrow(TypeError);
    },
  );

  it("has another boundary each time", async () => {
    const types = new Set<unknown>();
    const api = new TestApi({ baseUrl: server.url });
    for (let left = 5; left > 0; left -= 1) {
      await api.call({ method: "POST", body: multipart({ file: file() }) });
    }
    for (const { headers } of server.requests) types.add(headers["content-type"]);
    expect(types.size).toBe(5);
  });

  it("is sent once, whatever the answer and however often one may try", async () => {
    server.answer(always(503, { "retry-after": "0" }));
    const api = new TestApi({ baseUrl: server.url, retry: 5 });
    const call = { method: "PUT", body: multipart({ file: file() }) };
    const result = await api.call(call).result();
    expect(result.status).toBe(503);
    expect(server.requests).toHaveLength(1);
  });

  it("is refused where the whole body is JSON, or a part of it", async () => {
    for (const body of [json({ file: file() }), multipart({ options: { file: file() } })]) {
      const api = new TestApi({ baseUrl: server.url });
      const error = await failureOf(api.call({ method: "POST", body }));
      expect(error).toBeInstanceOf(ConfigurationError);
    }
    expect(() => {
      new FormData().append("file", file() as unknown as string);
    }).toThrow(TypeError);
  });

  it("that breaks off fails the call and gives up the other streams", async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(Object.assign(new Error("gone"), { code: "ENOENT" }));
      },
    });
    const other = source(BYTES);
    const body = multipart({
      one: streamPart(broken, { name: "a" }),
      other: streamPart(other.stream, { name: "b" }),
    });
    const api = new TestApi({ baseUrl: server.url });
    const error = await failureOf(api.call({ method: "POST", body }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect((error as ConnectionError).code).toBe("ENOENT");
    expect(other.state.cancelled).toBe(true);
  });

  it("is given up when the call is aborted, even while it keeps everybody waiting", async () => {
    const cancelled = vi.fn();
    const stalled = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => undefined),
      cancel: cancelled,
    });
    const controller = new AbortController();
    const api = new TestApi({ baseUrl: server.url });
    const body = multipart({ file: streamPart(stalled, { name: "a" }) });
    const call = failureOf(api.call({ method: "POST", body }, { signal: controller.signal }));
    setTimeout(() => {
      controller.abort(new Error("enough"));
    }, 50);
    expect(await call).toEqual(new Error("enough"));
    await vi.waitFor(() => {
      expect(cancelled).toHaveBeenCalledOnce();
    });
  });
});

describe("streamBody", () => {
  const options = { middleware: [streamBody] };

  it.each([
    { what: "a form", body: () => multipart({ a: "b", file: new Blob([BYTES]) }) },
    { what: "bytes", body: () => binary(BYTES) },
    { what: "a Blob of a type", body: () => binary(new Blob([BYTES], { type: "image/png" })) },
  ])("lets a middleware around it send $what once more", async ({ body }) => {
    const twice: Middleware = async (_context, next) => {
      await (await next()).body?.cancel();
      return next();
    };
    const api = new TestApi({ baseUrl: server.url, middleware: [twice, streamBody] });
    await api.call({ method: "POST", body: body() });
    const [first, second] = server.requests.map((request) => ({
      ...request,
      parts: request.headers["content-type"]?.includes("boundary") === true && partsOf(request),
    }));
    expect(second?.headers["content-length"]).toBe(first?.headers["content-length"]);
    expect(second?.parts).toEqual(first?.parts);
    if (first?.parts === false) expect(second?.body).toEqual(first.body);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    { what: "bytes", body: () => binary(BYTES) },
    { what: "a Blob", body: () => binary(new Blob([BYTES])) },
    { what: "a stream", body: () => binary(source(BYTES).stream), isUnsized: true },
    { what: "JSON", body: () => json({ a: "é" }) },
    { what: "empty bytes", body: () => binary(new Uint8Array(0)) },
    { what: "nothing", body: () => undefined },
  ])("changes nothing about $what but how it is sent", async ({ body, isUnsized }) => {
    const api = new TestApi({ baseUrl: server.url });
    await api.call({ method: "POST", body: body() });
    await api.call({ method: "POST", body: body() }, options);
    const [plain, streamed] = server.requests;
    expect(streamed?.body).toEqual(plain?.body);
    expect(streamed?.headers["content-type"]).toBe(plain?.headers["content-type"]);
    expect(streamed?.headers["content-length"]).toBe(plain?.headers["content-length"]);
    expect(streamed?.headers["content-length"] === undefined).toBe(isUnsized === true);
  });

  it("sends a form as FormData does, with its length", async () => {
    const body = multipart({
      'na"me': "a\nb\r\rc",
      file: new File([BYTES], 'ä"\r\n.bin', { type: "image/png" }),
      bytes: BYTES,
    });
    const api = new TestApi({ baseUrl: server.url });
    await api.call({ method: "POST", body });
    await api.call({ method: "POST", body }, options);
    const [plain, streamed] = server.requests;
    if (plain === undefined || streamed === undefined) throw new Error("no requests");
    const named = (parts: readonly { name: string }[]) => parts.map((part) => ({ ...part }));
    expect(named(partsOf(streamed))).toEqual(named(partsOf(plain)));
    expect(streamed.headers["content-length"]).toBe(String(streamed.body.length));
  });

  it("sends the body again with each attempt", async () => {
    server.answer((_request, response) => {
      response.writeHead(server.requests.length < 3 ? 503 : 204, { "retry-after": "0" }).end();
    });
    const api = new TestApi({ baseUrl: server.url, retry: 5 });
    const body = multipart({ file: new Blob([BYTES]) });
    await api.call({ method: "PUT", body }, options);
    expect(server.requests.map((request) => partsOf(request)[0]?.body)).toEqual(
      [1, 2, 3].map(() => Buffer.from(BYTES)),
    );
  });

  it("leaves the body alone in a browser", async () => {
    class BrowserRequest extends Request {
      override get headers(): Headers {
        return new Headers();
      }
    }
    vi.stubGlobal("Request", BrowserRequest);
    try {
      const bodies: unknown[] = [];
      const fetch = async (_url: string, { body }: RequestInit): Promise<Response> => {
        bodies.push(body);
        return Promise.resolve(Response.json({}));
      };
      const blob = new Blob([BYTES]);
      const api = new TestApi({ baseUrl: server.url, fetch });
      await api.call({ method: "POST", body: binary(blob) }, options);
      expect(bodies).toEqual([blob]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("a stream that is split for a redirect", () => {
  const split = (...chunks: Uint8Array[]) => unkept(source(...chunks).stream).tee();

  it("goes to the half that is read first", async () => {
    for (const index of [0, 1] as const) {
      const halves = split(BYTES);
      const read = await halves[index].getReader().read();
      expect(read).toEqual({ done: false, value: BYTES });
      const other = halves[1 - index]?.getReader();
      await expect(other?.read()).rejects.toThrow(TypeError);
    }
  });

  it("never looks complete when it is not: giving up the other half breaks it off", async () => {
    const [one, other] = split(BYTES, BYTES);
    const reader = one.getReader();
    await reader.read();
    await other.cancel(new Error("enough"));
    expect(await failureOf(reader.read())).toEqual(new Error("enough"));
  });
});

/*
 * Node.js keeps all of a body that it sends, unless it is kept from it: a file would be in memory as a
 * whole by its end. Sent to a server that counts, so that nothing but the client's memory grows.
 */
describe("a file of 400 MB", () => {
  const SIZE = 400_000_000;

  it.each([
    { what: "in a form", body: (file: File) => multipart({ file }) },
    { what: "as the body", body: (file: File) => binary(file) },
    {
      what: "as a stream in a form",
      body: (file: File) => multipart({ file: streamPart(file.stream(), { name: file.name }) }),
    },
  ])(
    "is sent $what with less than 200 MB of memory",
    async ({ body }) => {
      const folder = await mkdtemp(path.join(tmpdir(), "driftline-"));
      let received = 0;
      let buffered = 0;
      const counting = createServer((incoming, response) => {
        incoming.on("data", (chunk: Buffer) => {
          received += chunk.length;
          buffered = Math.max(buffered, process.memoryUsage().arrayBuffers);
        });
        incoming.on("end", () => response.writeHead(204).end());
      });
      try {
        const handle = await open(path.join(folder, "file.bin"), "w");
        await handle.truncate(SIZE);
        await handle.close();
        await new Promise<void>((resolve) => counting.listen(0, "127.0.0.1", resolve));
        const file = new File([await openAsBlob(path.join(folder, "file.bin"))], "file.bin");
        const baseUrl = `http://127.0.0.1:${(counting.address() as AddressInfo).port}`;
        const before = process.memoryUsage().arrayBuffers;
        await new TestApi({ baseUrl }).call({ method: "POST", body: body(file) }, options());
        expect(received).toBeGreaterThanOrEqual(SIZE);
        expect(buffered - before).toBeLessThan(200_000_000);
      } finally {
        counting.closeAllConnections();
        counting.close();
        await rm(folder, { recursive: true });
      }
    },
    60_000,
  );

  function options() {
    return { middleware: [streamBody], timeout: 0 };
  }
});
