import { describe, expect, it } from "vitest";
import type { Call } from "../../templates/runtime/call.js";
import {
  ApiError,
  ClientError,
  DecodeError,
  type ApiErrorWith,
} from "../../templates/runtime/errors.js";
import { eventStream } from "../../templates/runtime/event-stream.js";
import { apiErrorGuard } from "../../templates/runtime/is-api-error.js";
import { failureOf, TestApi, type TestResponses } from "./support/api.js";
import { always, useServer } from "./support/server.js";
import { asJson } from "../../templates/runtime/as-json.js";
import { asText } from "../../templates/runtime/as-text.js";
import { asBlob } from "../../templates/runtime/as-blob.js";
import { asNothing } from "../../templates/runtime/as-nothing.js";
import { byStatus } from "../../templates/runtime/by-status.js";
import { byMediaType } from "../../templates/runtime/by-media-type.js";

const server = useServer();

function get(call: Partial<Call> = {}) {
  return new TestApi({ baseUrl: server.url }).call(call);
}

const JSON_TYPE = { "content-type": "application/json" };
const utf16 = Buffer.from('{"a":"é"}', "utf16le");

describe("success", () => {
  it.each<{
    what: string;
    status?: number;
    type?: string;
    body?: string | Uint8Array;
    call?: Partial<Call>;
    data: unknown;
  }>([
    { what: "JSON", type: "application/json", body: '{"a":1}', data: { a: 1 } },
    {
      what: "JSON with a charset",
      type: "Application/JSON; Charset=UTF-8",
      body: '"é"',
      data: "é",
    },
    { what: "problem+json", type: "application/problem+json", body: "[]", data: [] },
    { what: "text/json", type: "text/json", body: "null", data: null },
    { what: "JSON without a type", body: "1", data: 1 },
    { what: "a byte order mark", type: "application/json", body: '\ufeff{"a":1}', data: { a: 1 } },
    {
      what: "latin1",
      type: 'application/json; charset="iso-8859-1"',
      body: Buffer.from('"é"', "latin1"),
      data: "é",
    },
    { what: "utf-16", type: "application/json;charset=utf-16le", body: utf16, data: { a: "é" } },
    {
      what: "text",
      type: "text/plain; charset=utf-8",
      body: "é",
      call: { response: asText },
      data: "é",
    },
    { what: "empty text", type: "text/plain", body: "", call: { response: asText }, data: "" },
    {
      what: "XML",
      type: "application/xml",
      body: "<a/>",
      call: { response: asText, accept: "application/xml" },
      data: "<a/>",
    },
    {
      what: "HTML that was asked for",
      type: "text/html",
      body: "<p>",
      call: { response: asText, accept: "text/*" },
      data: "<p>",
    },
    { what: "204", status: 204, type: "application/json", data: undefined },
    { what: "205", status: 205, type: "application/json", data: undefined },
    { what: "HEAD", type: "application/json", call: { method: "HEAD" }, data: undefined },
    { what: "nothing", body: "ignored", call: { response: asNothing }, data: undefined },
    ...[200, 201, 202, 203, 206, 207, 226, 299].flatMap((status) =>
      [undefined, "text/html", "application/json", "image/png"].map((type) => ({
        what: `nothing: ${status}, ${type ?? "empty"}`,
        status,
        ...(type === undefined ? {} : { type, body: "{" }),
        call: { response: asNothing, accept: "application/json" } as const,
        data: undefined,
      })),
    ),
    // by status
    {
      what: "its own status",
      status: 202,
      type: "text/plain",
      body: "a",
      call: { response: byStatus({ 200: asJson, 202: asText }) },
      data: "a",
    },
    {
      what: "its range",
      status: 206,
      type: "text/plain",
      body: "a",
      call: { response: byStatus({ 200: asJson, "2XX": asText, default: asNothing }) },
      data: "a",
    },
    {
      what: "an undocumented status: the first success",
      status: 203,
      type: "text/plain",
      body: "a",
      call: { response: byStatus({ 206: asBlob, 200: asText, default: asJson }) },
      data: "a",
    },
    {
      what: "default, if there is no success",
      type: "text/plain",
      body: "a",
      call: { response: byStatus({ default: asText }) },
      data: "a",
    },
    // by media type
    {
      what: "its media type",
      type: "text/csv; header=present",
      body: "a,b",
      call: {
        accept: "application/json, text/csv",
        response: byMediaType({ "application/json": asJson, "Text/CSV": asText }),
      },
      data: "a,b",
    },
    {
      what: "its range of media types",
      type: "text/calendar",
      body: "a",
      call: { accept: "*/*", response: byMediaType({ "*/*": asJson, "text/*": asText }) },
      data: "a",
    },
    {
      what: "the most specific one",
      type: "text/csv",
      body: "a",
      call: {
        accept: "*/*",
        response: byMediaType({ "text/*": asNothing, "*/*": asNothing, "text/csv": asText }),
      },
      data: "a",
    },
    {
      what: "by status and media type",
      type: "text/csv",
      body: "a",
      call: {
        accept: "text/csv",
        response: byStatus({ 200: byMediaType({ "text/csv": asText }), 204: asNothing }),
      },
      data: "a",
    },
    {
      what: "a decoder",
      type: "application/json",
      body: "abc",
      call: { response: async (response: Response) => (await response.text()).length },
      data: 3,
    },
    {
      what: "__proto__ as a key",
      type: "application/json",
      body: '{"__proto__":{"x":1}}',
      data: JSON.parse('{"__proto__":{"x":1}}') as unknown,
    },
  ])("$what", async ({ status = 200, type, body, call, data }) => {
    server.answer(always(status, type === undefined ? {} : { "content-type": type }, body));
    const promise = get(call);
    expect(await promise).toEqual(data);
    const { response, ...outcome } = await promise.withResponse();
    expect(outcome).toEqual({ data, status, headers: response.headers });
    expect(await promise.result()).toEqual({
      ok: true,
      data,
      status,
      headers: response.headers,
      response,
    });
    expect(server.requests).toHaveLength(1);
  });

  it("a blob keeps type and bytes", async () => {
    const bytes = Uint8Array.from([0, 255, 1]);
    server.answer(always(200, { "content-type": "application/zip" }, bytes));
    const blob = (await get({ response: asBlob, accept: "*/*" })) as Blob;
    expect(blob.type).toBe("application/zip");
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(bytes);
  });

  it.each([
    { accept: "image/png", type: "image/png" },
    { accept: "image/png", type: "image/webp" },
    { accept: "application/zip", type: "application/x-zip-compressed" },
    { accept: "image/png", type: "application/octet-stream" },
    { accept: "image/png", type: "" },
    { accept: "image/png, application/json", type: "application/json; charset=utf-8" },
    { accept: "application/octet-stream", type: "application/json" },
    { accept: "image/png, application/octet-stream", type: "text/csv" },
    { accept: "*/*", type: "application/json" },
    { accept: "text/*", type: "text/csv" },
    { accept: undefined, type: "application/json" },
  ])("bytes of $type for $accept", async ({ accept, type }) => {
    server.answer(always(200, type === "" ? {} : { "content-type": type }, "abc"));
    const blob = (await get({ response: asBlob, accept })) as Blob;
    expect(await blob.text()).toBe("abc");
  });

  it("deep nesting is no problem", async () => {
    server.answer(always(200, JSON_TYPE, "[".repeat(5000) + "]".repeat(5000)));
    expect(await get()).toHaveLength(1);
  });

  it.each([
    { accept: undefined, sent: "application/json" },
    { accept: "text/csv", sent: "text/csv" },
  ])("accept: $accept", async ({ accept, sent }) => {
    await get({ accept });
    expect(server.request.headers["accept"]).toBe(sent);
  });
});

