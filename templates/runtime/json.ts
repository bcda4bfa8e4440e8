import type { RequestBody } from "./call.js";

/**
 * A JSON body. A file, also among its members, is refused: JSON would make `{}` of it.
 *
 * @param value - `undefined` means no body.
 * @param contentType - default `application/json`; any `+json` type will do.
 */
export function json(value: unknown, contentType = "application/json"): RequestBody | undefined {
  if (value === undefined) return undefined;
  return {
    contentType,
    encode: () => {
      const members: unknown[] =
        typeof value === "object" && value !== null ? Object.values(value) : [];
      if ([value, ...members].some((part) => part instanceof Blob)) throw new TypeError("a file");
      return JSON.stringify(value);
    },
  };
}
