import type { View } from "./api-class.js";
import { resolveTarget } from "./base-url.js";
import { operationOf, refusalOf } from "./refuse.js";
import { requestHead } from "./request.js";

/**
 * The URL of an operation that is for a browser to visit; no request is sent.
 *
 * @throws {@link ConfigurationError} for options or parameters that make no URL.
 */
export const asUrl: View<URL> = ({ service, options }, call, own = {}) => {
  const refuse = refusalOf(operationOf(service, call));
  const server = resolveTarget(service, call.server, options, own, refuse).url;
  return new URL(requestHead(call, { server, refuse }).url);
};
