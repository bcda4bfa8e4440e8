/**
 * How many bytes a body has when it is read (RFC 9110, section 8.6); undefined if that is not told, as
 * for a body that is compressed on its way: the length is then that of the compressed form.
 */
export function contentLength(headers: Headers): number | undefined {
  const length = headers.get("content-length") ?? "";
  return !isEncoded(headers) && /^\d+$/.test(length) ? Number(length) : undefined;
}

/** Whether a body is compressed, so that positions in it are not those of what is read. */
export function isEncoded(headers: Headers): boolean {
  return (headers.get("content-encoding") ?? "identity") !== "identity";
}
