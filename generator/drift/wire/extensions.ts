import { canonicalJson } from "../../document/hashes.js";
import type { JsonValue } from "../../document/source.js";
import type { Operation } from "../../resolve/resolved-api.js";
import { spot, type Exchange, type PartChange } from "./wire-context.js";

const AT_OPERATION = { position: { kind: "operation" }, path: [] } as const;

/** What the extensions that the configuration names tell clients to do. */
export function* compareExtensions({ old, new: now }: Exchange): Generator<PartChange> {
  const paging = [valueOf(old.pagination), valueOf(now.pagination)] as const;
  if (canonicalJson(paging[0]) !== canonicalJson(paging[1])) {
    yield {
      ...AT_OPERATION,
      rule: "pagination-changed",
      wire: old.pagination === undefined ? "safe" : "undecidable",
      direction: undefined,
      old: spot(old.pointer, paging[0]),
      new: spot(now.pointer, paging[1]),
      message: "The pages of the list follow one another in another way.",
    };
  }
  // Where it came to be deprecated, or is not any more, that tells it.
  if (old.sunset !== now.sunset && old.deprecated === now.deprecated) yield sunsetChange(old, now);
  // Methods tell it too, and that another one is used is told already.
  if (old.method !== now.method) return;
  const repeating = [valueOf(old.idempotency), valueOf(now.idempotency)] as const;
  if (canonicalJson(repeating[0]) !== canonicalJson(repeating[1])) {
    yield {
      ...AT_OPERATION,
      rule: "idempotency-changed",
      wire: now.idempotency === "always" || old.idempotency === "never" ? "safe" : "undecidable",
      direction: undefined,
      old: spot(old.pointer, repeating[0]),
      new: spot(now.pointer, repeating[1]),
      message:
        "Whether a request may be sent again with the effect of once is told in another way.",
    };
  }
}

/** That an operation goes earlier than was said takes time from its callers; everything else gives them some. */
function sunsetChange(old: Operation, now: Operation): PartChange {
  const isEarlier = old.sunset !== undefined && now.sunset !== undefined && now.sunset < old.sunset;
  const before = old.sunset === undefined ? "" : `, not from ${old.sunset}`;
  return {
    ...AT_OPERATION,
    rule: "sunset-changed",
    wire: isEarlier ? "undecidable" : "safe",
    direction: undefined,
    old: spot(old.pointer, valueOf(old.sunset)),
    new: spot(now.pointer, valueOf(now.sunset)),
    message:
      now.sunset === undefined
        ? "It is no longer told when the operation may be gone."
        : `The operation may be gone from ${now.sunset} on${before}.`,
  };
}

/** Without members that are `undefined`. */
function valueOf(value: object | string | undefined): JsonValue {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonValue);
}