describe("a body in pieces", () => {
  it.each([
    { what: "json", response: asJson, data: "é€😀" },
    { what: "text", response: asText, data: '"é€😀"' },
  ])("$what, cut in every character", async ({ response, data }) => {
    const bytes = new TextEncoder().encode('"é€😀"');
    const fetch = async () => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
          controller.close();
        },
      });
      return Promise.resolve(new Response(body));
    };
    const api = new TestApi({ baseUrl: "https://a.test", fetch });
    expect(await api.call({ response })).toBe(data);
  });
});

describe("a body that nobody reads is cancelled", () => {
  const page = { "content-type": "text/html" };
  it.each<{ what: string; headers: Record<string, string>; call: Partial<Call> }>([
    { what: "none", headers: JSON_TYPE, call: { response: asNothing } },
    { what: "the wrong type", headers: page, call: {} },
    {
      what: "no type of the document",
      headers: page,
      call: { response: byMediaType({ "a/b": asJson }) },
    },
    { what: "a wrong stream", headers: page, call: { response: eventStream() } },
  ])("$what", async ({ headers, call }) => {
    const closed = new Promise<void>((resolve) => {
      server.answer((_request, response) => {
        response.on("close", resolve).writeHead(200, headers).write("{");
      });
    });
    const error = await get(call).catch((thrown: unknown) => thrown);
    expect(error instanceof DecodeError).toBe(call.response !== asNothing);
    await closed;
  });
});

