import { ClientError, ConnectionError, RedirectError } from "./errors.js";
import type { MiddlewareContext } from "./middleware.js";
import type { Fetch } from "./options.js";
import type { Refuse } from "./refuse.js";

/** How many redirects are followed. */
const LIMIT = 5;

/**
 * Sends a request with `fetch`. Its redirects are not left to the platform unless it has nothing to
 * lose: `fetch` would take API keys, and the body of a 307 or 308, to any other origin. A redirect is
 * followed only to the same origin, and only for GET and HEAD.
 */
export async function sendRequest(
  { request, signal, operation }: MiddlewareContext,
  own: Fetch | undefined,
  isPrivate: boolean,
  refuse: Refuse,
): Promise<Response> {
  const fetch = own ?? globalThis.fetch;
  const { method, url, headers, body } = request;
  const isSafe = method === "GET" || method === "HEAD";
  const isPublic = isSafe && !isPrivate && !hasMore(headers);
  const init: RequestInit & { duplex?: "half" } = { method, headers, signal };
  init.redirect = isPublic ? "follow" : "manual";
  if (body !== undefined && body !== null) init.body = body;
  if (body instanceof ReadableStream) init.duplex = "half";
  if (typeof fetch !== "function") throw refuse("there is no `fetch` here: pass one to the client");
  try {
    for (let left = LIMIT, from = url; ; left -= 1) {
      const response = checked(await fetch(from, init), refuse);
      // A `fetch` that does not obey the signal: nobody waits for its answer any more.
      if (signal.aborted) discard(response);
      const to = isPublic ? undefined : redirection(response, from);
      if (to === undefined) return response;
      discard(response);
      if (to?.origin !== new URL(url).origin || !isSafe || left === 0) {
        throw new RedirectError(operation, response.status, to?.origin);
      }
      from = to.href;
    }
  } catch (error) {
    if (error instanceof ClientError) throw error;
    throw signal.aborted ? signal.reason : new ConnectionError(operation, error);
  }
}

/** Refuses what cannot be decoded: what a stub, or a library of another kind, gives. */
export function checked(response: Partial<Response> | undefined, refuse: Refuse): Response {
  // Told by what is used of it: a library's own `fetch` may well have a class of its own.
  const { status, headers, body } = response ?? {};
  const hasBody = body === null || typeof body?.getReader === "function";
  if (hasBody && typeof status === "number" && typeof headers?.get === "function") {
    return response as Response;
  }
  throw refuse("`fetch` gave something that is no Response");
}

/** Frees the connection of an answer that nobody will read. */
export function discard(response: Response | undefined): void {
  response?.body?.cancel().catch(() => undefined);
}

/**
 * Where a response redirects to (RFC 9110, section 15.4): undefined for one that does not, as a 308
 * without `Location`; null where the place is hidden or no URL.
 */
function redirection(response: Response, from: string): URL | null | undefined {
  if (response.type === "opaqueredirect") return null;
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = response.headers.get("location");
  if (location === null) return undefined;
  try {
    return new URL(location, from);
  } catch {
    return null;
  }
}

/**
 * Whether there is a header that may be secret. Projects without the library "DOM.Iterable" cannot iterate
 * over them.
 */
function hasMore(headers: Headers): boolean {
  let count = 0;
  headers.forEach((_, name) => (count += Number(name !== "accept")));
  return count > 0;
}
