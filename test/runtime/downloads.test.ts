import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { asBlob } from "../../templates/runtime/as-blob.js";
import {
  download,
  downloadIfChanged,
  DownloadChangedError,
  type Download,
  type DownloadCall,
  type DownloadOptions,
} from "../../templates/runtime/download.js";
import {
  ApiError,
  ConnectionError,
  DecodeError,
  TimeoutError,
} from "../../templates/runtime/errors.js";
import type { ClientOptions } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer, type RecordedRequest } from "./support/server.js";

const server = useServer();
const FILE = Buffer.from(
  Array.from({ length: 100_000 }, (_, index) => (index * 31 + (index >> 8)) % 256),
);
const ETAG = '"v1"';
const QUICK = { limit: 5, baseDelay: 1 };
const MODIFIED = "Sun, 22 Nov 2026 08:00:00 GMT";

/** What a server of files is like. */
interface Serving {
  readonly file?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** After how many bytes of its body each answer breaks off; the last entry counts for the rest. */
  readonly breaks?: readonly (number | undefined)[];
  /** What breaking off is: a reset connection, or an end of a body without length. */
  readonly isQuiet?: boolean;
  readonly hasRanges?: boolean;
}

/** Answers as a server of files does (RFC 9110, sections 13 and 14). */
function serve({
  file = FILE,
  headers = { etag: ETAG },
  breaks = [],
  isQuiet,
  hasRanges = true,
}: Serving) {
  return (request: RecordedRequest, response: ServerResponse): void => {
    const { range, "if-range": ifRange } = request.headers as Record<string, string | undefined>;
    const etag = headers["etag"];
    const state = etag?.startsWith("W/") === false ? etag : headers["last-modified"];
    const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? "");
    const isPart = hasRanges && match !== null && (ifRange === undefined || ifRange === state);
    const first = isPart ? Number(match[1]) : 0;
    const last =
      isPart && match[2] !== "" ? Math.min(Number(match[2]), file.length - 1) : file.length - 1;
    if (first > last && file.length > 0) {
      response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
      return;
    }
    const body = file.subarray(first, last + 1);
    const end = breaks[Math.min(server.requests.length, breaks.length) - 1];
    response.writeHead(isPart ? 206 : 200, {
      ...headers,
      ...(isQuiet === true ? { connection: "close" } : { "content-length": String(body.length) }),
      ...(isPart ? { "content-range": `bytes ${first}-${last}/${file.length}` } : {}),
    });
    if (end === undefined || end >= body.length) response.end(body);
    else if (isQuiet === true) response.end(body.subarray(0, end));
    else response.write(body.subarray(0, end), () => setTimeout(() => response.destroy(), 20));
  };
}

function caller(options: ClientOptions = {}): DownloadCall {
  const api = new TestApi({ baseUrl: server.url, ...options });
  return (more) => api.call({ response: asBlob, accept: "*/*" }, more);
}

async function start(options?: DownloadOptions): Promise<Download> {
  return download(caller(), { retry: QUICK, ...options });
}

async function bytesOf({ stream }: Download): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

/** Comparing byte by byte would take seconds. */
function digest(bytes: Buffer): string {
  return `${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`;
}

const ranges = () => server.requests.map(({ headers }) => headers["range"]);