describe("bodies that do not decode", () => {
  it.each<{
    what: string;
    status?: number;
    type?: string;
    body?: string | Uint8Array;
    call?: Partial<Call>;
    message: string;
    text?: string;
  }>([
    { what: "HTML", type: "text/html", body: "<p>s3cr3t", message: 'is "text/html"' },
    {
      what: "HTML instead of text",
      type: "text/html; charset=utf-8",
      body: "<p>",
      call: { response: asText, accept: "text/csv" },
      message: 'is "text/html"',
    },
    {
      what: "HTML instead of a file",
      type: "text/html",
      body: "<p>",
      call: { response: asBlob, accept: "application/zip" },
      message: 'is "text/html"',
    },
    ...["application/json", "application/problem+json", "text/plain", "application/xml"].flatMap(
      (type) =>
        ["image/png", "image/*", "application/zip, image/png"].map((accept) => ({
          what: `${type} instead of ${accept}`,
          type: `${type}; charset=utf-8`,
          body: "{}",
          call: { response: asBlob, accept } as const,
          message: `is "${type}"`,
        })),
    ),
    { what: "another type", type: "text/plain", body: "{}", message: 'is "text/plain"' },
    { what: "an empty body", type: "application/json", body: "", message: "is empty", text: "" },
    { what: "an empty body without a type", message: "is empty", text: "" },
    {
      what: "no JSON",
      type: "application/json",
      body: "s3cr3t",
      message: "is not JSON",
      text: "s3cr3t",
    },
    {
      what: "half of it",
      type: "application/json",
      body: '{"a":"s3cr3t',
      message: "is not JSON",
      text: '{"a":"s3cr3t',
    },
    {
      what: "bytes that are no UTF-8",
      type: "application/json",
      body: Uint8Array.from([34, 255, 34]),
      message: "is not text in the encoding it names",
    },
    {
      what: "an unknown charset",
      type: "application/json; charset=s3cr3t",
      body: "{}",
      message: "is not text in the encoding it names",
    },
    {
      what: "no media type of the document",
      type: "image/png",
      body: "s",
      call: { response: byMediaType({ "text/csv": asText }) },
      message: 'is "image/png"',
    },
    {
      what: "a media type that was not chosen",
      type: "application/json",
      body: "{}",
      call: {
        accept: "text/csv",
        response: byMediaType({ "application/json": asJson, "text/csv": asText }),
      },
      message: 'is "application/json"',
    },
  ])("$what", async ({ status = 200, type, body, call, message, text }) => {
    server.answer(always(status, type === undefined ? {} : { "content-type": type }, body));
    const promise = get(call);
    const error = (await failureOf(promise)) as DecodeError;
    expect(error).toBeInstanceOf(DecodeError);
    expect(error.message).toBe(`op: GET /x answered ${status} with a body that ${message}`);
    expect(error).toMatchObject({ name: "DecodeError", status, operation: { operationId: "op" } });
    expect(error.text).toBe(text);
    expect(await failureOf(promise.withResponse())).toBe(error);
    expect(await failureOf(promise.result())).toBe(error);
    expect((await get(call).asResponse()).status).toBe(status);
  });

  it("the text is cut", async () => {
    server.answer(always(200, JSON_TYPE, "x".repeat(100_000)));
    expect(((await failureOf(get())) as DecodeError).text).toHaveLength(64_000);
  });

  it.each([
    { what: "json", response: asJson },
    { what: "text", response: asText },
    { what: "bytes", response: asBlob },
  ])("$what of more than 50 MB", async ({ response }) => {
    let isClosed: (() => void) | undefined;
    const closed = new Promise<void>((resolve) => (isClosed = resolve));
    server.answer((_request, answer) => {
      answer.writeHead(200, JSON_TYPE);
      const chunk = Buffer.alloc(1_000_000, "1");
      const write = (): void => {
        while (!answer.destroyed && answer.write(chunk));
      };
      answer.on("drain", write).on("close", () => isClosed?.());
      write();
    });
    const error = (await failureOf(get({ response }))) as DecodeError;
    expect(error.message).toContain("is longer than 50000000 bytes");
    await closed;
  });
});

