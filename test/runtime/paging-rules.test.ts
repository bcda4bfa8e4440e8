import { describe, expect, it } from "vitest";
import type { View } from "../../templates/runtime/api-class.js";
import type { Call } from "../../templates/runtime/call.js";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { byKeyset } from "../../templates/runtime/keyset-pages.js";
import { byLink, type LinkPagesOptions } from "../../templates/runtime/link-pages.js";
import { byOffset } from "../../templates/runtime/offset-pages.js";
import { PagingError } from "../../templates/runtime/paging-error.js";
import type { PagedPromise } from "../../templates/runtime/paged-promise.js";
import { commaDelimited } from "../../templates/runtime/styles.js";
import { all, ListApi, untilFailure } from "./support/pages.js";
import { send, useServer } from "./support/server.js";

const server = useServer();

interface ListResponses {
  200: unknown;
}
type ListView = View<PagedPromise<ListResponses, unknown>>;

/** An answer of the service: its body, and its `Link` header. */
interface Answer {
  readonly body: unknown;
  readonly link?: string;
}

interface Row {
  readonly what: string;
  readonly view: ListView;
  readonly call?: Partial<Call>;
  readonly options?: LinkPagesOptions;
  /** In the order of the requests; one more request fails the test. */
  readonly answers: readonly Answer[];
  /** The request targets. */
  readonly asked: readonly string[];
  readonly items: readonly unknown[];
  /** What is told in the end, if it goes wrong. */
  readonly error?: { readonly of: new (...args: never[]) => Error; readonly says: string };
}

function rows(list: readonly Row[]): void {
  it.each(list)("$what", async ({ view, call, options, answers, asked, items, error }) => {
    let index = 0;
    server.answer((_request, response) => {
      const answer = answers[index];
      index += 1;
      const headers = {
        "content-type": "application/json",
        ...(answer?.link === undefined ? {} : { link: answer.link.replaceAll("HOST", server.url) }),
      };
      if (answer === undefined) send(response, 500, headers, '"one request too many"');
      else send(response, 200, headers, JSON.stringify(answer.body));
    });
    const promise = new ListApi({ baseUrl: `${server.url}/api/` }).list(view, call);
    if (error === undefined) {
      expect(await all(promise.items(options))).toEqual(items);
    } else {
      const { given, error: thrown } = await untilFailure(promise.items(options));
      expect(given).toEqual(items);
      expect(thrown).toBeInstanceOf(error.of);
      expect((thrown as Error).message).toBe(`list: GET /list ${error.says}`);
    }
    expect(server.requests.map(({ url }) => url)).toEqual(asked);
  });
}

const stuck = (says: string) => ({
  of: PagingError,
  says: `cannot be paged any further: ${says}`,
});

const SAME = stuck("the service answers with the page before once more");

