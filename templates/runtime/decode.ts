import type { BodyDecoding, Call, DecodeContext, ResponseDecoding } from "./call.js";
import { charsetOf, fit, isAccepted, isJson, isText, mediaTypeOf } from "./media-type.js";
import { decodeText, readBytes, type Bytes } from "./read-body.js";

/** How much of a JSON or text body is read, in bytes. */
const BODY_LIMIT = 50_000_000;
/** How much of an error's body is read, in bytes; the rest is cut off. */
const ERROR_LIMIT = 1_000_000;
/** The media type of which nothing is known (RFC 2046, section 4.5.1). */
const ANY_BYTES = "application/octet-stream";

/** Decodes the body of an answer of 2xx as the document says. */
export async function decodeSuccess(
  response: Response,
  call: Call,
  context: DecodeContext,
): Promise<unknown> {
  if (isEmpty(response, call)) return undefined;
  const decoding = choose(call.response ?? "json", response, call.accept, context);
  if (typeof decoding === "function") return decoding(response, context);
  if (decoding === "none") {
    await response.body?.cancel().catch(() => undefined);
    return undefined;
  }
  const mediaType = mediaTypeOf(response);
  if (isWrong(mediaType, decoding, call.accept)) {
    throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
  }
  if (decoding === "blob") return response.blob().catch(rethrow(context));
  const limit = context.limit ?? BODY_LIMIT;
  const bytes = await readBytes(response, limit).catch(rethrow(context));
  if (bytes.isCut) throw context.undecodable(`is longer than ${limit} bytes`);
  return decoding === "text" ? text(bytes, response, context) : json(bytes, response, context);
}

/** Decodes the body of any other answer by its own media type. It never fails for what it holds. */
export async function decodeFailure(
  response: Response,
  call: Call,
  context: DecodeContext,
): Promise<unknown> {
  if (isEmpty(response, call)) return undefined;
  const bytes = await readBytes(response, ERROR_LIMIT).catch(rethrow(context));
  if (bytes.chunks.length === 0) return undefined;
  const mediaType = mediaTypeOf(response);
  if (mediaType !== "" && !isText(mediaType)) {
    return new Blob(bytes.chunks as ConstructorParameters<typeof Blob>[0], { type: mediaType });
  }
  let body: string;
  try {
    body = decodeText(bytes, charsetOf(response), false);
  } catch {
    body = decodeText(bytes, "utf-8", false);
  }
  if (mediaType !== "" && !isJson(mediaType)) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** Whether the answer has no body by its very status or method (RFC 9110, section 6.4.1). */
function isEmpty({ status }: Response, { method }: Call): boolean {
  return method === "HEAD" || [204, 205, 304].includes(status);
}

/** Whether a body of a media type cannot be what the call asked for. */
function isWrong(
  mediaType: string,
  decoding: "json" | "text" | "blob",
  accept = ANY_BYTES,
): boolean {
  if (mediaType === "") return false;
  if (decoding === "json" && !isJson(mediaType)) return true;
  // A page for humans, from a proxy or a log-in, is the usual wrong answer.
  if (mediaType === "text/html") return !isAccepted(accept, mediaType);
  // Binary types have many names, and any file may be asked for as bytes; but text is no image.
  return (
    decoding === "blob" &&
    isText(mediaType) &&
    !isAccepted(accept, mediaType) &&
    !isAccepted(accept, ANY_BYTES)
  );
}

/**
 * Finds the decoding for a response. A status that the document does not mention is decoded like its
 * first success, which is also how it is typed.
 */
function choose(
  decoding: ResponseDecoding,
  response: Response,
  accept: string | undefined,
  context: DecodeContext,
): BodyDecoding {
  if (typeof decoding !== "object") return decoding;
  const entries = new Map<string, ResponseDecoding | undefined>(Object.entries(decoding));
  const keys = [...entries.keys()];
  const chosen = keys.some((key) => key.includes("/"))
    ? bestFit(keys, mediaTypeOf(response), accept)
    : [String(response.status), "2XX", keys.find((key) => key.startsWith("2")), "default"].find(
        (key) => key !== undefined && entries.has(key),
      );
  const found = chosen === undefined ? undefined : entries.get(chosen);
  if (found === undefined) throw context.undecodable(`is ${JSON.stringify(mediaTypeOf(response))}`);
  return choose(found, response, accept, context);
}

/** The most specific of several ranges, among what the call accepts. */
function bestFit(
  ranges: readonly string[],
  mediaType: string,
  accept: string | undefined,
): string | undefined {
  if (accept !== undefined && !isAccepted(accept, mediaType)) return undefined;
  const fitting = ranges.filter((range) => fit(range, mediaType) > 0);
  return fitting.sort((one, other) => fit(other, mediaType) - fit(one, mediaType))[0];
}

function text(bytes: Bytes, response: Response, context: DecodeContext, fatal = false): string {
  try {
    return decodeText(bytes, charsetOf(response), fatal);
  } catch {
    throw context.undecodable("is not text in the encoding it names");
  }
}

function json(bytes: Bytes, response: Response, context: DecodeContext): unknown {
  const source = text(bytes, response, context, true);
  try {
    return JSON.parse(source) as unknown;
  } catch {
    // What JSON.parse throws quotes the text.
    throw context.undecodable(source === "" ? "is empty" : "is not JSON", source);
  }
}

function rethrow(context: DecodeContext): (error: unknown) => never {
  return (error) => {
    throw context.readFailure(error);
  };
}
