/** Bytes of a body, as they came in. */
export interface Bytes {
  readonly chunks: Uint8Array[];
  /** Whether the body was longer than the limit; then it was not read to its end. */
  readonly isCut: boolean;
}

/** Reads a body up to a limit, in bytes, and cancels the rest. */
export async function readBytes(response: Response, limit: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let left = limit; reader !== undefined;) {
    const { done, value } = await reader.read();
    if (done) break;
    const chunk: Uint8Array = value;
    chunks.push(chunk.subarray(0, left));
    left -= chunk.byteLength;
    if (left < 0) {
      await reader.cancel();
      return { chunks, isCut: true };
    }
  }
  return { chunks, isCut: false };
}

/**
 * Decodes text; a byte order mark is left out.
 *
 * @param charset a label of the WHATWG Encoding Standard. Throws a RangeError if it is none.
 * @param fatal throws a TypeError for bytes that are no text in this encoding.
 */
export function decodeText({ chunks }: Bytes, charset: string, fatal: boolean): string {
  const decoder = new TextDecoder(charset, { fatal });
  const texts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
  return texts.join("") + decoder.decode();
}
