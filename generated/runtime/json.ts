import type { RequestBody } from "./call.js";

/**
 * A JSON body.
 *
 * @param value `undefined` means no body.
 * @param contentType default `application/json`; any `+json` type will do.
 */
export function json(value: unknown, contentType = "application/json"): RequestBody | undefined {
  if (value === undefined) return undefined;
  return { contentType, encode: () => JSON.stringify(value) };
}
