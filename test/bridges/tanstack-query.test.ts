import {
  InfiniteQueryObserver,
  MutationObserver,
  QueryClient,
  QueryObserver,
} from "@tanstack/query-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { InfiniteQuery, Mutation, Query } from "../../templates/runtime/tanstack-query.js";
import { bridgedFiles, useClients } from "./support/bridged.js";

/* Options for TanStack Query, given to the real library, with clients whose `fetch` answers. */

const writeClient = useClients();
const BASE = "https://peertube.example";

type Factory<Options> = ((api: unknown, params?: object) => Options) & {
  readonly key: (api: unknown) => readonly unknown[];
};

let peertube: Record<string, unknown>;
let queries: Record<string, unknown>;

beforeAll(async () => {
  const load = writeClient(
    "peertube",
    await bridgedFiles("peertube", "PeerTube", ["tanstack-query"]),
  );
  peertube = await load("index.ts");
  queries = await load("tanstack-query.ts");
}, 60_000);

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
afterEach(() => {
  queryClient.clear();
});

function factory<Options>(name: string): Factory<Options> {
  return queries[name] as Factory<Options>;
}

/** The class of the videos, whose requests are answered by a function; they are kept in `sent`. */
function videos(
  answer: (url: URL, init: RequestInit) => Response | Promise<Response>,
  baseUrl = BASE,
): { readonly api: unknown; readonly sent: string[] } {
  const sent: string[] = [];
  const VideoApi = peertube["VideoApi"] as new (options: object) => unknown;
  const api = new VideoApi({
    baseUrl,
    auth: { OAuth2: "secret" },
    retry: 0,
    fetch: (url: string, init: RequestInit) => {
      sent.push(`${init.method ?? "GET"} ${url.slice(baseUrl.length)}`);
      return Promise.resolve(answer(new URL(url), init));
    },
  });
  return { api, sent };
}

function page(url: URL, total = 5): Response {
  const start = Number(url.searchParams.get("start") ?? 0);
  const data = [start, start + 1].filter((id) => id < total).map((id) => ({ id }));
  return Response.json({ total, data });
}