describe("by offset, with a total", () => {
  const view: ListView = byOffset({
    offset: "start",
    limit: { name: "count", default: 2, maximum: 3 },
    items: ["page", "data"],
    total: ["total"],
  });
  const page = (data: readonly unknown[], total?: unknown): Answer => ({
    body: { page: { data }, total },
  });

  rows([
    { what: "nothing", view, answers: [page([], 0)], asked: ["/api/list"], items: [] },
    { what: "one page", view, answers: [page([1, 2], 2)], asked: ["/api/list"], items: [1, 2] },
    {
      what: "several pages",
      view,
      answers: [page([1, 2], 5), page([3, 4], 5), page([5], 5)],
      asked: ["/api/list", "/api/list?start=2", "/api/list?start=4"],
      items: [1, 2, 3, 4, 5],
    },
    {
      what: "parameters of the call stay",
      view,
      call: { path: "/list/{id}", pathParams: { id: "a/b" }, query: { sort: "-x", count: 1 } },
      answers: [page([1], 2), page([2], 2)],
      asked: ["/api/list/a%2Fb?sort=-x&count=1", "/api/list/a%2Fb?sort=-x&count=1&start=1"],
      items: [1, 2],
    },
    {
      what: "from an offset on",
      view,
      call: { query: { start: 3, count: undefined } },
      answers: [page([4, 5], 6), page([6], 6)],
      asked: ["/api/list?start=3", "/api/list?start=5"],
      items: [4, 5, 6],
    },
    {
      what: "from an offset in a style",
      view,
      call: { query: { start: commaDelimited(3) } },
      answers: [page([4], 5), page([5], 5)],
      asked: ["/api/list?start=3", "/api/list?start=4"],
      items: [4, 5],
    },
    {
      what: "short pages in between: what came counts",
      view,
      answers: [page([1], 4), page([2, 3], 4), page([4], 4)],
      asked: ["/api/list", "/api/list?start=1", "/api/list?start=3"],
      items: [1, 2, 3, 4],
    },
    {
      what: "a total that grows",
      view,
      answers: [page([1, 2], 3), page([3, 4], 5), page([5], 5)],
      asked: ["/api/list", "/api/list?start=2", "/api/list?start=4"],
      items: [1, 2, 3, 4, 5],
    },
    {
      what: "a total that shrinks, because items are deleted meanwhile",
      view,
      answers: [page([1, 2], 5), page([], 2)],
      asked: ["/api/list", "/api/list?start=2"],
      items: [1, 2],
    },
    {
      what: "a total that promises too much: an empty page is the last",
      view,
      answers: [page([1, 2], 99), page([], 99)],
      asked: ["/api/list", "/api/list?start=2"],
      items: [1, 2],
    },
    {
      what: "a total that is less than what there is: it says nothing",
      view,
      answers: [page([1, 2], 0), page([3], 0)],
      asked: ["/api/list", "/api/list?start=2"],
      items: [1, 2, 3],
    },
    {
      what: "a total that is missing (skipCount): a short page is the last",
      view,
      answers: [page([1, 2]), page([3])],
      asked: ["/api/list", "/api/list?start=2"],
      items: [1, 2, 3],
    },
    {
      what: "a total that is text, so that no digit is lost",
      view,
      answers: [page([1], "2"), page([2], "2")],
      asked: ["/api/list", "/api/list?start=1"],
      items: [1, 2],
    },
    {
      what: "a total that is no number",
      view,
      answers: [page([1, 2], "many"), page([3], null)],
      asked: ["/api/list", "/api/list?start=2"],
      items: [1, 2, 3],
    },
    {
      what: "a list that is null or missing is empty",
      view,
      answers: [{ body: { page: { data: null }, total: 3 } }],
      asked: ["/api/list"],
      items: [],
    },
    {
      what: "a list that is none",
      view,
      answers: [{ body: { page: { data: { 0: 1, length: 1 } } } }],
      asked: ["/api/list"],
      items: [],
      error: stuck("an answer has no list where the document says"),
    },
    {
      what: "a service that ignores the offset",
      view,
      answers: [page([{ id: 1 }, { id: 2 }], 4), page([{ id: 1 }, { id: 2 }], 4)],
      asked: ["/api/list", "/api/list?start=2"],
      items: [{ id: 1 }, { id: 2 }],
      error: SAME,
    },
  ]);
});

describe("by offset, without a total", () => {
  const rule = { offset: "offset", items: [] };
  const view: ListView = byOffset({ ...rule, limit: { name: "limit", default: 2, maximum: 3 } });
  const page = (...body: unknown[]): Answer => ({ body });

  rows([
    {
      what: "a page that is shorter than the default is the last",
      view,
      answers: [page(1, 2), page(3)],
      asked: ["/api/list", "/api/list?offset=2"],
      items: [1, 2, 3],
    },
    {
      what: "an empty page is the last",
      view,
      answers: [page(1, 2), page()],
      asked: ["/api/list", "/api/list?offset=2"],
      items: [1, 2],
    },
    {
      what: "a page that is shorter than what was asked for is the last",
      view,
      call: { query: { limit: 3 } },
      answers: [page(1, 2, 3), page(4, 5)],
      asked: ["/api/list?limit=3", "/api/list?limit=3&offset=3"],
      items: [1, 2, 3, 4, 5],
    },
    {
      what: "more than the maximum counts as the maximum",
      view,
      call: { query: { limit: 100 } },
      answers: [page(1, 2, 3), page(4, 5)],
      asked: ["/api/list?limit=100", "/api/list?limit=100&offset=3"],
      items: [1, 2, 3, 4, 5],
    },
    {
      what: "a limit whose maximum is unknown may be cut to the default",
      view: byOffset({ ...rule, limit: { name: "limit", default: 2 } }),
      call: { query: { limit: 100 } },
      answers: [page(1, 2), page(3)],
      asked: ["/api/list?limit=100", "/api/list?limit=100&offset=2"],
      items: [1, 2, 3],
    },
    {
      what: "with no number in the document, only an empty page is the last",
      view: byOffset(rule),
      answers: [page(1, 2), page(3), page()],
      asked: ["/api/list", "/api/list?offset=2", "/api/list?offset=3"],
      items: [1, 2, 3],
    },
    {
      what: "a service that ignores the offset and has a full page",
      view,
      answers: [page(1, 2), page(1, 2)],
      asked: ["/api/list", "/api/list?offset=2"],
      items: [1, 2],
      error: SAME,
    },
  ]);
});