describe("a download", () => {
  it.each([
    { what: "the whole file", options: {}, sent: undefined, bytes: FILE },
    {
      what: "from a byte on",
      options: { start: 99_990 },
      sent: "bytes=99990-",
      bytes: FILE.subarray(99_990),
    },
    { what: "up to the end", options: { end: Infinity }, sent: undefined, bytes: FILE },
    { what: "up to a byte", options: { end: 10 }, sent: "bytes=0-9", bytes: FILE.subarray(0, 10) },
    {
      what: "between two",
      options: { start: 5, end: 6 },
      sent: "bytes=5-5",
      bytes: FILE.subarray(5, 6),
    },
    {
      what: "beyond the end",
      options: { start: 99_999, end: 200_000 },
      sent: "bytes=99999-199999",
      bytes: FILE.subarray(99_999),
    },
    {
      what: "from the very end",
      options: { start: 100_000 },
      sent: "bytes=100000-",
      bytes: Buffer.alloc(0),
    },
  ])("gives $what", async ({ options, sent, bytes }) => {
    for (const hasRanges of [true, false]) {
      server.answer(serve({ hasRanges }));
      const reports: [number, number | undefined][] = [];
      const file = await start({ ...options, onProgress: (...report) => reports.push(report) });
      expect(file.size).toBe(FILE.length);
      expect(digest(await bytesOf(file))).toBe(digest(bytes));
      expect(reports[0]).toEqual([0, bytes.length]);
      expect(reports.at(-1)).toEqual([bytes.length, bytes.length]);
    }
    expect(ranges()).toEqual([sent, sent]);
    expect(server.requests[0]?.headers["accept-encoding"]).toMatch(/^identity\b/);
  });

  it("of an empty file is empty", async () => {
    server.answer(serve({ file: Buffer.alloc(0) }));
    expect(await bytesOf(await start())).toHaveLength(0);
  });

  it.each([
    { start: -1 },
    { start: 5, end: 5 },
    { start: NaN },
    { end: 0 },
    { start: 0.5 },
    { end: 1.5 },
    { start: Infinity },
  ])("of %o is refused", async (options) => {
    await expect(start(options)).rejects.toThrow(RangeError);
  });

  it("shows the headers of the first answer", async () => {
    server.answer(serve({ headers: { etag: ETAG, "x-first": "1" }, breaks: [10, undefined] }));
    const file = await start();
    await bytesOf(file);
    expect(file.headers.get("x-first")).toBe("1");
    expect(file.validator).toBe(ETAG);
  });

  it("says what to do if the options are not passed on", async () => {
    server.answer(serve({}));
    const api = new TestApi({ baseUrl: server.url });
    await expect(download(() => api.call({ response: asBlob }))).rejects.toThrow(
      /pass the options/,
    );
  });
});

