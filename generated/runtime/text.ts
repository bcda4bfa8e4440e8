import type { RequestBody } from "./call.js";

/**
 * A body of text, XML included, in UTF-8.
 *
 * @param value - `undefined` means no body.
 */
export function text(
  value: string | undefined,
  contentType = "text/plain;charset=UTF-8",
): RequestBody | undefined {
  if (value === undefined) return undefined;
  return { contentType, encode: () => value };
}