describe("by the last item", () => {
  const limit = { name: "limit", default: 2, maximum: 5 };
  const view: ListView = byKeyset({ limit, items: [], next: { from: ["name"] } });
  const names = (...all: unknown[]): Answer => ({ body: all.map((name) => ({ name })) });
  const named = (...all: unknown[]): readonly unknown[] => all.map((name) => ({ name }));
  const ordered: ListView = byKeyset({
    limit,
    items: [],
    order: {
      name: "order",
      default: "DESC",
      next: { ASC: { id: ["key", "id"], start: ["at"] }, DESC: { id: ["key", "id"], end: ["at"] } },
    },
  });
  const event = (id: string, at: number) => ({ key: { id }, at });

  rows([
    {
      what: "a short page is the last",
      view,
      answers: [names("a", "b&"), names("c")],
      asked: ["/api/list", "/api/list?from=b%26"],
      items: named("a", "b&", "c"),
    },
    {
      what: "an empty page is the last",
      view,
      answers: [names("a", "b"), names()],
      asked: ["/api/list", "/api/list?from=b"],
      items: named("a", "b"),
    },
    {
      what: "from a key on",
      view,
      call: { query: { from: "b", limit: 1 } },
      answers: [names("c"), names("d"), names()],
      asked: ["/api/list?from=b&limit=1", "/api/list?from=c&limit=1", "/api/list?from=d&limit=1"],
      items: named("c", "d"),
    },
    {
      what: "in the default order",
      view: ordered,
      answers: [{ body: [event("x", 9), event("y", 8)] }, { body: [] }],
      asked: ["/api/list", "/api/list?id=y&end=8"],
      items: [event("x", 9), event("y", 8)],
    },
    {
      what: "in the other order",
      view: ordered,
      call: { query: { start: 1, end: 50, order: "ASC" } },
      answers: [{ body: [event("x", 8), event("y", 9)] }, { body: [] }],
      asked: ["/api/list?start=1&end=50&order=ASC", "/api/list?start=9&end=50&order=ASC&id=y"],
      items: [event("x", 8), event("y", 9)],
    },
    {
      what: "in an order of which the document says nothing",
      view: ordered,
      call: { query: { order: "toString" } },
      answers: [{ body: [event("x", 8), event("y", 9)] }],
      asked: ["/api/list?order=toString"],
      items: [event("x", 8), event("y", 9)],
      error: stuck("the order of its items is not one that can be continued"),
    },
    {
      what: "one page needs no key",
      view,
      answers: [names(null)],
      asked: ["/api/list"],
      items: named(null),
    },
    ...[undefined, null, { a: 1 }, true].map((value): Row => ({
      what: `a last item without the key: ${typeof value} ${JSON.stringify({ value })}`,
      view,
      answers: [names("a", value)],
      asked: ["/api/list"],
      items: JSON.parse(JSON.stringify(named("a", value))) as unknown[],
      error: stuck('its last item has no value for "from"'),
    })),
    {
      what: "a service that ignores the key",
      view,
      answers: [names("a", "b"), names("a", "b")],
      asked: ["/api/list", "/api/list?from=b"],
      items: named("a", "b"),
      error: SAME,
    },
    {
      what: "keys that lead back",
      view,
      answers: [names("a", "b"), names("b", "c"), names("a", "b")],
      asked: ["/api/list", "/api/list?from=b", "/api/list?from=c"],
      items: named("a", "b", "b", "c", "a", "b"),
      error: stuck("a page leads back to one before it"),
    },
  ]);
});