describe("a download that breaks off", () => {
  it.each([
    { what: "a strong entity tag", headers: { etag: ETAG }, validator: ETAG },
    { what: "a time of last change", headers: { "last-modified": MODIFIED }, validator: MODIFIED },
    {
      what: "a weak tag and a time",
      headers: { etag: 'W/"v1"', "last-modified": MODIFIED },
      validator: MODIFIED,
    },
  ])("goes on by $what", async ({ headers, validator }) => {
    server.answer(serve({ headers, breaks: [40_000, 20_000, 1, undefined] }));
    expect(digest(await bytesOf(await start()))).toBe(digest(FILE));
    expect(ranges()).toEqual([undefined, "bytes=40000-", "bytes=60000-", "bytes=60001-"]);
    expect(server.requests.map((request) => request.headers["if-range"])).toEqual([
      undefined,
      validator,
      validator,
      validator,
    ]);
  });

  it("goes on within its range only", async () => {
    server.answer(serve({ breaks: [10, undefined] }));
    expect(digest(await bytesOf(await start({ start: 100, end: 200 })))).toBe(
      digest(FILE.subarray(100, 200)),
    );
    expect(ranges()).toEqual(["bytes=100-199", "bytes=110-199"]);
  });

  it("reads over what it has where the service knows no ranges", async () => {
    server.answer(serve({ hasRanges: false, breaks: [40_000, 70_000, undefined] }));
    expect(digest(await bytesOf(await start()))).toBe(digest(FILE));
  });

  it("notices an end without a length that comes too early", async () => {
    server.answer(serve({ isQuiet: true, breaks: [50, undefined] }));
    expect(digest(await bytesOf(await start({ start: 1 })))).toBe(digest(FILE.subarray(1)));
  });

  it("is not fooled by an end that is the end", async () => {
    server.answer((request, response) => {
      if (request.headers["range"] !== undefined) {
        response.writeHead(416, { "content-range": "bytes */5" }).end();
        return;
      }
      response.writeHead(200, { etag: ETAG });
      response.write("abcde", () => setTimeout(() => response.destroy(), 20));
    });
    expect(String(await bytesOf(await start()))).toBe("abcde");
    expect(ranges()).toEqual([undefined, "bytes=5-"]);
  });

  it.each([
    { what: "no validator", headers: {} },
    { what: "a weak tag", headers: { etag: 'W/"v1"' } },
    {
      what: "a time that may hold two changes",
      headers: { "last-modified": MODIFIED, date: MODIFIED },
    },
    {
      what: "a compressed body",
      headers: { etag: ETAG, "content-encoding": "gzip" },
      file: gzipSync(randomBytes(100_000)),
    },
  ])("fails with $what, as nobody knows what the rest would be of", async ({ headers, file }) => {
    server.answer(serve({ headers, breaks: [60_000], ...(file === undefined ? {} : { file }) }));
    const opened = await start();
    expect(await failureOf(bytesOf(opened))).toBeInstanceOf(ConnectionError);
    expect(server.requests).toHaveLength(1);
    expect(opened.validator).toBeUndefined();
  });

  it("starts again without a validator as long as nothing has been given out", async () => {
    server.answer(serve({ headers: {}, breaks: [0, 0, undefined] }));
    expect(digest(await bytesOf(await start()))).toBe(digest(FILE));
    expect(ranges()).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    { what: "another tag", then: serve({ headers: { etag: '"v2"' } }) },
    {
      what: "another tag, in spite of If-Range",
      then: misplaced({ etag: '"v2"' }, "bytes 40000-99999/100000"),
    },
    { what: "another size", then: misplaced({ etag: ETAG }, "bytes 40000-99999/100001") },
    { what: "no tag any more", then: serve({ headers: {} }) },
  ])("fails if the file has changed: $what", async ({ then }) => {
    const first = serve({ breaks: [40_000] });
    server.answer((request, response) => {
      (server.requests.length === 1 ? first : then)(request, response);
    });
    const error = await failureOf(bytesOf(await start()));
    expect(error).toBeInstanceOf(DownloadChangedError);
    expect(String(error)).toBe(
      "DownloadChangedError: op: GET /x cannot go on: the file has changed since its first bytes came; start again",
    );
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    "bytes 0-99999/100000",
    "bytes 39999-99999/100000",
    "bytes=40000-99999/100000",
    "",
    "lines 1-2/3",
  ])("fails for a part in another place: %j", async (place) => {
    const first = serve({ breaks: [40_000] });
    server.answer((request, response) => {
      (server.requests.length === 1 ? first : misplaced({ etag: ETAG }, place))(request, response);
    });
    expect(await failureOf(bytesOf(await start()))).toBeInstanceOf(DecodeError);
  });

  it("gives up after several tries that bring nothing, and not before", async () => {
    server.answer(serve({ breaks: [1, 1, 1, 1, 0] }));
    const error = await failureOf(bytesOf(await start({ retry: { limit: 2, baseDelay: 1 } })));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    { what: "a status that may pass", status: 503, isFinal: false },
    { what: "one that does not", status: 403, isFinal: true },
  ])("is answered with $what", async ({ status, isFinal }) => {
    const file = serve({ breaks: [40_000, undefined] });
    server.answer((request, response) => {
      if (server.requests.length === 2) response.writeHead(status).end();
      else file(request, response);
    });
    const result = bytesOf(await start());
    if (!isFinal) expect(digest(await result)).toBe(digest(FILE));
    else expect(await failureOf(result)).toMatchObject({ name: "ApiError", status });
  });

  it("asks anew if no bytes come for too long", async () => {
    server.answer((request, response) => {
      if (server.requests.length > 1) {
        serve({})(request, response);
        return;
      }
      response.writeHead(200, { etag: ETAG, "content-length": String(FILE.length) });
      response.write(FILE.subarray(0, 100));
    });
    expect(digest(await bytesOf(await start({ stallTimeout: 100 })))).toBe(digest(FILE));
    expect(ranges()).toEqual([undefined, "bytes=100-"]);
    server.answer((_request, response) => {
      response.writeHead(200, { etag: ETAG }).flushHeaders();
    });
    const stalled = await start({ stallTimeout: 20, retry: { limit: 1, baseDelay: 1 } });
    expect(await failureOf(bytesOf(stalled))).toBeInstanceOf(TimeoutError);
  });
});

