import type { Call } from "./call.js";
import type { Middleware } from "./middleware.js";
import { uniqueKey } from "./unique-key.js";

/** What {@link requestId} can be told. */
export interface RequestIdOptions {
  /** The header that the id is sent in. Default `X-Request-Id`. */
  readonly header?: string | undefined;
  /** Makes an id. Default: a random one. */
  readonly generate?: (() => string) | undefined;
}

/**
 * A middleware that gives each call an id and sends it in a header, the same with all attempts, so that
 * the logs of both sides can be laid side by side. An id that the call's own `headers` bring is kept.
 *
 * An `ApiError` whose response names no id has this one as its `requestId`. Browsers ask a service of
 * another origin for leave (CORS) before they send such a header.
 */
export function requestId({
  header = "x-request-id",
  generate = uniqueKey,
}: RequestIdOptions = {}): Middleware {
  // All attempts of a call have its description in common.
  const ids = new WeakMap<Call, string>();
  return async ({ call, request }, next) => {
    const id = request.headers.get(header) ?? ids.get(call) ?? generate();
    ids.set(call, id);
    request.headers.set(header, id);
    return named(await next(), id);
  };
}

/** A response that has an id: an error without one gets the one that was sent. */
function named(response: Response, id: string): Response {
  const { status, statusText, url, headers } = response;
  const isNamed = headers.has("x-request-id") || headers.has("x-correlation-id");
  // A response of another status cannot be made, or is no `ApiError`.
  if (isNamed || status < 400 || status > 599) return response;
  const all = new Headers(headers);
  all.set("x-request-id", id);
  const copy = new Response(response.body, { status, statusText, headers: all });
  return Object.defineProperty(copy, "url", { value: url });
}
