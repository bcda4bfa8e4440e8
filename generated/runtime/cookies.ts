import type { HeadWriter, Parameters } from "./call.js";
import { setHeader } from "./headers.js";
import { formPairs, percentEncode } from "./parameters.js";
import type { Refuse } from "./refuse.js";
import type { Presented } from "./security.js";
import { written } from "./url.js";

/** Cookie parameters. Default style: form, exploded. */
export function cookies(values: Parameters): HeadWriter {
  return (url, headers, refuse) => {
    const pairs = Object.entries(values).flatMap(([name, value]) =>
      written(name, "cookie", refuse, () => formPairs(name, value, percentEncode)),
    );
    const texts = pairs.map((pair) => pair.join("="));
    addCookies(texts, url, headers, refuse);
  };
}

/** A key that is sent as a cookie, as it is: few servers decode one. */
export function inCookie({ scheme, name, value }: Presented): HeadWriter {
  return (url, headers, refuse) => {
    if (/[;\s]/.test(value))
      throw refuse(`the credential for ${scheme} cannot be a cookie's value`);
    addCookies([`${name}=${value}`], url, headers, refuse);
  };
}

/**
 * Adds cookies (RFC 6265, section 4.2) to those that are there, where the platform lets a program do
 * so: browsers drop the header without a word, and send those that they have themselves.
 */
function addCookies(
  cookies: readonly string[],
  url: string,
  headers: Headers,
  refuse: Refuse,
): void {
  if (cookies.length === 0) return;
  const own = headers.get("cookie") ?? "";
  const all = own === "" ? cookies : [own, ...cookies];
  setHeader(headers, "cookie", all.join("; "), refuse, "a cookie");
  if (!new Request(url, { headers }).headers.has("cookie")) {
    throw refuse("it needs a cookie, and this platform (a browser) does not let programs set any");
  }
}
