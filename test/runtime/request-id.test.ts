import { describe, expect, it } from "vitest";
import type { ApiError } from "../../templates/runtime/errors.js";
import type { Fetch } from "../../templates/runtime/options.js";
import { requestId, type RequestIdOptions } from "../../templates/runtime/request-id.js";
import { failureOf, TestApi } from "./support/api.js";

/** An API that is answered with these statuses, and the ids that it sends. */
function withIds(
  options: RequestIdOptions = {},
  statuses: readonly number[] = [],
  headers: Record<string, string> = {},
): { api: TestApi; ids: (string | null)[] } {
  const ids: (string | null)[] = [];
  const left = [...statuses];
  const fetch: Fetch = (_url, init) => {
    ids.push(new Headers(init.headers).get(options.header ?? "x-request-id"));
    return Promise.resolve(
      new Response("{}", {
        status: left.shift() ?? 200,
        headers: { "content-type": "application/json", ...headers },
      }),
    );
  };
  const retry = { limit: 3, baseDelay: 1 };
  const middleware = [requestId(options)];
  return { api: new TestApi({ baseUrl: "https://a.example", fetch, retry, middleware }), ids };
}

function numbered(): RequestIdOptions {
  let count = 0;
  return { generate: () => String((count += 1)) };
}

describe("an id", () => {
  it("is another one for each call", async () => {
    const { api, ids } = withIds();
    await Promise.all([api.call(), api.call()]);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is the same for all attempts of one", async () => {
    const { api, ids } = withIds(numbered(), [503, 503, 200, 429, 200]);
    await api.call();
    await api.call();
    expect(ids).toEqual(["1", "1", "1", "2", "2"]);
  });

  it("is the one that the call brings", async () => {
    const { api, ids } = withIds(numbered());
    await api.call({}, { headers: { "x-request-id": "own" } });
    expect(ids).toEqual(["own"]);
  });

  it("is sent in the header that is asked for", async () => {
    const { api, ids } = withIds({ ...numbered(), header: "X-Trace" });
    await api.call();
    expect(ids).toEqual(["1"]);
  });
});

describe("an error has", () => {
  it.each<[string, Record<string, string>, string]>([
    ["the id that was sent", {}, "1"],
    ["the service's own id, if it has one", { "x-request-id": "its" }, "its"],
    ["the service's own id under another name", { "x-correlation-id": "its" }, "its"],
  ])("%s", async (_name, headers, expected) => {
    for (const header of ["x-request-id", "x-trace"]) {
      const { api } = withIds({ ...numbered(), header }, [404], headers);
      const error = (await failureOf(api.call())) as ApiError;
      expect(error).toMatchObject({ status: 404, requestId: expected, body: {} });
    }
  });

  it("all that its response had", async () => {
    const middleware = [requestId(numbered())];
    const fetch: Fetch = () => {
      const response = new Response("gone", { status: 410, headers: { "x-other": "o" } });
      return Promise.resolve(
        Object.defineProperty(response, "url", { value: "https://a.example/x" }),
      );
    };
    const api = new TestApi({ baseUrl: "https://a.example", fetch, middleware });
    const { response, headers } = (await failureOf(api.call())) as ApiError;
    expect(response.url).toBe("https://a.example/x");
    expect(headers.get("x-other")).toBe("o");
  });
});

it("leaves alone what it can make no copy of", async () => {
  const foreign = { status: 600, headers: new Headers(), body: null, url: "" } as Response;
  const api = new TestApi({
    baseUrl: "https://a.example",
    fetch: () => Promise.resolve(foreign),
    middleware: [requestId()],
  });
  expect(await failureOf(api.call())).toMatchObject({ status: 600, requestId: undefined });
});
