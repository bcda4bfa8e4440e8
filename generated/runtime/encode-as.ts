import type { RequestBody } from "./call.js";
import { essence, fit } from "./media-type.js";

/** Makes a request body of a value, such as `json` or `binary`. The compiler checks the value where a call is made. */
export type Encoder = (value: never, contentType: string) => RequestBody | undefined;

/**
 * A body of the media type that the caller chose, where an operation takes several.
 *
 * @param encoders - by media type or range; that of the type itself counts, or else that of the range
 *   that fits best (RFC 9110, section 12.5.1).
 */
export function encodeAs(
  contentType: string,
  value: unknown,
  encoders: Readonly<Record<string, Encoder>>,
): RequestBody | undefined {
  const known = new Map(Object.entries(encoders));
  const ranges = [...known.keys()].sort(
    (one, other) => fit(other, essence(contentType)) - fit(one, essence(contentType)),
  );
  const [best = ""] = ranges;
  const encoder =
    known.get(contentType) ?? (fit(best, essence(contentType)) > 0 ? known.get(best) : undefined);
  if (encoder !== undefined) return encoder(value as never, contentType);
  return { contentType, encode: () => refuse(contentType) };
}

function refuse(contentType: string): never {
  throw new TypeError(`no encoder for ${contentType}`);
}
