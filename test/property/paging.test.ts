import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { View } from "../../templates/runtime/api-class.js";
import { byKeyset } from "../../templates/runtime/keyset-pages.js";
import { byLink } from "../../templates/runtime/link-pages.js";
import { byOffset } from "../../templates/runtime/offset-pages.js";
import type { PagedPromise } from "../../templates/runtime/paged-promise.js";
import { all, ListApi } from "../runtime/support/pages.js";

/*
 * Model services whose lists come in any pages: whatever the kind of paging, each item is given once, in its order,
 * and no page is requested that is not needed.
 */

interface Model {
  readonly what: string;
  readonly view: View<PagedPromise<{ 200: unknown }, number>>;
  /** How the service cuts a list into pages, some of which may have no items. */
  readonly cut: (sizes: readonly number[]) => readonly number[];
  /** Whether the last of the pages can only be known by an empty one behind it. */
  readonly endsEmpty: (pages: readonly number[]) => boolean;
  /** The items are the numbers from 0 on; `pages` are the numbers with which pages begin, and at last the end. */
  answer(query: URLSearchParams, pages: readonly number[]): Response;
}

/** The page that begins at a number. */
function pageAt(start: number, pages: readonly number[]): number[] {
  const end = pages.find((bound) => bound > start) ?? start;
  return Array.from({ length: end - start }, (_, index) => start + index);
}

const numberOf = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  return text === null ? undefined : Number(text);
};

const MODELS: readonly Model[] = [
  {
    what: "offset and total",
    view: byOffset({ offset: "start", items: ["data"], total: ["total"] }),
    cut: withoutEmpty,
    endsEmpty: () => false,
    answer: (query, pages) =>
      Response.json({ total: pages.at(-1), data: pageAt(numberOf(query, "start") ?? 0, pages) }),
  },
  {
    what: "offset alone",
    view: byOffset({ offset: "start", items: [] }),
    cut: withoutEmpty,
    endsEmpty: () => true,
    answer: (query, pages) => Response.json(pageAt(numberOf(query, "start") ?? 0, pages)),
  },
  {
    what: "offset and limit",
    view: byOffset({
      offset: "start",
      limit: { name: "count", default: 3, maximum: 5 },
      items: [],
    }),
    cut: intoThrees,
    endsEmpty: (pages) => (pages.at(-1) ?? 0) % 3 === 0,
    answer: (query, pages) => Response.json(pageAt(numberOf(query, "start") ?? 0, pages)),
  },
  {
    what: "the last item",
    view: byKeyset({ items: [], next: { after: [] } }),
    cut: withoutEmpty,
    endsEmpty: () => true,
    answer: (query, pages) => Response.json(pageAt((numberOf(query, "after") ?? -1) + 1, pages)),
  },
  {
    what: "links",
    view: byLink({ items: [] }),
    cut: (sizes) => sizes,
    endsEmpty: () => false,
    answer: (query, pages) => {
      const page = numberOf(query, "page") ?? 0;
      const [start = 0, end = start] = pages.slice(page);
      const headers = {
        link: `</list?page=${page - 1}>; rel=prev, </list?page=${page + 1}>; rel=next`,
      };
      const items = Array.from({ length: end - start }, (_, index) => start + index);
      return Response.json(items, page + 2 < pages.length ? { headers } : {});
    },
  },
];

describe.each(MODELS)("a list paged by $what", (model) => {
  const sizes = fc.array(fc.nat({ max: 6 }), { maxLength: 12 });
  const limits = fc.oneof(fc.constant(undefined), fc.nat({ max: 40 }));

  it("gives each item once, however it is cut into pages", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, limits, fc.boolean(), async (list, limit, prefetch) => {
        const pages = boundsOf(model.cut(list));
        let requests = 0;
        const api = new ListApi({
          baseUrl: "https://a.test",
          fetch: (url) => {
            requests += 1;
            return Promise.resolve(model.answer(new URL(url).searchParams, pages));
          },
        });
        const items = await all(api.list(model.view).items({ limit, prefetch }));
        const total = pages.at(-1) ?? 0;
        expect(items).toEqual(Array.from({ length: Math.min(limit ?? total, total) }, (_, i) => i));
        expect(requests).toBe(needed(pages, limit ?? Infinity, model));
      }),
      { seed: 20_260, numRuns: 300 },
    );
  });
});

function withoutEmpty(sizes: readonly number[]): readonly number[] {
  return sizes.filter((size) => size > 0);
}

/** Full pages of three items, and what is left. */
function intoThrees(sizes: readonly number[]): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const full = Array.from({ length: Math.floor(total / 3) }, () => 3);
  return total % 3 === 0 ? full : [...full, total % 3];
}

/** The sums of sizes, from 0 on. */
function boundsOf(sizes: readonly number[]): readonly number[] {
  return sizes.reduce<number[]>((bounds, size) => [...bounds, (bounds.at(-1) ?? 0) + size], [0]);
}

/** How many requests there have to be; the first one is that of the call. */
function needed(pages: readonly number[], limit: number, { endsEmpty }: Model): number {
  const enough = pages.slice(1).findIndex((end) => end >= limit) + 1;
  const whole = pages.length - 1 + (endsEmpty(pages) ? 1 : 0);
  return Math.max(1, enough > 0 ? enough : whole);
}
