import { asJson } from "./as-json.js";
import type { DecodeContext, Decoder } from "./call.js";
import { isJson, isText, mediaTypeOf } from "./media-type.js";
import { charsetOf, decodeText, readBytes } from "./read-body.js";

/** How much of an error's body is read, in bytes; the rest is cut off. */
const ERROR_LIMIT = 1_000_000;

/**
 * Decodes the body of an answer: of a success as the document says, of any other by its own media
 * type. Some have none by their very status or method (RFC 9110, section 6.4.1).
 */
export function decode(response: Response, context: DecodeContext): unknown {
  const { method, response: own } = context.call;
  const decoder: Decoder = own ?? asJson;
  const isEmpty = method === "HEAD" || [204, 205, 304].includes(response.status);
  if (isSuccess(response)) return (isEmpty ? decoder.ofNothing : decoder)?.(response, context);
  return isEmpty ? undefined : decodeFailure(response, context);
}

/** Whether the status is one of success (RFC 9110, section 15.3). */
export function isSuccess({ status }: Response): boolean {
  return status >= 200 && status < 300;
}

/** Never fails for what the body holds. */
async function decodeFailure(response: Response, context: DecodeContext): Promise<unknown> {
  const chunks = await readBytes(response, context, ERROR_LIMIT);
  const type = mediaTypeOf(response);
  if (chunks.length === 0) return undefined;
  if (type !== "" && !isText(type)) {
    return new Blob(chunks as ConstructorParameters<typeof Blob>[0], { type });
  }
  let text: string;
  try {
    text = decodeText(chunks, charsetOf(response), false);
  } catch {
    text = decodeText(chunks, undefined, false);
  }
  try {
    if (type !== "" && !isJson(type)) return text;
    const { parseError = JSON.parse as (text: string) => unknown } = context.call;
    return parseError(text, response.status);
  } catch {
    return text;
  }
}
