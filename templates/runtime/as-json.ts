import type { DecodeContext } from "./call.js";
import { isJson, mediaTypeOf } from "./media-type.js";
import { readText } from "./read-body.js";

/** Decodes a body of JSON, of any `+json` type, or of none. */
export async function asJson(response: Response, context: DecodeContext): Promise<unknown> {
  const mediaType = mediaTypeOf(response);
  if (mediaType !== "" && !isJson(mediaType)) {
    throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
  }
  const text = await readText(response, context, true);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What JSON.parse throws quotes the text.
    throw context.undecodable(text === "" ? "is empty" : "is not JSON", text);
  }
}
