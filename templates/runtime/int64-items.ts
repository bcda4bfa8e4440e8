import { Int64Place, type Int64Policy, type Int64Schema } from "./int64-schema.js";
import type { ItemParser } from "./json-stream.js";
import { parseInt64 } from "./parse-int64.js";
import { stringifyInt64 } from "./stringify-int64.js";

/** Parses the items of a stream whose 64-bit integers are bigints or strings. */
export function int64Items(policy: Int64Policy, schema: Int64Schema): ItemParser {
  const place = new Int64Place([schema]);
  return (text, refuse) =>
    parseInt64(text, policy, place, (path) =>
      refuse(`has no 64-bit integer at ${path === "" ? "its top" : path}`),
    );
}

/**
 * Writes the items of a body with all digits of their 64-bit integers.
 *
 * @param schema - where strings are integers; a bigint is one anywhere.
 */
export function int64Item(schema?: Int64Schema): (item: unknown) => string | undefined {
  return (item) => stringifyInt64(item, schema);
}
