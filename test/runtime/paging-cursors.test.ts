import { describe, expect, it } from "vitest";
import type { View } from "../../templates/runtime/api-class.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { byKeyset } from "../../templates/runtime/keyset-pages.js";
import { byLink } from "../../templates/runtime/link-pages.js";
import { byOffset } from "../../templates/runtime/offset-pages.js";
import type { CallOptions } from "../../templates/runtime/options.js";
import type { PagedPromise } from "../../templates/runtime/paged-promise.js";
import type { Page } from "../../templates/runtime/pages.js";
import { startingAt } from "../../templates/runtime/starting-at.js";
import { all, ListApi } from "./support/pages.js";
import { send, useServer } from "./support/server.js";

/* A list that goes on where a page before said, in another program even: nothing but the cursor is kept. */

const server = useServer();

interface ListResponses {
  200: unknown;
}
type ListView = View<PagedPromise<ListResponses, unknown>>;

const ITEMS = [1, 2, 3, 4, 5].map((id) => ({ id }));

/** Each kind of list, and how the same service answers it: two items at a time. */
const KINDS: readonly {
  readonly kind: string;
  readonly view: ListView;
  readonly startOf: (query: URLSearchParams) => number;
  readonly linked?: boolean;
}[] = [
  {
    kind: "by offset",
    view: byOffset({
      offset: "start",
      limit: { name: "count", default: 2, maximum: 2 },
      items: [],
    }),
    startOf: (query) => Number(query.get("start") ?? 0),
  },
  {
    kind: "by keyset",
    view: byKeyset({
      limit: { name: "count", default: 2, maximum: 2 },
      items: [],
      next: { after: ["id"] },
    }),
    startOf: (query) => Number(query.get("after") ?? 0),
  },
  {
    kind: "by `Link`",
    view: byLink({ items: [] }),
    startOf: (query) => Number(query.get("from") ?? 0),
    linked: true,
  },
];

function serve(startOf: (query: URLSearchParams) => number, linked = false): void {
  server.answer(({ url }, response) => {
    const start = startOf(new URL(url, server.url).searchParams);
    const link = [
      ...(start + 2 < ITEMS.length ? [`<${server.url}/list?from=${start + 2}>; rel="next"`] : []),
      ...(start > 0 ? [`<${server.url}/list?from=${start - 2}>; rel="prev"`] : []),
    ];
    const headers = {
      "content-type": "application/json",
      ...(linked ? { link: link.join(", ") } : {}),
    };
    send(response, 200, headers, JSON.stringify(ITEMS.slice(start, start + 2)));
  });
}

function list(view: ListView, options?: CallOptions): PagedPromise<ListResponses, unknown> {
  return new ListApi({ baseUrl: server.url, retry: 0 }).list(view, {}, options);
}

async function firstPage(
  promise: PagedPromise<ListResponses, unknown>,
): Promise<Page<unknown, unknown>> {
  for await (const page of promise.pages()) return page;
  throw new Error("there was no page");
}

describe.each(KINDS)("a list $kind", ({ view, startOf, linked }) => {
  it("goes on from the cursor of a page, which is text, with a request for that page only", async () => {
    serve(startOf, linked);
    const { cursors } = await firstPage(list(view));
    const kept = JSON.parse(JSON.stringify(cursors)) as typeof cursors;
    const before = server.requests.length;
    expect(await list(view, startingAt(kept.next, {}))).toEqual(ITEMS.slice(2, 4));
    expect(server.requests.length).toBe(before + 1);
    expect(await all(list(view, startingAt(kept.next, {})).items())).toEqual(ITEMS.slice(2));
  });

  it("begins where its parameters say without a cursor", async () => {
    serve(startOf, linked);
    for (const none of [undefined, null])
      expect(await list(view, startingAt(none, {}))).toEqual(ITEMS.slice(0, 2));
  });

  it("has no cursor behind its last page", async () => {
    serve(startOf, linked);
    const pages = [];
    for await (const page of list(view).pages()) pages.push(page.cursors.next);
    expect(pages.map((cursor) => cursor !== undefined)).toEqual([true, true, false]);
  });

  it.each(["", "no cursor", '{"a":1}', "[1]", '[["admin","1"]]', "javascript:alert(1)"])(
    "rejects what is no cursor of it, and sends nothing: %j",
    async (cursor) => {
      serve(startOf, linked);
      await expect(list(view, startingAt(cursor, {}))).rejects.toBeInstanceOf(ConfigurationError);
      expect(server.requests).toEqual([]);
    },
  );
});

describe("cursors of links", () => {
  it("lead back, too", async () => {
    const [, , links] = KINDS;
    if (links === undefined) throw new Error("there is no such list");
    serve(links.startOf, true);
    const { cursors } = await firstPage(list(links.view));
    expect(cursors.prev).toBeUndefined();
    const second = await firstPage(list(links.view, startingAt(cursors.next, {})));
    expect(await list(links.view, startingAt(second.cursors.prev, {}))).toEqual(ITEMS.slice(0, 2));
  });

  it("lead to no other origin", async () => {
    const view = byLink({ items: [] }) as ListView;
    const elsewhere = list(view, startingAt("https://elsewhere.example/list", {}));
    await expect(elsewhere).rejects.toBeInstanceOf(ConfigurationError);
    expect(server.requests).toEqual([]);
  });
});
