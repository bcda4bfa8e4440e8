import { defaultBaseUrl } from "../model/base-url.js";
import type { Operation } from "../resolve/resolved-api.js";
import type { ExampleContext } from "./context.js";
import { exampleOrigin } from "./client.js";

/**
 * The origin of an operation's own server, where that is not the origin that the client sends credentials to: a caller has to
 * name it for each call that takes them along.
 */
export function ownOrigin(
  { servers }: Operation,
  { model, clientVariable }: ExampleContext,
): string | undefined {
  const own = defaultBaseUrl(servers.slice(0, 1));
  if (own === undefined) return undefined;
  const { origin } = new URL(own);
  const base = defaultBaseUrl(model.servers) ?? exampleOrigin(clientVariable);
  return /^https?:/.test(origin) && origin !== new URL(base).origin ? origin : undefined;
}
