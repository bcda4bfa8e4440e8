import type { Decoder } from "./call.js";
import { Int64Place, type Int64Policy, type Int64Schema } from "./int64-schema.js";
import { isJson, mediaTypeOf } from "./media-type.js";
import { parseInt64 } from "./parse-int64.js";
import { readText } from "./read-body.js";

/** Decodes a body of JSON whose 64-bit integers are bigints or strings; elsewhere a number is a number. */
export function asInt64Json(policy: Int64Policy, schema: Int64Schema): Decoder {
  const top = new Int64Place([schema]);
  return async (response, context) => {
    const mediaType = mediaTypeOf(response);
    if (mediaType !== "" && !isJson(mediaType)) {
      throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
    }
    const text = await readText(response, context, true);
    // What JSON.parse throws quotes the text.
    let problem = text === "" ? "is empty" : "is not JSON";
    try {
      return parseInt64(text, policy, top, (path) => {
        problem = `has no 64-bit integer at ${path === "" ? "its top" : path}`;
        return new TypeError(problem);
      });
    } catch {
      throw context.undecodable(problem, text);
    }
  };
}
