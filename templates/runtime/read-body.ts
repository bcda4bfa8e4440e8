import type { DecodeContext } from "./call.js";

/** How much of a body is read unless the options say otherwise, in bytes. */
const LIMIT = 50_000_000;

/**
 * Reads a body up to a limit, in bytes, and cancels the rest.
 *
 * @param cut - where the body is cut off; otherwise one beyond the limit of the options is an error.
 */
export async function readBytes(
  response: Response,
  context: DecodeContext,
  cut?: number,
): Promise<Uint8Array[]> {
  const limit = cut ?? context.limit ?? LIMIT;
  const chunks: Uint8Array[] = [];
  let left = limit;
  try {
    const reader = response.body?.getReader();
    while (reader !== undefined && left >= 0) {
      const { done, value } = await reader.read();
      if (done) break;
      const chunk: Uint8Array = value;
      chunks.push(chunk.subarray(0, left));
      left -= chunk.byteLength;
      // Not waited for: a copy of the response may have to be read first.
      if (left < 0) reader.cancel().catch(() => undefined);
    }
  } catch (error) {
    throw context.readFailure(error);
  }
  if (left < 0 && cut === undefined) throw context.undecodable(`is longer than ${limit} bytes`);
  return chunks;
}

/**
 * Reads all of a text, in the encoding that the response names.
 *
 * @param fatal - whether bytes that are no text in this encoding are refused, or replaced.
 */
export async function readText(
  response: Response,
  context: DecodeContext,
  fatal: boolean,
): Promise<string> {
  const chunks = await readBytes(response, context);
  try {
    return decodeText(chunks, charsetOf(response), fatal);
  } catch {
    throw context.undecodable("is not text in the encoding it names");
  }
}

/** The `charset` of a response's media type, if it has one. */
export function charsetOf({ headers }: Response): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers.get("content-type") ?? "")?.[1];
}

/**
 * Decodes text; a byte order mark is left out.
 *
 * @param charset - a label of the WHATWG Encoding Standard, by default `utf-8`. Throws a RangeError if
 *   it is none.
 * @param fatal - throws a TypeError for bytes that are no text in this encoding.
 */
export function decodeText(
  chunks: readonly Uint8Array[],
  charset: string | undefined,
  fatal: boolean,
): string {
  const decoder = new TextDecoder(charset, { fatal });
  const last = chunks.length - 1;
  return chunks.map((chunk, index) => decoder.decode(chunk, { stream: index < last })).join("");
}
