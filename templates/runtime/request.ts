import type { Call, Parameters } from "./call.js";
import { setHeader, setHeaders } from "./headers.js";
import type { HeaderValues } from "./options.js";
import { formPairs, percentEncode, simpleText, verbatim, type Encode } from "./parameters.js";
import type { Presented } from "./security.js";
import { expandPath, written, type Refuse } from "./url.js";

/** Where a request goes, and its headers. */
export interface RequestHead {
  readonly url: string;
  readonly headers: Headers;
}

/** Everything beside the call itself that makes up a request's head. */
export interface RequestContext {
  /** The server's URL, without a slash at its end. */
  readonly server: string;
  readonly credentials?: readonly Presented[] | undefined;
  /** Headers for every call, which those of the operation override. */
  readonly defaults?: HeaderValues | undefined;
  /** Headers for this call, which override all others. */
  readonly overrides?: HeaderValues | undefined;
  readonly refuse: Refuse;
}

/** Puts together the URL and the headers of a call. */
export function requestHead(call: Call, context: RequestContext): RequestHead {
  const { server, credentials = [], defaults, overrides, refuse } = context;
  const query = call.url === undefined ? pairs(call.query, "query", percentEncode, refuse) : [];
  const cookies = pairs(call.cookies, "cookie", percentEncode, refuse);
  const headers = new Headers({ accept: "application/json" });
  if (call.accept !== undefined) setHeader(headers, "accept", call.accept, refuse);
  setHeaders(headers, defaults, refuse);
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    const text = written(name, "header", refuse, () => simpleText(name, value, verbatim));
    if (text !== undefined) setHeader(headers, name, text, refuse);
  }
  if (call.body?.contentType !== undefined) {
    setHeader(headers, "content-type", call.body.contentType, refuse);
  }
  for (const { scheme, place, name, value } of credentials) {
    if (place === "query") query.push(`${percentEncode(name)}=${percentEncode(value)}`);
    else if (place === "cookie") cookies.push(cookie(scheme, name, value, refuse));
    else setHeader(headers, name, value, refuse, `the credential for ${scheme}`);
  }
  setHeaders(headers, overrides, refuse);
  const place =
    call.url === undefined ? server + expandPath(call, refuse) : linked(call.url, server, refuse);
  const url =
    query.length === 0 ? place : place + (place.includes("?") ? "&" : "?") + query.join("&");
  if (cookies.length > 0) addCookies(url, headers, cookies, refuse);
  return { url, headers };
}

/** Style form, exploded: `name=value` for each parameter, item or property. */
function pairs(
  values: Parameters | undefined,
  place: string,
  encode: Encode,
  refuse: Refuse,
): string[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    written(name, place, refuse, () => formPairs(name, value, encode)).map((pair) =>
      pair.join("="),
    ),
  );
}

/** A key that is sent as a cookie, as it is: few servers decode one. */
function cookie(scheme: string, name: string, value: string, refuse: Refuse): string {
  if (/[;\s]/.test(value)) throw refuse(`the credential for ${scheme} cannot be a cookie's value`);
  return `${name}=${value}`;
}

/**
 * Adds cookies (RFC 6265, section 4.2) to those that the caller set, where the platform lets a program
 * do so: browsers drop the header without a word, and send those that they have themselves.
 */
function addCookies(
  url: string,
  headers: Headers,
  cookies: readonly string[],
  refuse: Refuse,
): void {
  const own = headers.get("cookie") ?? "";
  const all = own === "" ? cookies : [own, ...cookies];
  setHeader(headers, "cookie", all.join("; "), refuse, "a cookie");
  if (!new Request(url, { headers }).headers.has("cookie")) {
    throw refuse("it needs a cookie, and this platform (a browser) does not let programs set any");
  }
}

/** A URL that the service gave, if it leads nowhere but to the service itself. */
function linked(url: string, server: string, refuse: Refuse): string {
  if (new URL(url).origin === new URL(server).origin) return url.replace(/#.*/, "");
  throw refuse("the URL that the service gave for it leads to another origin");
}
