import type { CallOptions, ClientOptions } from "./options.js";
import type { Server, Service } from "./service.js";
import type { Refuse } from "./url.js";

/** Where a call goes. */
export interface Target {
  /** The URL to which the path is appended, without a slash at its end. */
  readonly url: string;
  /** Why no credential may be sent there; undefined if it may. */
  readonly refusal?: string | undefined;
}

/**
 * Decides where a call goes, and whether credentials may go with it: only to the origin of the base
 * URL that the caller gave, or of the document's first server. A server that the document gives to
 * one operation and that has another origin gets none, unless the call's options name a `baseUrl`.
 */
export function resolveTarget(
  service: Service,
  server: Server | undefined,
  client: ClientOptions,
  call: CallOptions,
  refuse: Refuse,
): Target {
  const variables = client.serverVariables ?? {};
  const clientBase = baseUrl(service, undefined, client.baseUrl, variables, refuse);
  const isAsked = call.baseUrl !== undefined;
  const base = isAsked ? baseUrl(service, server, call.baseUrl, variables, refuse) : clientBase;
  const resolved =
    server === undefined || isAsked ? base : parse(expand(server, variables, refuse), base?.origin);
  if (resolved === undefined) {
    throw refuse("the document's server is relative: pass `baseUrl`, such as https://host.example");
  }
  const target = checked(resolved, "server", refuse);
  return { url: withoutSlashes(target.href), refusal: why() };

  function why(): string | undefined {
    if (target.origin !== base?.origin) {
      return `credentials go to ${target.origin} only if the call's options say { baseUrl: ${JSON.stringify(target.origin)} }`;
    }
    if (clientBase?.protocol === "https:" && isOpen(target)) {
      return `credentials for an https base URL don't go to ${target.origin}`;
    }
    return undefined;
  }
}

/**
 * The base URL: what the caller says, otherwise the document's first absolute server.
 *
 * @param own the server that the document gives to the operation.
 */
function baseUrl(
  { servers }: Service,
  own: Server | undefined,
  given: string | URL | undefined,
  variables: object,
  refuse: Refuse,
): URL | undefined {
  if (given === undefined) {
    for (const server of servers) {
      const url = parse(expand(server, variables, refuse));
      if (url !== undefined) return url;
    }
    return undefined;
  }
  const url = parse(String(given));
  if (url === undefined) throw refuse("`baseUrl` is not an absolute URL");
  checked(url, "`baseUrl`", refuse);
  const server = own ?? servers[0];
  if (url.pathname !== "/" || server === undefined) return url;
  // A bare origin: the path of the operation's own server follows, or that of a relative one.
  const text = expand(server, variables, refuse);
  const documented = parse(text, url.origin);
  const isRelative = parse(text) === undefined && documented?.origin === url.origin;
  if (documented === undefined || (own === undefined && !isRelative)) return url;
  url.pathname = checked(documented, "server", refuse).pathname;
  return url;
}

/** Fills in the variables of a server's URL (OpenAPI 3.1, "Server Variable Object"). */
function expand({ url, variables = {} }: Server, given: object, refuse: Refuse): string {
  const values = new Map<string, string | number | boolean | undefined>(Object.entries(given));
  const known = new Map(Object.entries(variables));
  return url
    .split(/\{([^{}]*)\}/)
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const variable = known.get(piece);
      const value = values.get(piece) ?? variable?.default;
      if (value === undefined || variable?.enum?.includes(String(value)) === false) {
        throw refuse(`the server variable ${JSON.stringify(piece)} has no value that is allowed`);
      }
      return String(value);
    })
    .join("");
}

/** Parses a URL; undefined if it is not one. What the parser throws would quote it. */
function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** Refuses what a base URL cannot have; without showing it, for it may hold a password. */
function checked(url: URL, what: string, refuse: Refuse): URL {
  if (!/^https?:$/.test(url.protocol)) throw refuse(`${what} is not an http or https URL`);
  if (url.username !== "" || url.password !== "" || /[?#]/.test(url.href)) {
    throw refuse(`${what} must not have credentials, a query or a fragment`);
  }
  return url;
}

/** Whether what is sent there can be read on the way. */
function isOpen({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && !/^(?:(?:.*\.)?localhost|127\..*|\[::1\])$/.test(hostname);
}

function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === "/") end -= 1;
  return text.slice(0, end);
}
