import type { Call } from "./call.js";

/**
 * For {@link Call.url}: a URL that the service gave, as it is, if it leads nowhere but to the service
 * itself, and brings no credentials of its own (`https://user:password@...`).
 */
export function sameOrigin(url: string): Call["url"] {
  return (server, refuse) => {
    const { origin, username, password } = new URL(url);
    if (username !== "" || password !== "") {
      throw refuse("the URL that the service gave for it has credentials");
    }
    if (origin === new URL(server).origin) return url.replace(/#.*/, "");
    throw refuse("the URL that the service gave for it leads to another origin");
  };
}