it.each([0, Infinity, 2 ** 31])("stallTimeout: %d means no limit", async (stallTimeout) => {
  server.answer((_request, response) => {
    response.writeHead(200, { etag: ETAG, "content-length": "2" }).write("a");
    setTimeout(() => response.end("b"), 100);
  });
  expect(String(await bytesOf(await start({ stallTimeout, retry: 0 })))).toBe("ab");
});

describe("going on with an earlier download", () => {
  it("takes the rest", async () => {
    server.answer(serve({}));
    const rest = await start({ start: 60_000, ifRange: ETAG });
    expect(digest(await bytesOf(rest))).toBe(digest(FILE.subarray(60_000)));
    expect(server.request.headers).toMatchObject({ "if-range": ETAG, range: "bytes=60000-" });
  });

  it("takes nothing if there is nothing more", async () => {
    server.answer(serve({}));
    expect(await bytesOf(await start({ start: FILE.length, ifRange: ETAG }))).toHaveLength(0);
  });

  it.each([{ hasRanges: true }, { hasRanges: false }])(
    "fails if the file has changed (%o)",
    async (serving) => {
      server.answer(serve(serving));
      const error = await failureOf(start({ start: 60_000, ifRange: '"v0"' }));
      expect(error).toBeInstanceOf(DownloadChangedError);
    },
  );

  it.each<{ what: string; ifRange: string; headers: Record<string, string> }>([
    { what: "another tag", ifRange: ETAG, headers: { etag: '"v2"' } },
    { what: "the tag as a weak one", ifRange: ETAG, headers: { etag: `W/${ETAG}` } },
    { what: "another time", ifRange: MODIFIED, headers: { "last-modified": "x" } },
  ])("fails if the range is that of a changed file: $what", async ({ ifRange, headers }) => {
    const range = { "content-range": `bytes 60000-60003/100000` };
    server.answer(always(206, { ...headers, ...range }, "abcd"));
    const error = await failureOf(start({ start: 60_000, ifRange }));
    expect(error).toBeInstanceOf(DownloadChangedError);
  });

  it("reads over the beginning where the service knows no ranges", async () => {
    server.answer(serve({ hasRanges: false }));
    const rest = await start({ start: 60_000, ifRange: ETAG });
    expect(digest(await bytesOf(rest))).toBe(digest(FILE.subarray(60_000)));
  });

  it("fails like the call if there is less than that", async () => {
    server.answer(serve({}));
    expect(await failureOf(start({ start: 200_000 }))).toMatchObject({
      name: "ApiError",
      status: 416,
    });
  });
});

describe("a conditional download", () => {
  it.each([
    { what: "a tag", known: { etag: ETAG }, header: "if-none-match", value: ETAG },
    {
      what: "a time",
      known: { lastModified: MODIFIED },
      header: "if-modified-since",
      value: MODIFIED,
    },
    { what: "nothing", known: { etag: null }, header: "if-none-match", value: undefined },
  ])("sends $what", async ({ known, header, value }) => {
    server.answer(always(200, { etag: ETAG }, "new"));
    const file = await downloadIfChanged(caller(), known);
    expect(server.request.headers[header]).toBe(value);
    expect(file && String(await bytesOf(file))).toBe("new");
  });

  it("gives nothing of a file that has not changed", async () => {
    server.answer(always(304, { etag: ETAG }));
    expect(await downloadIfChanged(caller(), { etag: ETAG })).toBeUndefined();
  });

  it("is the only one for which 304 is an answer", async () => {
    server.answer(always(304));
    expect(await failureOf(start())).toMatchObject({ name: "ApiError", status: 304 });
  });

  it("asks for the rest without its condition", async () => {
    server.answer(serve({ breaks: [10, undefined] }));
    const file = await downloadIfChanged(caller(), { etag: '"v0"' }, { retry: QUICK });
    expect(file && digest(await bytesOf(file))).toBe(digest(FILE));
    expect(server.requests[1]?.headers["if-none-match"]).toBeUndefined();
  });
});

