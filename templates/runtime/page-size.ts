import type { Call } from "./call.js";
import { queryText } from "./page-rule.js";

/** The query parameter that says how many items a page has, as far as the document describes it. */
export interface LimitParameter {
  readonly name: string;
  /** What counts where the parameter is not sent. */
  readonly default?: number | undefined;
  /** What counts where more is asked for. */
  readonly maximum?: number | undefined;
}

/**
 * Whether a page has fewer items than was asked for, which makes it the last one. Services cut a number
 * that is too large for them: what the document says of it bounds what a full page is, and where it says
 * nothing, no page counts as short.
 */
export function isShort(count: number, call: Call, limit: LimitParameter | undefined): boolean {
  if (limit === undefined) return false;
  const { name, default: preset = NaN, maximum = preset } = limit;
  // Nothing is less than NaN.
  return count < Math.min(Number(queryText(call, name) ?? preset), maximum);
}
