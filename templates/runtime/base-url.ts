import type { CallOptions, ClientOptions } from "./options.js";
import type { Refuse } from "./refuse.js";
import type { Server, Service } from "./service.js";

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
  { servers }: Service,
  own: Server | undefined,
  client: ClientOptions,
  call: CallOptions,
  refuse: Refuse,
): Target {
  const isOwn = own !== undefined || call.baseUrl !== undefined;
  const given = isOwn || client.serverVariables ? "" : String(client.baseUrl);
  const latest = LATEST.get(servers);
  if (given && latest?.given === given) return latest;
  const expand = (server: Server): string =>
    typeof server === "string" ? server : server(client.serverVariables ?? {}, refuse);
  const clientBase = baseUrl(client.baseUrl);
  const base = call.baseUrl === undefined ? clientBase : baseUrl(call.baseUrl, own);
  const url =
    own === undefined || call.baseUrl !== undefined ? base : parse(expand(own), base?.origin);
  if (url === undefined) {
    throw refuse("the document's server is relative: pass `baseUrl`, such as https://host.example");
  }
  let { href } = checked(url, "server", refuse);
  while (href.endsWith("/")) href = href.slice(0, -1);
  const { origin } = url;
  let refusal: string | undefined;
  if (origin !== base?.origin) {
    refusal = `credentials go to ${origin} only if the call's options say { baseUrl: "${origin}" }`;
  } else if (clientBase?.protocol === "https:" && isOpen(url)) {
    refusal = `credentials for an https base URL don't go to ${origin}`;
  }
  const target = { url: href, refusal, given };
  if (given) LATEST.set(servers, target);
  return target;

  /** What the caller says, otherwise the document's first absolute server. */
  function baseUrl(given: string | URL | undefined, server = servers[0]): URL | undefined {
    if (given === undefined) {
      // One by one: values that another server does not allow are of no concern.
      for (const one of servers) {
        const url = parse(expand(one));
        if (url !== undefined) return url;
      }
      return undefined;
    }
    const url = checked(parse(String(given)), "`baseUrl`", refuse);
    if (url.pathname !== "/" || server === undefined) return url;
    // A bare origin: the path of the operation's own server follows, or that of a relative one.
    const text = expand(server);
    const documented = parse(text, url.origin);
    const isRelative = parse(text) === undefined && documented?.origin === url.origin;
    if (documented !== undefined && (server === own || isRelative)) {
      url.pathname = checked(documented, "server", refuse).pathname;
    }
    return url;
  }
}

/**
 * By the servers of a service, where the last call went of those in which only the client's base URL had a say. Nearly
 * all calls go where the last one went, and to parse the URL again took a tenth of the time of a call.
 */
const LATEST = /* @__PURE__ */ new WeakMap<
  readonly Server[],
  Target & { readonly given: string }
>();

/** Parses a URL; undefined if it is not one. What the parser throws would quote it. */
function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** Refuses what a base URL cannot be; without showing it, for it may hold a password. */
function checked(url: URL | undefined, what: string, refuse: Refuse): URL {
  if (url !== undefined && /^https?:\/\/[^/@]*\/[^?#]*$/.test(url.href)) return url;
  throw refuse(`${what} must be an http(s) URL without credentials, query and fragment`);
}

/** Whether what is sent there can be read on the way. */
export function isOpen({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && !/^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
