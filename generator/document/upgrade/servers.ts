import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { member, stringMember } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { ServerBase } from "./context.js";
import { found, typeName } from "./findings.js";
import { writtenAt } from "./origins.js";

/** The servers of a document, and what operations of other schemes have in common with them. */
export interface UpgradedServers {
  readonly servers: readonly JsonObject[];
  readonly base: ServerBase | undefined;
}

interface Scheme {
  readonly name: string;
  readonly pointer: string;
}

/**
 * The Server Objects for `schemes`, `host` and `basePath`. Without a host they are relative: Swagger 2.0 then means the
 * host that serves the document.
 */
export function* upgradeServers(document: JsonObject): Findings<UpgradedServers> {
  const { host, path: hostPath, scheme } = yield* hostOf(document);
  const path = yield* basePathOf(document, hostPath);
  const own = yield* schemesOf(document, "");
  if (host === "") {
    const servers = path === "" ? [] : [writtenAt("/basePath", { url: path })];
    return { servers, base: undefined };
  }
  const listed = own ?? (scheme === undefined ? [] : [{ name: scheme, pointer: "/host" }]);
  const schemes = listed.length > 0 ? listed : [yield* assumedScheme(host)];
  const rest = `${host}${path}`;
  return {
    servers: schemes.map(({ name, pointer }) => writtenAt(pointer, { url: `${name}://${rest}` })),
    base: { scheme: schemes[0]?.name ?? "https", rest },
  };
}

/** The server of an operation whose `schemes` leave out that of the document. */
export function* ownServers(
  operation: JsonObject,
  pointer: string,
  base: ServerBase | undefined,
): Findings<readonly JsonObject[]> {
  const schemes = (yield* schemesOf(operation, pointer)) ?? [];
  const [first] = schemes;
  if (base === undefined || first === undefined) return [];
  if (schemes.some(({ name }) => name === base.scheme)) return [];
  return [writtenAt(first.pointer, { url: `${first.name}://${base.rest}` })];
}

/* --------------------------------------------------------------------- schemes */

/** What a WebSocket begins as (RFC 6455, 1.2). */
const BEGINS_AS: ReadonlyMap<string, string> = new Map([
  ["ws", "http"],
  ["wss", "https"],
]);

/** The schemes that HTTP requests can be sent by, https first; `undefined` where none are listed. */
function* schemesOf(owner: JsonObject, pointer: string): Findings<readonly Scheme[] | undefined> {
  const written = member(owner, "schemes") ?? null;
  const place = childPointer(pointer, "schemes");
  if (written === null) return undefined;
  if (!Array.isArray(written)) {
    yield notAScheme(written, "under schemes, where a list of schemes belongs", place);
    return undefined;
  }
  const schemes: Scheme[] = [];
  for (const [index, value] of written.entries()) {
    const at = childPointer(place, index);
    const name = typeof value === "string" ? value.trim().toLowerCase() : "";
    const isKnown = schemes.some((scheme) => scheme.name === name);
    if (/^https?$/.test(name)) schemes.push(...(isKnown ? [] : [{ name, pointer: at }]));
    else if (!BEGINS_AS.has(name))
      yield notAScheme(value, "under schemes, where one of http, https, ws and wss belongs", at);
  }
  if (schemes.length === 0) schemes.push(...(yield* socketSchemes(written, place)));
  return schemes.sort((left, right) => right.name.length - left.name.length);
}

function* socketSchemes(
  written: readonly JsonValue[],
  pointer: string,
): Findings<readonly Scheme[]> {
  const names = written.map((value) => (typeof value === "string" ? value.toLowerCase() : ""));
  const name = names.flatMap((one) => BEGINS_AS.get(one) ?? [])[0];
  if (name === undefined) return [];
  yield found("tolerated-value", {
    message: `The only schemes are those of WebSockets, which the client does not open; it sends requests by ${name}.`,
    hint: `Add ${name} to schemes if the server answers requests; otherwise no method of the client works.`,
    pointer,
  });
  return [{ name, pointer }];
}

function notAScheme(value: JsonValue, where: string, pointer: string): ReturnType<typeof found> {
  const what = typeof value === "string" ? quoted(value) : typeName(value);
  return found("ignored-value", {
    message: `${what} stands ${where}; it is ignored.`,
    hint: "Write it like schemes: [https].",
    pointer,
  });
}

/**
 * Without `schemes`, Swagger 2.0 means the one by which the document was fetched, and it is read from a file. So it is
 * the one that keeps secrets, but for a host on the same machine.
 */
function* assumedScheme(host: string): Findings<Scheme> {
  const isOwnMachine = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/i.test(host);
  const name = isOwnMachine ? "http" : "https";
  yield found("assumed-scheme", {
    message: `The document names a host but no schemes; ${name} is taken.`,
    hint: `Add schemes: [${name}], or pass a baseUrl to the client.`,
    pointer: "/host",
  });
  return { name, pointer: "/host" };
}

/* --------------------------------------------------------------- host and path */

interface Host {
  readonly host: string;
  /** What follows the host in the same field, with a slash before it. */
  readonly path: string;
  readonly scheme: string | undefined;
}

/** `host` is a name and a port; many write a whole URL. */
function* hostOf(document: JsonObject): Findings<Host> {
  const written = yield* textField(document, "host", "api.example.com");
  const [, scheme, host = "", path = ""] =
    /^(?:([a-z]+):)?\/*([^/]*)(\/.*)?$/is.exec(written.replace(/^([a-z]+:\d)/i, "//$1")) ?? [];
  const isPlain = scheme === undefined && withoutSlash(path) === "" && !written.startsWith("/");
  if (!isPlain && host !== "") {
    yield found("tolerated-value", {
      message: `The host ${quoted(written)} is more than the name of a host and its port.`,
      hint: `Write host: ${quoted(host)}, and the rest under schemes and basePath.`,
      pointer: "/host",
    });
  }
  const known = scheme?.toLowerCase();
  return { host, path, scheme: known === "http" || known === "https" ? known : undefined };
}

/** The path before all others, without a slash at its end: they begin with one. */
function* basePathOf(document: JsonObject, hostPath: string): Findings<string> {
  const written = yield* textField(document, "basePath", "/api");
  const before = withoutSlash(hostPath);
  if (written === "" || written.startsWith("/")) return `${before}${withoutSlash(written)}`;
  yield found("tolerated-value", {
    message: `The basePath ${quoted(written)} does not begin with a slash; one is put before it.`,
    hint: `Write basePath: ${quoted(`/${written}`)}.`,
    pointer: "/basePath",
  });
  return `${before}/${withoutSlash(written)}`;
}

function withoutSlash(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

function* textField(document: JsonObject, key: string, example: string): Findings<string> {
  const written = member(document, key) ?? null;
  if (written !== null && typeof written !== "string") {
    yield found("ignored-value", {
      message: `${typeName(written)} stands under ${key}, where a string belongs; it is ignored.`,
      hint: `Write it like ${key}: ${example}.`,
      pointer: childPointer("", key),
    });
  }
  return (stringMember(document, key) ?? "").trim();
}