describe("errors of the service", () => {
  it.each<{
    what: string;
    status?: number;
    type?: string;
    body?: string | Uint8Array;
    call?: Partial<Call>;
    expected: unknown;
  }>([
    {
      what: "JSON",
      type: "application/problem+json; charset=utf-8",
      body: '{"code":"x"}',
      expected: { code: "x" },
    },
    {
      what: "JSON where text is the success",
      type: "application/json",
      body: "{}",
      call: { response: asBlob },
      expected: {},
    },
    { what: "broken JSON", type: "application/json", body: "{", expected: "{" },
    { what: "text", type: "text/plain", body: "no", expected: "no" },
    { what: "text that could be JSON", type: "text/plain", body: "1", expected: "1" },
    { what: "HTML", status: 502, type: "text/html", body: "<p>", expected: "<p>" },
    { what: "XML", type: "application/xml", body: "<a/>", expected: "<a/>" },
    { what: "JSON without a type", body: '{"a":1}', expected: { a: 1 } },
    { what: "text without a type", body: "no", expected: "no" },
    { what: "an unknown charset", type: "text/plain; charset=x-none", body: "no", expected: "no" },
    {
      what: "no text",
      type: "application/json",
      body: Uint8Array.from([34, 255, 34]),
      expected: "\ufffd",
    },
    { what: "nothing", type: "application/json", expected: undefined },
    { what: "304", status: 304, expected: undefined },
    { what: "HEAD", call: { method: "HEAD" }, type: "application/json", expected: undefined },
    {
      what: "308 without Location",
      status: 308,
      type: "application/json",
      body: '{"range":1}',
      expected: { range: 1 },
    },
    { what: "300", status: 300, type: "text/plain", body: "a", expected: "a" },
    { what: "599", status: 599, type: "text/plain", body: "a", expected: "a" },
  ])("$what", async ({ status = 404, type, body, call, expected }) => {
    server.answer(
      always(
        status,
        { "x-request-id": "r1", ...(type === undefined ? {} : { "content-type": type }) },
        body,
      ),
    );
    const promise = get(call);
    const error = (await failureOf(promise)) as ApiError;
    expect(error).toBeInstanceOf(ApiError);
    expect(error.message).toBe(`op: ${call?.method ?? "GET"} /x answered ${status}`);
    expect(error).toMatchObject({ name: "ApiError", status, requestId: "r1" });
    expect(error.operation).toEqual({
      service: "Test",
      operationId: "op",
      method: call?.method ?? "GET",
      path: "/x",
    });
    expect(error.body).toEqual(expected);
    expect(error.headers.get("x-request-id")).toBe("r1");
    expect(await failureOf(promise.withResponse())).toBe(error);
    const { response } = error;
    expect(await promise.result()).toEqual({
      ok: false,
      status,
      error,
      headers: response.headers,
      response,
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each(["x-request-id", "x-correlation-id"])("has the request's id of %s", async (name) => {
    server.answer(always(500, { [name]: "r7" }));
    expect(await failureOf(get())).toMatchObject({ requestId: "r7" });
  });

  it("isApiError tells by service and operation", async () => {
    server.answer(always(500));
    const error = await failureOf(get());
    const isApiError = apiErrorGuard<{ op: TestResponses; other: TestResponses }>("Test");
    expect([isApiError(error), isApiError(error, "op"), isApiError(error, "other")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(apiErrorGuard("Another")(error)).toBe(false);
    expect([new Error("x"), undefined, { status: 500 }].some((other) => isApiError(other))).toBe(
      false,
    );
  });

  it("other bodies are blobs", async () => {
    server.answer(always(500, { "content-type": "image/png" }, "abc"));
    const { body } = (await failureOf(get())) as ApiErrorWith<number, Blob>;
    expect(body).toBeInstanceOf(Blob);
    expect([body.type, await body.text()]).toEqual(["image/png", "abc"]);
  });

  it("a long body is cut", async () => {
    server.answer(always(500, { "content-type": "text/plain" }, "x".repeat(3_000_000)));
    expect(((await failureOf(get())) as ApiErrorWith<number, string>).body).toHaveLength(1_000_000);
  });
});

describe("the promise", () => {
  it("asResponse gives any status, body unread", async () => {
    server.answer(always(418, { "content-type": "text/plain" }, "tea"));
    const response = await get().asResponse();
    expect([response.status, response.bodyUsed, await response.text()]).toEqual([
      418,
      false,
      "tea",
    ]);
  });

  it.each<{ how: string; take: (response: Response) => unknown }>([
    { how: "read", take: async (response) => response.text() },
    { how: "cancelled", take: async (response) => response.body?.cancel() },
    { how: "being read", take: (response) => response.body?.getReader() },
  ])("has no other view of a body that was given away: $how", async ({ take }) => {
    for (const status of [200, 404]) {
      server.answer(always(status, JSON_TYPE, "{}"));
      const promise = get();
      await take(await promise.asResponse());
      for (const view of [promise, promise.withResponse(), promise.result()]) {
        const error = await failureOf(view);
        expect(error).toBeInstanceOf(ClientError);
        expect(error).toMatchObject({ name: "ClientError", operation: { operationId: "op" } });
        expect(String(error)).toContain(
          `op: GET /x answered ${status}, but its body was given away by asResponse()`,
        );
      }
    }
  });

  it("has other views of a body that was given away, but is not read", async () => {
    const promise = get();
    const response = await promise.asResponse();
    expect(await promise.withResponse()).toMatchObject({ data: {}, response });
  });

  it("sends at once, and once", async () => {
    const promise = get();
    await expect.poll(() => server.requests.length).toBe(1);
    await Promise.all([promise, promise, promise.result(), promise.withResponse()]);
    expect(server.requests).toHaveLength(1);
  });

  it("is a promise", async () => {
    const promise = get();
    expect(Object.prototype.toString.call(promise)).toBe("[object ApiPromise]");
    let isFinal = false;
    expect(await promise.then((data) => [data])).toEqual([{}]);
    expect(await promise.finally(() => (isFinal = true))).toEqual({});
    expect(isFinal).toBe(true);
    server.answer(always(404));
    expect(await get().catch((error: unknown) => (error as ApiError).status)).toBe(404);
    expect(await get().then(null, (error: unknown) => (error as ApiError).status)).toBe(404);
    expect(await Promise.allSettled([get()])).toMatchObject([{ status: "rejected" }]);
  });

  it("has no unhandled rejection, whatever is asked for", async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown): number => unhandled.push(error);
    process.on("unhandledRejection", listener);
    server.answer(always(404));
    const ignored = get();
    await get().result();
    await get().asResponse();
    await failureOf(get().withResponse());
    await failureOf(get({ path: "/{missing}" }).result());
    get({ path: "/{missing}" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled).toEqual([]);
    process.off("unhandledRejection", listener);
    await failureOf(ignored);
  });

  it("classes can be awaited", async () => {
    const api = new TestApi({ baseUrl: server.url });
    expect(await Promise.resolve(api)).toBe(api);
  });
});
