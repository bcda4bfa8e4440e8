/** A response's media type without parameters, in lower case; empty if it has none. */
export function mediaTypeOf(response: Response): string {
  return essence(response.headers.get("content-type") ?? "");
}

/** A media type without its parameters (RFC 9110, section 8.3.1), in lower case. */
export function essence(mediaType: string): string {
  return mediaType.replace(/;.*/s, "").trim().toLowerCase();
}

/** Whether a media type is JSON, by its name or its suffix (RFC 6839, section 3.1). */
export function isJson(mediaType: string): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(mediaType);
}

/** Whether bodies of a media type are text, JSON and XML included. */
export function isText(mediaType: string): boolean {
  return /^text\/|json$|xml$|^application\/x-www-form-urlencoded$/.test(mediaType);
}

/**
 * How well a media type fits a range (RFC 9110, section 12.5.1).
 *
 * @returns 3 for the type itself, 2 for `text/*`, 1 for `*\/*`, 0 if it does not fit.
 */
export function fit(range: string, mediaType: string): number {
  const wanted = essence(range);
  if (wanted === mediaType) return 3;
  if (wanted === "*/*") return 1;
  return wanted.endsWith("/*") && mediaType.startsWith(wanted.slice(0, -1)) ? 2 : 0;
}

/** Whether a media type fits one of the ranges of an `Accept` header. */
export function isAccepted(accept: string, mediaType: string): boolean {
  return accept.split(",").some((range) => fit(range, mediaType) > 0);
}
