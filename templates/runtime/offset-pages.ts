import type { View } from "./api-class.js";
import type { Call } from "./call.js";
import { queryText, type Keys, type ReceivedPage, type Step } from "./page-rule.js";
import { isShort, type LimitParameter } from "./page-size.js";
import { pagedBy, type PagedPromise } from "./paged-promise.js";

/** A list of which so many items are skipped. */
export interface OffsetRule {
  /** The query parameter that says how many. */
  readonly offset: string;
  readonly limit?: LimitParameter | undefined;
  /** Where the body has the array of items. */
  readonly items: Keys;
  /** Where the body has the number of all items; without it a short page is the last. */
  readonly total?: Keys | undefined;
}

/** Makes calls paged by the number of items to skip. */
export function byOffset<Responses, Item>(rule: OffsetRule): View<PagedPromise<Responses, Item>> {
  return pagedBy({
    ...rule,
    next: (page, direction) => (direction === "next" ? nextOffset(page, rule) : undefined),
    at: (call, key) => (/^\d+$/.test(key) ? skipping(Number(key), call, rule) : undefined),
  });
}

function skipping(count: number, call: Call, { offset }: OffsetRule): Call {
  return { ...call, query: { ...call.query, [offset]: count } };
}

function nextOffset(
  { call, items: { length }, total }: ReceivedPage,
  rule: OffsetRule,
): Step | undefined {
  const { offset, limit } = rule;
  if (length === 0) return undefined;
  // What came counts, not what was asked for: a page may be short and others follow.
  const end = Number(queryText(call, offset) ?? 0) + length;
  // A total that is less than what there is already says nothing.
  const isLast = total === undefined || total < end ? isShort(length, call, limit) : total === end;
  if (isLast) return undefined;
  return { call: skipping(end, call, rule), key: String(end) };
}
