import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { json } from "../../templates/runtime/json.js";
import type { Fetch } from "../../templates/runtime/options.js";
import { failureOf, TestApi } from "./support/api.js";

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
