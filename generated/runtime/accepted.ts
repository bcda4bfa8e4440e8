import type { DecodeContext } from "./call.js";
import { isAccepted, mediaTypeOf } from "./media-type.js";

/** The media type of which nothing is known (RFC 2046, section 4.5.1). */
export const ANY_BYTES = "application/octet-stream";

/** Refuses a page that was not asked for: from a proxy or a log-in, it is the usual wrong answer. */
export function refusePage(response: Response, { call, undecodable }: DecodeContext): void {
  const mediaType = mediaTypeOf(response);
  if (mediaType === "text/html" && !isAccepted(call.accept ?? ANY_BYTES, mediaType)) {
    throw undecodable(`is ${JSON.stringify(mediaType)}`);
  }
}
