import { describe, expect, it } from "vitest";
import { RedirectError } from "../../templates/runtime/errors.js";
import { form } from "../../templates/runtime/form.js";
import { json } from "../../templates/runtime/json.js";
import { deepObject } from "../../templates/runtime/styles.js";
import { text } from "../../templates/runtime/text.js";
import { wholeQuery } from "../../templates/runtime/whole-query.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, useServer } from "./support/server.js";

const server = useServer();

describe("QUERY", () => {
  const call = { method: "QUERY", body: json({ text: "a" }) };

  it("has a body", async () => {
    const api = new TestApi({ baseUrl: server.url });
    expect(await api.call(call)).toEqual({});
    expect(server.request).toMatchObject({ method: "QUERY", url: "/x" });
    expect(server.request.headers["content-type"]).toBe("application/json");
    expect(String(server.request.body)).toBe('{"text":"a"}');
  });

  it("is repeated, for it is safe", async () => {
    server.answer(always(503));
    const api = new TestApi({ baseUrl: server.url, retry: { limit: 2, baseDelay: 1 } });
    await failureOf(api.call(call));
    expect(server.requests.map(({ body }) => String(body))).toEqual(
      new Array(3).fill('{"text":"a"}'),
    );
  });

  it("is not sent on by a redirect: its body would go along", async () => {
    server.answer(always(307, { location: "/y" }));
    const api = new TestApi({ baseUrl: server.url });
    expect(await failureOf(api.call(call))).toBeInstanceOf(RedirectError);
    expect(server.requests).toHaveLength(1);
  });
});

describe("any other method", () => {
  it.each(["LINK", "PROPFIND", "M-SEARCH"])("%s is sent as it is, once", async (method) => {
    server.answer(always(503));
    const api = new TestApi({ baseUrl: server.url, retry: { limit: 2, baseDelay: 1 } });
    await failureOf(api.call({ method, body: text("a") }));
    expect(server.request).toMatchObject({ method });
    expect(String(server.request.body)).toBe("a");
  });

  it("is repeated if the document says so", async () => {
    server.answer(always(503));
    const api = new TestApi({ baseUrl: server.url, retry: { limit: 2, baseDelay: 1 } });
    await failureOf(api.call({ method: "PROPFIND", idempotent: true }));
    expect(server.requests).toHaveLength(3);
  });
});

describe("a parameter that is the whole query", () => {
  it.each([
    {
      what: "a form",
      query: wholeQuery(form({ foo: "a + b", bar: true, f: { a: 1 } }, { f: deepObject })),
      url: "/x?foo=a+%2B+b&bar=true&f%5Ba%5D=1",
    },
    {
      what: "JSON",
      query: wholeQuery(json({ numbers: [1, 2], flag: null })),
      // OpenAPI 3.2, "Parameter Object Examples"
      url: "/x?%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
    },
    { what: "text", query: wholeQuery(text("$.a.b[1:1]")), url: "/x?%24.a.b%5B1%3A1%5D" },
    {
      what: "text that looks like a query",
      query: wholeQuery(text("a=1&b=#")),
      url: "/x?a%3D1%26b%3D%23",
    },
    { what: "nothing", query: wholeQuery(form(undefined)), url: "/x" },
    { what: "an empty form", query: wholeQuery(form({})), url: "/x" },
  ])("$what", async ({ query, url }) => {
    const api = new TestApi({ baseUrl: server.url });
    await api.call({ query: { anything: query } });
    expect(server.request.url).toBe(url);
    expect(api.link({ query: { anything: query } }).href).toBe(server.url + url);
  });

  it("has a key beside it", async () => {
    const api = new TestApi(
      { baseUrl: server.url, auth: { Key: "k&" } },
      { securitySchemes: { Key: { type: "apiKey", in: "query", name: "key" } } },
    );
    await api.call({ query: { q: wholeQuery(form({ a: 1 })) }, security: [{ Key: [] }] });
    expect(server.request.url).toBe("/x?a=1&key=k%26");
  });

  it("is refused if its style cannot carry it, without its value", async () => {
    const api = new TestApi({ baseUrl: server.url });
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const failure = await failureOf(api.call({ query: { q: wholeQuery(json(circle)) } }));
    expect(String(failure)).toContain('the query parameter "q"');
  });
});
