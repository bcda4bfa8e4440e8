import type { Call } from "./call.js";

/**
 * For {@link Call.url}: a URL that the service gave, as it is, if it leads nowhere but to the service
 * itself.
 */
export function sameOrigin(url: string): Call["url"] {
  return (server, refuse) => {
    if (new URL(url).origin === new URL(server).origin) return url.replace(/#.*/, "");
    throw refuse("the URL that the service gave for it leads to another origin");
  };
}
