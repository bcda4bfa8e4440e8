import { describe, expect, it } from "vitest";
import { int64Item } from "../../templates/runtime/int64-items.js";
import { jsonItems, type JsonItems } from "../../templates/runtime/json-items.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { failureOf, TestApi } from "./support/api.js";
import { always, send, useServer } from "./support/server.js";

const server = useServer();

function post(items: JsonItems<unknown> | undefined, contentType?: string, retry = 0) {
  const api = new TestApi({ baseUrl: server.url, retry: { limit: retry, baseDelay: 1 } });
  const body = jsonItems(items, contentType);
  return api.call({ method: "POST", idempotent: true, body });
}

async function* later<T>(...items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield item;
  }
}

describe("a body of items", () => {
  it.each<{ what: string; items: () => JsonItems<unknown> }>([
    { what: "an array", items: () => [{ a: "b\n" }, 1] },
    { what: "a set", items: () => new Set<unknown>([{ a: "b\n" }, 1]) },
    { what: "a generator", items: () => later<unknown>({ a: "b\n" }, 1) },
  ])("$what", async ({ items }) => {
    await post(items());
    await post(items(), "application/json-seq");
    const [lines, texts] = server.requests;
    expect(lines?.headers["content-type"]).toBe("application/jsonl");
    expect(String(lines?.body)).toBe('{"a":"b\\n"}\n1\n');
    expect(texts?.headers["content-type"]).toBe("application/json-seq");
    expect(String(texts?.body)).toBe('\x1e{"a":"b\\n"}\n\x1e1\n');
  });

  it("is none if it is undefined, and empty without items", async () => {
    await post(undefined);
    await post([]);
    expect(
      server.requests.map(({ headers, body }) => [headers["content-type"], body.length]),
    ).toEqual([
      [undefined, 0],
      ["application/jsonl", 0],
    ]);
  });

  it("is sent again only if it is an array", async () => {
    server.answer(always(503));
    await failureOf(post([1], undefined, 2));
    expect(server.requests).toHaveLength(3);
    await failureOf(post(later(1), undefined, 2));
    expect(server.requests).toHaveLength(4);
  });

  it("asks for items while they are sent, and for none after the answer", async () => {
    let count = 0;
    let isOver = false as boolean;
    async function* endless(): AsyncGenerator<string> {
      try {
        for (;;) {
          count += 1;
          yield "x".repeat(10_000);
          await new Promise((resolve) => setTimeout(resolve, 0));
        }
      } finally {
        isOver = true;
      }
    }
    const controller = new AbortController();
    const api = new TestApi({ baseUrl: server.url });
    setTimeout(() => {
      controller.abort("enough");
    }, 100);
    const body = jsonItems(endless());
    const failure = failureOf(api.call({ method: "POST", body }, { signal: controller.signal }));
    expect(await failure).toBe("enough");
    await expect.poll(() => isOver).toBe(true);
    expect(count).toBeGreaterThan(1);
  });

  it.each([{ item: undefined }, { item: new Blob(["a"]) }, { item: () => 1 }])(
    "refuses what is no JSON: $item",
    async ({ item }) => {
      expect(await failureOf(post([item]))).toBeInstanceOf(ConfigurationError);
      expect(server.requests).toEqual([]);
    },
  );

  it("keeps the digits of 64-bit integers", async () => {
    const api = new TestApi({ baseUrl: server.url });
    const stringify = int64Item({ properties: { id: "int64" } });
    server.answer((_request, response) => {
      send(response, 204, {});
    });
    const items = [{ id: "9007199254740993", name: "1" }, { id: 2n ** 63n }];
    await api.call({ method: "POST", body: jsonItems(items, "application/jsonl", stringify) });
    expect(String(server.request.body)).toBe(
      '{"id":9007199254740993,"name":"1"}\n{"id":9223372036854775808}\n',
    );
  });
});
