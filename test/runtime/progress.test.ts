import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { binary } from "../../templates/runtime/binary.js";
import { json } from "../../templates/runtime/json.js";
import { multipart } from "../../templates/runtime/multipart.js";
import { downloadProgress, uploadProgress } from "../../templates/runtime/progress.js";
import { streamPart } from "../../templates/runtime/stream-part.js";
import { FORMS, TestApi } from "./support/api.js";
import { partsOf } from "./support/multipart.js";
import { always, send, useServer } from "./support/server.js";

const server = useServer();
const BIG = new Uint8Array(300_000).fill(7);

type Report = readonly [done: number, total: number | undefined];

/** A listener, and what it was told. */
function recorder() {
  const reports: Report[] = [];
  return {
    reports,
    listener: (done: number, total: number | undefined) => {
      reports.push([done, total]);
    },
  };
}

/** What holds for any transfer: from 0 upwards. */
function expectSteps(reports: readonly Report[], size: number, total: number | undefined): void {
  expect(reports[0]).toEqual([0, total]);
  expect(reports.at(-1)).toEqual([size, total]);
  const steps = reports.map(([done]) => done);
  expect(steps).toEqual([...steps].sort((one, other) => one - other));
}

describe("uploadProgress", () => {
  const stream = () => new Blob([BIG]).stream();

  it.each([
    { what: "bytes", body: () => binary(BIG), isSized: true },
    { what: "a Blob", body: () => binary(new Blob([BIG])), isSized: true },
    { what: "a stream", body: () => binary(stream()), isSized: false },
    { what: "JSON", body: () => json("é".repeat(10_000)), isSized: true },
    { what: "a form", body: () => multipart({ a: "b", file: new Blob([BIG]) }), isSized: true },
    {
      what: "a form with a stream",
      body: () => multipart({ file: streamPart(stream(), { name: "a" }) }),
      isSized: false,
    },
  ])("tells how much of $what is sent", async ({ body, isSized }) => {
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url, middleware: [uploadProgress(listener)] });
    await api.call({ method: "POST", body: body() });
    const size = server.request.body.length;
    expectSteps(reports, size, isSized ? size : undefined);
    expect(reports.length).toBeGreaterThan(1);
  });

  it("tells the total of a stream whose length the caller knows", async () => {
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url });
    const headers = { "content-length": String(BIG.length) };
    const options = { headers, middleware: [uploadProgress(listener)] };
    await api.call({ method: "POST", body: binary(stream()) }, options);
    expectSteps(reports, BIG.length, BIG.length);
    expect(server.request.headers["content-length"]).toBe(String(BIG.length));
  });

  it.each([
    { what: "no body", method: "GET", body: undefined },
    { what: "an empty one", method: "POST", body: binary(new Blob([])) },
  ])("has nothing to tell of $what", async ({ method, body }) => {
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url, middleware: [uploadProgress(listener)] });
    await api.call({ method, body });
    expect(reports).toEqual([]);
  });

  it("begins with 0 again for each attempt, and once more for another credential", async () => {
    const statuses = [401, 503, 204];
    server.answer((_request, response) => {
      send(response, statuses[server.requests.length - 1] ?? 500, { "retry-after": "0" });
    });
    const { reports, listener } = recorder();
    const api = new TestApi(
      {
        baseUrl: server.url,
        retry: 2,
        middleware: [uploadProgress(listener)],
        auth: { Bearer: ({ rejected }: { rejected?: string }) => (rejected === "a" ? "b" : "a") },
      },
      { securitySchemes: { Bearer: { type: "http", scheme: "bearer" } } },
    );
    const body = multipart({ file: new Blob([BIG]) });
    await api.call({ method: "PUT", body, security: [{ Bearer: [] }] });
    expect(reports.filter(([done]) => done === 0).length).toBeGreaterThanOrEqual(3);
    expect(partsOf(server.requests[2] ?? server.request)[0]?.body.equals(BIG)).toBe(true);
  });

  it("tells start and end in a browser", async () => {
    class BrowserRequest extends Request {
      override get headers(): Headers {
        return new Headers();
      }
    }
    vi.stubGlobal("Request", BrowserRequest);
    try {
      const { reports, listener } = recorder();
      const api = new TestApi({ baseUrl: server.url, middleware: [uploadProgress(listener)] });
      await api.call({ method: "POST", body: binary(BIG) });
      expect(reports).toEqual([
        [0, BIG.length],
        [BIG.length, BIG.length],
      ]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("downloadProgress", () => {
  const TEXT = { "content-type": "application/json" };
  const body = JSON.stringify("a".repeat(300_000));

  it.each([
    {
      what: "with a length",
      headers: { "content-length": String(body.length) },
      total: body.length,
    },
    { what: "without one", headers: {}, total: undefined },
  ])("tells how much of a body is read, $what", async ({ headers, total }) => {
    server.answer((_request, response) => {
      response.writeHead(200, { ...TEXT, ...headers });
      response.write(body.slice(0, 1_000));
      response.end(body.slice(1_000));
    });
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url, middleware: [downloadProgress(listener)] });
    expect(await api.call()).toBe(JSON.parse(body));
    expectSteps(reports, body.length, total);
  });

  it("knows no total of a body that is compressed on its way", async () => {
    const packed = gzipSync(body);
    const headers = { "content-encoding": "gzip", "content-length": String(packed.length) };
    server.answer(always(200, { ...TEXT, ...headers }, packed));
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url, middleware: [downloadProgress(listener)] });
    expect(await api.call()).toBe(JSON.parse(body));
    expectSteps(reports, body.length, undefined);
  });

  it.each(FORMS)("leaves the answer as it is ($form)", async ({ view }) => {
    server.answer(always(404, { ...TEXT, "x-request-id": "7" }, '{"code":"c"}'));
    const seen = async (middleware: ReturnType<typeof downloadProgress>[]) => {
      const api = new TestApi({ baseUrl: server.url, middleware });
      return view(api.call()).then(
        (value) => ("headers" in Object(value) ? (value as Response).status : value),
        (error: unknown) => String(error),
      );
    };
    expect(await seen([downloadProgress(() => undefined)])).toEqual(await seen([]));
  });

  it("has nothing to tell of no body", async () => {
    server.answer(always(204));
    const { reports, listener } = recorder();
    const api = new TestApi({ baseUrl: server.url, middleware: [downloadProgress(listener)] });
    expect(await api.call()).toBeUndefined();
    expect(reports).toEqual([]);
  });

  it("leaves a status alone that no program can make a response of", async () => {
    server.answer(always(999, TEXT, body));
    const api = new TestApi({
      baseUrl: server.url,
      middleware: [downloadProgress(() => undefined)],
    });
    expect(await api.call().result()).toMatchObject({ ok: false, status: 999 });
  });

  it("keeps the URL of the answer, to which links are relative", async () => {
    server.answer(always(200, TEXT, body));
    const api = new TestApi({
      baseUrl: server.url,
      middleware: [downloadProgress(() => undefined)],
    });
    expect((await api.call().asResponse()).url).toBe(`${server.url}/x`);
  });

  it("passes on that nobody wants the rest", async () => {
    const closed = new Promise<void>((resolve) => {
      server.answer((_request, response) => {
        response.writeHead(200, TEXT).write(body);
        response.on("close", resolve);
      });
    });
    const api = new TestApi({
      baseUrl: server.url,
      middleware: [downloadProgress(() => undefined)],
    });
    const response = await api.call().asResponse();
    await response.body?.cancel();
    await closed;
  });
});
