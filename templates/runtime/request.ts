import type { Call, Parameters } from "./call.js";
import { ClientError } from "./errors.js";
import { setHeader } from "./headers.js";
import type { HeaderValues } from "./options.js";
import { formPairs, percentEncode, simpleText, verbatim } from "./parameters.js";
import type { Refuse } from "./refuse.js";
import type { Presented } from "./security.js";
import { expandPath, written } from "./url.js";

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
  const { server, credentials = [], defaults = {}, overrides = {}, refuse } = context;
  const query = call.url === undefined ? queryOf(call.query ?? {}, refuse) : [];
  const headers = new Headers();
  const set = (name: string, value: string | undefined, what?: string): void => {
    setHeader(headers, name, value, refuse, what);
  };
  set("accept", call.accept ?? "application/json");
  for (const [name, value] of Object.entries(defaults)) set(name, value);
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    set(
      name,
      written(name, "header", refuse, () => simpleText(name, value, verbatim)),
    );
  }
  set("content-type", call.body?.contentType);
  for (const { scheme, place, name, value } of credentials) {
    if (place === "query") query.push(`${percentEncode(name)}=${percentEncode(value)}`);
    else if (place === "header") set(name, value, `the credential for ${scheme}`);
  }
  for (const [name, value] of Object.entries(overrides)) set(name, value);
  const place = call.url?.(server, refuse) ?? server + expandPath(call, refuse);
  const separator = place.includes("?") ? "&" : "?";
  const url = query.length === 0 ? place : place + separator + query.join("&");
  call.cookies?.(url, headers, refuse);
  for (const credential of credentials) {
    if (typeof credential.place === "function") credential.place(credential)(url, headers, refuse);
  }
  return { url, headers };
}

/** Encodes the body, anew for each attempt. */
export function encodeBody(
  { method, body }: Call,
  refuse: Refuse,
): RequestInit["body"] | undefined {
  if (body === undefined) return undefined;
  if (method === "GET" || method === "HEAD") throw refuse(`${method} cannot have a body`);
  try {
    return body.encode();
  } catch (error) {
    if (error instanceof ClientError) throw error;
    throw refuse(`its body cannot be encoded as ${body.contentType ?? "multipart/form-data"}`);
  }
}

/** Style form, exploded: `name=value` for each parameter, item or property. */
function queryOf(values: Parameters, refuse: Refuse): string[] {
  const query: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const pairs = written(name, "query", refuse, () => formPairs(name, value, percentEncode));
    for (const pair of pairs) query.push(pair.join("="));
  }
  return query;
}
