import type { View } from "./api-class.js";
import type { Call } from "./call.js";
import { queryText, valueAt, type Keys, type ReceivedPage, type Step } from "./page-rule.js";
import { isShort, type LimitParameter } from "./page-size.js";
import { pagedBy, type PagedPromise } from "./paged-promise.js";

/** A list whose next page begins behind the last item of this one. A short page is the last. */
export interface KeysetRule {
  readonly limit?: LimitParameter | undefined;
  /** Where the body has the array of items. */
  readonly items: Keys;
  /** What is taken from the last item, unless that depends on the order. */
  readonly next?: LastItem | undefined;
  readonly order?: KeysetOrder | undefined;
}

/** A query parameter that says in which order the items come. */
export interface KeysetOrder {
  readonly name: string;
  readonly default?: string | undefined;
  /** What is taken from the last item for each of its values. */
  readonly next: Readonly<Record<string, LastItem>>;
}

/** Query parameters of the next page, and where the last item has their values. */
export type LastItem = Readonly<Record<string, Keys>>;

/**
 * Makes calls paged by values of the last item. They are sent back as they were decoded: a number that
 * has lost digits begins the next page a little too early or too late.
 */
export function byKeyset<Responses, Item>(rule: KeysetRule): View<PagedPromise<Responses, Item>> {
  return pagedBy({
    items: rule.items,
    next: (page, direction) => (direction === "next" ? nextKeys(page, rule) : undefined),
    at: (call, key) => behind(call, key, rule),
  });
}

function nextKeys(page: ReceivedPage, rule: KeysetRule): Step | Error | undefined {
  const { call, items, fail } = page;
  if (items.length === 0 || isShort(items.length, call, rule.limit)) return undefined;
  const places = placesOf(call, rule);
  if (places === undefined) return fail("the order of its items is not one that can be continued");
  const last = items[items.length - 1];
  const found = Object.entries(places).map(([name, keys]) => [name, valueAt(last, keys)] as const);
  const missing = found.find(([, value]) => !["string", "number", "bigint"].includes(typeof value));
  if (missing !== undefined) return fail(`its last item has no value for "${missing[0]}"`);
  const values = found.map(([name, value]) => [name, String(value)] as const);
  const key = JSON.stringify(values);
  const behindIt = behind(call, key, rule);
  return behindIt && { call: behindIt, key };
}

/** The call for what comes behind an item that had these values; a cursor sets no other parameters. */
function behind(call: Call, key: string, rule: KeysetRule): Call | undefined {
  try {
    const values = Object.fromEntries(JSON.parse(key) as [string, string][]);
    const known = Object.keys(placesOf(call, rule) ?? {});
    const isKnown = Object.keys(values).every((name) => known.includes(name));
    return isKnown ? { ...call, query: { ...call.query, ...values } } : undefined;
  } catch {
    return undefined;
  }
}

function placesOf(call: Call, { order, next }: KeysetRule): LastItem | undefined {
  if (order === undefined) return next;
  const value = queryText(call, order.name) ?? order.default ?? "";
  return Object.hasOwn(order.next, value) ? order.next[value] : undefined;
}