describe("by link", () => {
  const view: ListView = byLink({ items: [] });
  const page = (link: string | undefined, ...body: unknown[]): Answer =>
    link === undefined ? { body } : { body, link };

  rows([
    { what: "no link", view, answers: [page(undefined, 1)], asked: ["/api/list"], items: [1] },
    {
      what: "as they are given, without what the call had",
      view,
      call: { query: { limit: 2, local: true } },
      answers: [
        page('<HOST/api/list?max_id=%31&a=b+c>; rel="next"', 1, 2),
        page("</elsewhere;v=1?x=#part>; rel=next", 3),
        page(undefined, 4),
      ],
      asked: ["/api/list?limit=2&local=true", "/api/list?max_id=%31&a=b+c", "/elsewhere;v=1?x="],
      items: [1, 2, 3, 4],
    },
    {
      what: "relative ones, resolved against where they came from",
      view,
      answers: [
        page('<?page=2>; rel="next"', 1),
        page('<sub/three>; rel="next"', 2),
        page('<four>; rel="next"', 3),
        page(undefined, 4),
      ],
      asked: ["/api/list", "/api/list?page=2", "/api/sub/three", "/api/sub/four"],
      items: [1, 2, 3, 4],
    },
    {
      what: "any order of relations",
      view,
      answers: [
        page('<HOST/api/list?min_id=2>; rel="prev", <HOST/api/list?max_id=1>; rel="next"', 2, 1),
        page('<HOST/api/list?min_id=0>; rel="prev"', 0),
      ],
      asked: ["/api/list", "/api/list?max_id=1"],
      items: [2, 1, 0],
    },
    {
      what: "the other direction",
      view,
      options: { direction: "prev" },
      answers: [
        page('<HOST/api/list?max_id=1>; rel="next", <HOST/api/list?min_id=2>; rel="prev"', 2, 1),
        page('<HOST/api/list?min_id=4>; rel="prev"', 4, 3),
        page(undefined),
      ],
      asked: ["/api/list", "/api/list?min_id=2", "/api/list?min_id=4"],
      items: [2, 1, 4, 3],
    },
    {
      what: "empty pages in between, whose items were filtered out",
      view,
      answers: [page("<?2>; rel=next"), page("<?3>; rel=next"), page(undefined, 3)],
      asked: ["/api/list", "/api/list?2", "/api/list?3"],
      items: [3],
    },
    {
      what: "nothing but empty pages",
      view,
      answers: Array.from({ length: 150 }, (_, index) => page(`<?${index}>; rel=next`)),
      asked: ["/api/list", ...Array.from({ length: 100 }, (_, index) => `/api/list?${index}`)],
      items: [],
      error: stuck("100 pages in a row are empty"),
    },
    {
      what: "a link to the page itself",
      view,
      answers: [page("<>; rel=next", 1), page("<>; rel=next", 1)],
      asked: ["/api/list", "/api/list"],
      items: [1],
      error: SAME,
    },
    {
      what: "links in a circle",
      view,
      answers: [page("<?2>; rel=next", 1), page("<?3>; rel=next", 2), page("<?2>; rel=next", 3)],
      asked: ["/api/list", "/api/list?2", "/api/list?3"],
      items: [1, 2, 3],
      error: stuck("a page leads back to one before it"),
    },
    {
      what: "a link that is no URL",
      view,
      answers: [page("<http://a b/secret>; rel=next", 1)],
      asked: ["/api/list"],
      items: [1],
      error: stuck("the link to its next page is not a URL"),
    },
    ...[
      "https://evil.example/api/list?2",
      "//evil.example/api/list?2",
      "https://HOST@evil.example/",
      String.raw`\\evil.example\api`,
      "javascript:alert(1)",
      "file:///etc/passwd",
    ].map((link): Row => ({
      what: `a link to another origin: ${link}`,
      view,
      answers: [page(`<${link}>; rel=next`, 1)],
      asked: ["/api/list"],
      items: [1],
      error: {
        of: ConfigurationError,
        says: "cannot be sent: the URL that the service gave for it leads to another origin",
      },
    })),
  ]);

  it("resolves relative links against where a redirect has led", async () => {
    server.answer(({ url }, response) => {
      if (url === "/list") send(response, 302, { location: "/moved/list" });
      else {
        const link = url === "/moved/list" ? { link: "<two>; rel=next" } : {};
        send(response, 200, { "content-type": "application/json", ...link }, JSON.stringify([url]));
      }
    });
    const items = await all(new ListApi({ baseUrl: server.url }).list(view).items());
    expect(items).toEqual(["/moved/list", "/moved/two"]);
  });

  it("goes from https to http nowhere", async () => {
    const urls: string[] = [];
    const api = new ListApi({
      baseUrl: "https://a.test",
      fetch: (url) => {
        urls.push(url);
        const headers = { link: "<http://a.test/list?2>; rel=next" };
        return Promise.resolve(Response.json([1], { headers }));
      },
    });
    const { given, error } = await untilFailure(api.list(view).items());
    expect(given).toEqual([1]);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(urls).toEqual(["https://a.test/list"]);
  });

  it("takes the URL of the call for that of an answer which has none, as stubs make them", async () => {
    const urls: string[] = [];
    const api = new ListApi({
      baseUrl: "https://b.test",
      fetch: (url) => {
        urls.push(url);
        const headers: HeadersInit = urls.length < 3 ? { link: `<?${urls.length}>; rel=next` } : {};
        return Promise.resolve(Response.json([urls.length], { headers }));
      },
    });
    const options = { baseUrl: "https://a.test/v1" };
    expect(await all(api.list(view, {}, options).items())).toEqual([1, 2, 3]);
    expect(urls).toEqual([
      "https://a.test/v1/list",
      "https://a.test/v1/list?1",
      "https://a.test/v1/list?2",
    ]);
  });
});
