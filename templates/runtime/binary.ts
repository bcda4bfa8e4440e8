import type { RequestBody } from "./call.js";

/** Bytes to send. A stream is sent as it comes and can be sent only once. */
export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>;

/**
 * A body of bytes.
 *
 * @param value - `undefined` means no body.
 * @param contentType - default: the type of a `Blob` that has one, else `application/octet-stream`.
 */
export function binary(
  value: BinaryBody | undefined,
  contentType?: string,
): RequestBody | undefined {
  if (value === undefined) return undefined;
  const ownType = value instanceof Blob ? value.type : "";
  return {
    contentType: contentType ?? (ownType === "" ? "application/octet-stream" : ownType),
    once: value instanceof ReadableStream,
    encode: () => value as RequestInit["body"],
  };
}