describe("a query", () => {
  it("gives the decoded body, and is cached", async () => {
    const { api, sent } = videos(() => Response.json({ id: 1, name: "A walk" }));
    const options = factory<Query<unknown>>("getVideoQuery")(api, { id: 1 });
    const first = await queryClient.query({ ...options, staleTime: Infinity });
    expect(first).toEqual({ id: 1, name: "A walk" });
    await queryClient.query({ ...options, staleTime: Infinity });
    expect(sent).toEqual(["GET /api/v1/videos/1"]);
  });

  it("is kept under service, base URL, class, method and parameters, and under no credential", () => {
    const { api } = videos(() => Response.json({}));
    const { queryKey } = factory<Query<unknown>>("getVideoQuery")(api, { id: 1, x: undefined });
    expect(queryKey).toEqual(["PeerTube", `${BASE}/`, "video", "getVideo", { id: 1 }]);
    expect(JSON.stringify(queryKey)).not.toContain("secret");
  });

  it("is another one on another server", () => {
    const keys = [BASE, "https://other.example"].map((baseUrl) => {
      const { api } = videos(() => Response.json({}), baseUrl);
      return factory<Query<unknown>>("getVideosQuery")(api).queryKey;
    });
    expect(keys[0]).not.toEqual(keys[1]);
  });

  it("has a key with integers of any size", () => {
    const { api } = videos(() => Response.json({}));
    const { queryKey } = factory<Query<unknown>>("getVideoQuery")(api, { id: 2n ** 63n });
    expect(JSON.stringify(queryKey)).toContain('"9223372036854775808"');
  });

  it("is invalidated by operation and by class, whatever its parameters", async () => {
    const { api, sent } = videos((url) => page(url));
    const list = factory<Query<unknown>>("getVideosQuery");
    const classKey = queries["videoKey"] as Factory<readonly unknown[]>;
    for (const queryKey of [list.key(api), classKey(api)]) {
      await queryClient.query(list(api, { count: 1 }));
      const before = sent.length;
      const observer = new QueryObserver(queryClient, {
        ...list(api, { count: 1 }),
        staleTime: Infinity,
      });
      const end = observer.subscribe(() => undefined);
      await queryClient.invalidateQueries({ queryKey });
      end();
      expect(sent.length).toBe(before + 1);
    }
  });

  it("rejects with the client's own error", async () => {
    const { api } = videos(() => Response.json({ detail: "no" }, { status: 404 }));
    const options = factory<Query<unknown>>("getVideoQuery")(api, { id: 1 });
    await expect(queryClient.query(options)).rejects.toMatchObject({
      name: "ApiError",
      status: 404,
    });
  });

  it("is aborted where nobody waits for it any more", async () => {
    let signal: AbortSignal | null | undefined;
    const { api } = videos((_url, init) => {
      signal = init.signal;
      return new Promise<Response>(() => undefined);
    });
    const options = factory<Query<unknown>>("getVideoQuery")(api, { id: 1 });
    const observer = new QueryObserver(queryClient, options);
    const end = observer.subscribe(() => undefined);
    await expect.poll(() => signal?.aborted).toBe(false);
    end();
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it("gives null where the answer has no body", async () => {
    const { api } = videos(() => new Response(null, { status: 204 }));
    const options = factory<Query<unknown>>("getVideoQuery")(api, { id: 1 });
    expect(await queryClient.query(options)).toBeNull();
  });
});

describe("an infinite query", () => {
  it("goes on page by page to the end", async () => {
    const { api, sent } = videos((url) => page(url));
    const options = factory<InfiniteQuery<unknown>>("getVideosInfinite")(api, { count: 2 });
    const observer = new InfiniteQueryObserver(queryClient, options as never);
    const end = observer.subscribe(() => undefined);
    await expect.poll(() => observer.getCurrentResult().isSuccess).toBe(true);
    while (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
    const { data } = observer.getCurrentResult() as unknown as {
      data: { pages: { items: { id: number }[]; total: number }[]; pageParams: unknown[] };
    };
    end();
    expect(data.pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual([0, 1, 2, 3, 4]);
    expect(data.pages.map(({ total }) => total)).toEqual([5, 5, 5]);
    expect(data.pageParams).toEqual([null, "2", "4"]);
    expect(sent).toEqual([
      "GET /api/v1/videos?count=2",
      "GET /api/v1/videos?start=2&count=2",
      "GET /api/v1/videos?start=4&count=2",
    ]);
  });

  it("is cached as data: as JSON it is the same", async () => {
    const { api } = videos((url) => page(url));
    const options = factory<InfiniteQuery<unknown>>("getVideosInfinite")(api, { count: 2 });
    const data = await queryClient.infiniteQuery({ ...options, pages: 2 } as never);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });

  it("is kept apart from the query of the same list", () => {
    const { api } = videos((url) => page(url));
    const { queryKey } = factory<Query<unknown>>("getVideosQuery")(api, { count: 2 });
    const infinite = factory<InfiniteQuery<unknown>>("getVideosInfinite")(api, { count: 2 });
    expect(infinite.queryKey).not.toEqual(queryKey);
  });
});

describe("a mutation", () => {
  it("sends what it is given", async () => {
    const { api, sent } = videos(() => new Response(null, { status: 204 }));
    const options = factory<Mutation<object, unknown>>("delVideoMutation")(api);
    const observer = new MutationObserver<unknown, Error, object>(queryClient, options);
    await observer.mutate({ id: 7 });
    expect(sent).toEqual(["DELETE /api/v1/videos/7"]);
    expect(observer.getCurrentResult().status).toBe("success");
  });
});

describe("the file", () => {
  it("has something for each operation but those that only a browser visits, and streams", () => {
    const names = Object.keys(queries);
    expect(names.length).toBe(new Set(names).size);
    expect(names.filter((name) => name.endsWith("Mutation")).length).toBeGreaterThan(120);
    expect(names.filter((name) => name.endsWith("Infinite")).length).toBeGreaterThan(35);
  });
});
