import type { Decoder } from "./call.js";
import { fit, isAccepted, mediaTypeOf } from "./media-type.js";

/**
 * Decodes a success by its media type (`text/csv`, `text/*`): the most specific match wins, among
 * what the call accepts.
 */
export function byMediaType(decoders: Readonly<Record<string, Decoder>>): Decoder {
  return (response, context) => {
    const mediaType = mediaTypeOf(response);
    const { accept } = context.call;
    const fitting = Object.entries(decoders).filter(([range]) => fit(range, mediaType) > 0);
    const [best] = fitting.sort(([one], [other]) => fit(other, mediaType) - fit(one, mediaType));
    if (best === undefined || (accept !== undefined && !isAccepted(accept, mediaType))) {
      throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
    }
    return best[1](response, context);
  };
}
