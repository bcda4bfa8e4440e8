import { RedirectError, type Operation } from "./errors.js";
import type { Fetch } from "./options.js";

/** How many redirects are followed. */
const LIMIT = 5;

/**
 * Sends a request whose redirects are not left to the platform: `fetch` would take API keys, and the
 * body of a 307 or 308, to any other origin. A redirect is followed only to the same origin, and
 * only for GET and HEAD.
 */
export async function sendOwnRedirects(
  send: Fetch,
  url: string,
  init: RequestInit,
  operation: Operation,
): Promise<Response> {
  for (let left = LIMIT, from = url; ; left -= 1) {
    const response = await send(from, init);
    const to = redirection(response, from);
    if (to === undefined) return response;
    response.body?.cancel().catch(() => undefined);
    const isSafe = operation.method === "GET" || operation.method === "HEAD";
    if (to?.origin !== new URL(url).origin || !isSafe || left === 0) {
      throw new RedirectError(operation, response.status, to?.origin);
    }
    from = to.href;
  }
}

/**
 * Where a response redirects to (RFC 9110, section 15.4): undefined for one that does not, as a 308
 * without `Location`; null where the place is hidden or no URL.
 */
function redirection(response: Response, from: string): URL | null | undefined {
  if (response.type === "opaqueredirect") return null;
  const location = response.headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  try {
    return new URL(location, from);
  } catch {
    return null;
  }
}