describe("the end of a download", () => {
  /** Sends bytes until nobody takes them any more. */
  function endless() {
    return new Promise<void>((resolve) => {
      server.answer((_request, response) => {
        response.writeHead(200, { etag: ETAG });
        const timer = setInterval(() => response.write(FILE), 5);
        response.on("close", () => {
          clearInterval(timer);
          resolve();
        });
      });
    });
  }

  it("is that of the connection when the stream is cancelled", async () => {
    const closed = endless();
    const { stream } = await start();
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    await closed;
    expect(server.requests).toHaveLength(1);
  });

  it("comes at once when the signal aborts, with its reason", async () => {
    const closed = endless();
    const controller = new AbortController();
    const { stream } = await start({ signal: controller.signal });
    const reader = stream.getReader();
    await reader.read();
    controller.abort(new Error("enough"));
    const drained = (async () => {
      while (!(await reader.read()).done);
    })();
    expect(await failureOf(drained)).toEqual(new Error("enough"));
    await closed;
  });

  it("comes while it waits to go on, too", async () => {
    server.answer(serve({ breaks: [10, 0] }));
    const controller = new AbortController();
    const slow = { limit: 9, baseDelay: 2 ** 30, maxDelay: 2 ** 30 };
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const file = await start({ signal: controller.signal, retry: slow });
    const result = failureOf(bytesOf(file));
    await vi.waitFor(() => {
      expect(random).toHaveBeenCalled();
    });
    controller.abort(new Error("enough"));
    expect(await result).toEqual(new Error("enough"));
    random.mockRestore();
  });

  it("is before its beginning with a signal that has aborted", async () => {
    await expect(start({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
    expect(server.requests).toHaveLength(0);
  });

  it("leaves nothing on a signal that lives on", async () => {
    server.answer(serve({ breaks: [10, undefined] }));
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await bytesOf(await start({ signal }));
    await failureOf(start({ signal, start: 200_000 }));
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
  });
});

it("tells a failed first call as the call does", async () => {
  server.answer(always(404, { "content-type": "application/json" }, '{"code":"gone"}'));
  const error = await failureOf(start());
  expect(error).toBeInstanceOf(ApiError);
  expect((error as ApiError).body).toEqual({ code: "gone" });
});

/** Answers with a part of the file, and says that it is another. */
function misplaced(headers: Readonly<Record<string, string>>, place: string) {
  return (_request: RecordedRequest, response: ServerResponse): void => {
    response.writeHead(206, { ...headers, "content-range": place }).end(FILE.subarray(40_000));
  };
}

describe("memory", () => {
  it("is bounded for a body that never ends, read as a Blob or with bodyLimit", async () => {
    const { url, close } = await flood(1_000_000_000);
    try {
      for (const [options, limit] of [
        [{}, 50_000_000],
        [{ bodyLimit: 1_000 }, 1_000],
      ] as const) {
        const before = process.memoryUsage().arrayBuffers;
        const error = await failureOf(
          new TestApi({ baseUrl: url }).call({ response: asBlob }, { timeout: 0, ...options }),
        );
        expect(error).toBeInstanceOf(DecodeError);
        expect(String(error)).toContain(`longer than ${limit} bytes`);
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
      }
    } finally {
      close();
    }
  }, 60_000);

  it("does not grow with the size of a download", async () => {
    const size = 300_000_000;
    const { url, close } = await flood(size);
    try {
      const before = process.memoryUsage().arrayBuffers;
      let peak = 0;
      let received = 0;
      const api = new TestApi({ baseUrl: url });
      const { stream } = await download((options) => api.call({ response: asBlob }, options));
      const reader = stream.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        received += value.byteLength;
        peak = Math.max(peak, process.memoryUsage().arrayBuffers);
      }
      expect(received).toBe(size);
      expect(peak - before).toBeLessThan(100_000_000);
    } finally {
      close();
    }
  }, 60_000);

  /** A server of bytes, of which there are many. */
  async function flood(size: number) {
    const block = Buffer.alloc(100_000, "driftline");
    const source = createServer((_incoming: IncomingMessage, response: ServerResponse) => {
      let left = size;
      const more = (): void => {
        while (left > 0) {
          left -= block.length;
          if (!response.write(block)) {
            response.once("drain", more);
            return;
          }
        }
        response.end();
      };
      more();
    });
    await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
    return {
      url: `http://127.0.0.1:${(source.address() as AddressInfo).port}`,
      close: () => {
        source.closeAllConnections();
        source.close();
      },
    };
  }
});
