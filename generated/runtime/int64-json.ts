import type { RequestBody } from "./call.js";
import type { Int64Schema } from "./int64-schema.js";
import { stringifyInt64 } from "./stringify-int64.js";

/**
 * A JSON body like that of `json`, whose 64-bit integers are bigints or strings: it has all their digits.
 *
 * @param value - `undefined` means no body.
 * @param contentType - any `+json` type will do.
 * @param schema - where strings are integers; a bigint is one anywhere.
 */
export function int64Json(
  value: unknown,
  contentType = "application/json",
  schema?: Int64Schema,
): RequestBody | undefined {
  if (value === undefined) return undefined;
  return { contentType, encode: () => stringifyInt64(value, schema) };
}
