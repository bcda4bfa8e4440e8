import { describe, expect, it, onTestFinished } from "vitest";
import { ConfigurationError, RedirectError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { Middleware } from "../../templates/runtime/middleware.js";
import type { ClientOptions } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer } from "./support/server.js";

const server = useServer();
const other = useServer();

function api(options: ClientOptions = {}): TestApi {
  return new TestApi({ baseUrl: server.url, ...options });
}

describe("middleware", () => {
  it("stands around each attempt: the client's around the call's, the first outermost", async () => {
    const seen: string[] = [];
    const told =
      (name: string): Middleware =>
      async ({ attempt }, next) => {
        seen.push(`${name}${attempt}>`);
        const response = await next();
        seen.push(`<${name}${response.status}`);
        return response;
      };
    let answers = 0;
    server.answer((...exchange) => {
      const status = ++answers === 1 ? 503 : 200;
      always(status, { "content-type": "application/json" }, "1")(...exchange);
    });
    const client = api({ middleware: [told("a"), told("b")], retry: { limit: 1, baseDelay: 1 } });
    expect(await client.call({}, { middleware: [told("c")] })).toBe(1);
    expect(seen.join(" ")).toBe("a1> b1> c1> <c503 <b503 <a503 a2> b2> c2> <c200 <b200 <a200");
  });

  it("sees the request as it will be sent, and may change headers and body", async () => {
    const middleware: Middleware = ({ operation, call, request }, next) => {
      expect(operation).toMatchObject({ operationId: "op", method: "POST", path: "/x/{id}" });
      expect(call.pathParams).toEqual({ id: 1 });
      expect(request).toMatchObject({ method: "POST", url: `${server.url}/x/1`, body: '{"a":1}' });
      request.headers.set("x-signed", "yes");
      request.body = '{"a":2}';
      return next();
    };
    const call = { method: "POST", path: "/x/{id}", pathParams: { id: 1 }, body: json({ a: 1 }) };
    await api({ middleware: [middleware] }).call(call);
    expect(server.request.headers["x-signed"]).toBe("yes");
    expect(server.request.body.toString()).toBe('{"a":2}');
  });

  it("may give an answer of its own, which is decoded like any other", async () => {
    const middleware: Middleware = () =>
      Promise.resolve(Response.json({ code: "no" }, { status: 404 }));
    const result = await api({ middleware: [middleware] })
      .call()
      .result();
    expect(result).toMatchObject({ ok: false, status: 404, error: { body: { code: "no" } } });
    expect(server.requests).toHaveLength(0);
  });

  it("may ask twice", async () => {
    const twice: Middleware = async (_context, next) => {
      await (await next()).body?.cancel();
      return next();
    };
    await api({ middleware: [twice] }).call();
    expect(server.requests).toHaveLength(2);
  });

  it("what it throws is what the caller gets, and is not tried again", async () => {
    const thrown = new Error("mine");
    const middleware: Middleware = () => Promise.reject(thrown);
    expect(await failureOf(api({ middleware: [middleware], retry: 3 }).call())).toBe(thrown);
  });

  it("has to give a response", async () => {
    const middleware = (() => Promise.resolve("text")) as unknown as Middleware;
    expect(await failureOf(api({ middleware: [middleware] }).call())).toBeInstanceOf(
      ConfigurationError,
    );
  });

  it("a header that it puts in takes away the freedom to be redirected anywhere", async () => {
    server.answer(always(302, { location: `${other.url}/y` }));
    const key: Middleware = ({ request: { headers } }, next) => {
      headers.delete("accept");
      headers.set("x-api-key", "s3cr3t");
      return next();
    };
    expect(await failureOf(api({ middleware: [key] }).call())).toBeInstanceOf(RedirectError);
    expect(other.requests).toEqual([]);
  });

  it("need not wait for an answer that fails", async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    server.answer((_request, response) => response.destroy());
    const cached: Middleware = (_context, next) => {
      void next();
      return Promise.resolve(Response.json({}));
    };
    expect(await api({ middleware: [cached] }).call()).toEqual({});
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(rejections).toEqual([]);
  });
});
