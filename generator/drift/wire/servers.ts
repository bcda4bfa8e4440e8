import { quoted } from "../../diagnostics/quoted.js";
import { member } from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import type {
  Operation,
  ResolvedApi,
  ServerInfo,
  ServerVariable,
} from "../../resolve/resolved-api.js";
import type { OperationPair } from "../change.js";
import type { Level } from "../level.js";
import { createPairing } from "./pairing.js";
import { basePath, erasedTemplate, serverPath } from "./path-template.js";
import { spot, type Exchange, type PartChange, type WireContext } from "./wire-context.js";

const AT_OPERATION = { direction: "request", position: { kind: "operation" }, path: [] } as const;

/** A server and where it stands. */
interface Placed {
  readonly server: ServerInfo;
  readonly pointer: string;
}

/** Without servers there is one, at the place of the document (OpenAPI 3.1, 4.8.1). */
const IMPLIED: ServerInfo = { url: "/", description: undefined, variables: [] };

/** The servers of all operations that have none of their own (OpenAPI 3.1, 4.8.5). */
export function compareDocumentServers(
  { old, new: now }: WireContext,
  pairs: readonly OperationPair[],
): Generator<PartChange> {
  return compareLists(serversOf(old), serversOf(now), pathsMovedAlong(old, now, pairs));
}

/** The servers of one operation, where either document gives it some of its own. */
export function* compareServers(
  context: WireContext,
  { old, new: now }: Exchange,
): Generator<PartChange> {
  if (old.servers.length === 0 && now.servers.length === 0) return;
  yield* compareLists(serversOf(context.old, old), serversOf(context.new, now), false);
}

function serversOf({ document, servers }: ResolvedApi, operation?: Operation): readonly Placed[] {
  const own = operation === undefined || operation.servers.length === 0 ? undefined : operation;
  const used = own?.servers ?? servers;
  if (used.length === 0) return [{ server: IMPLIED, pointer: "" }];
  const list = own === undefined ? "/servers" : listPlace(document, own.pointer);
  return used.map((server) => ({ server, pointer: `${list}${indexOf(document, list, server)}` }));
}

/** The servers of an operation stand in itself or in the path item around it. */
function listPlace(document: ResolvedApi["document"], operation: string): string {
  for (let place = operation; place !== ""; place = place.slice(0, place.lastIndexOf("/")))
    if (resolvePointer(document, `${place}/servers`) !== undefined) return `${place}/servers`;
  return operation;
}

function indexOf(document: ResolvedApi["document"], list: string, { url }: ServerInfo): string {
  const written = resolvePointer(document, list);
  const index = Array.isArray(written)
    ? written.findIndex((server) => member(server, "url") === url)
    : -1;
  return index < 0 ? "" : `/${index}`;
}

/** Whether what the servers lost was put before the paths, or the other way round: what is sent is the same then. */
function pathsMovedAlong(
  old: ResolvedApi,
  now: ResolvedApi,
  pairs: readonly OperationPair[],
): boolean {
  const both = pairs.flatMap((pair) =>
    pair.origin === "paths" && pair.old !== undefined && pair.new !== undefined
      ? [[pair.old, pair.new] as const]
      : [],
  );
  return both.some(
    ([before, after]) =>
      erasedTemplate(before.path) !== erasedTemplate(after.path) &&
      basePath(old, before) + erasedTemplate(before.path) ===
        basePath(now, after) + erasedTemplate(after.path),
  );
}

function* compareLists(
  olds: readonly Placed[],
  news: readonly Placed[],
  movedAlong: boolean,
): Generator<PartChange> {
  const pairing = createPairing(olds, news);
  pairing.by(({ server }) => server.url);
  pairing.by(({ server }) => erasedTemplate(server.url));
  const [gone, come] = pairing.left();
  if (gone.length === 1 && come.length === 1) pairing.by(() => "the only one");
  for (const { old, new: now } of pairing.pairs()) {
    if (old !== undefined && now !== undefined) yield* compareServer(old, now, movedAlong);
    else if (old !== undefined) yield serverRemoved(old);
    else if (now !== undefined) yield serverAdded(now);
  }
}

/** It may still be there; nobody says so any more. */
function serverRemoved({ server, pointer }: Placed): PartChange {
  return {
    ...AT_OPERATION,
    rule: "server-removed",
    wire: "undecidable",
    old: spot(pointer, server.url),
    new: undefined,
    message: `The server ${quoted(server.url)} is no longer documented.`,
  };
}

function serverAdded({ server, pointer }: Placed): PartChange {
  return {
    ...AT_OPERATION,
    rule: "server-added",
    wire: "safe",
    old: undefined,
    new: spot(pointer, server.url),
    message: `There is a server ${quoted(server.url)} now.`,
  };
}

function* compareServer(old: Placed, now: Placed, movedAlong: boolean): Generator<PartChange> {
  if (erasedTemplate(old.server.url) !== erasedTemplate(now.server.url)) {
    yield {
      ...AT_OPERATION,
      rule: "server-replaced",
      wire: replacementLevel(old.server, now.server, movedAlong),
      old: spot(old.pointer, old.server.url),
      new: spot(now.pointer, now.server.url),
      message: `The server is ${quoted(now.server.url)} now, no longer ${quoted(old.server.url)}.`,
    };
  }
  const pairing = createPairing(old.server.variables, now.server.variables);
  pairing.by(({ name }) => name);
  for (const { old: before, new: after } of pairing.pairs())
    if (before !== undefined && after !== undefined)
      yield* compareVariable(before, after, { old: old.pointer, new: now.pointer });
}

/** Every path begins with that of the server; another host may be another name of the same one. */
function replacementLevel(old: ServerInfo, now: ServerInfo, movedAlong: boolean): Level {
  if (movedAlong) return "safe";
  return serverPath(old) === serverPath(now) ? "undecidable" : "breaking";
}

function* compareVariable(
  old: ServerVariable,
  now: ServerVariable,
  places: { readonly old: string; readonly new: string },
): Generator<PartChange> {
  const spots = {
    old: spot(`${places.old}/variables/${old.name}`, valuesOf(old)),
    new: spot(`${places.new}/variables/${now.name}`, valuesOf(now)),
  };
  const lost = now.values && (old.values?.filter((value) => !now.values?.includes(value)) ?? [""]);
  const won = old.values && (now.values?.filter((value) => !old.values?.includes(value)) ?? [""]);
  if (lost !== undefined && lost.length > 0) {
    yield {
      ...AT_OPERATION,
      ...spots,
      rule: "server-values-removed",
      wire: "breaking",
      message: `The server variable ${quoted(now.name)} can no longer be ${old.values === undefined ? "anything" : lost.map(quoted).join(", ")}.`,
    };
  }
  if (won !== undefined && won.length > 0) {
    yield {
      ...AT_OPERATION,
      ...spots,
      rule: "server-values-added",
      wire: "safe",
      message: `The server variable ${quoted(now.name)} can be ${now.values === undefined ? "anything" : won.map(quoted).join(", ")} now.`,
    };
  }
  if (old.defaultValue === now.defaultValue) return;
  yield {
    ...AT_OPERATION,
    rule: "server-default-changed",
    wire: "undecidable",
    old: spot(spots.old.pointer, old.defaultValue),
    new: spot(spots.new.pointer, now.defaultValue),
    message: `Without a choice, the server variable ${quoted(now.name)} is ${quoted(now.defaultValue)} now, no longer ${quoted(old.defaultValue)}.`,
  };
}

function valuesOf({ values, defaultValue }: ServerVariable): string[] {
  return values === undefined ? [defaultValue] : [...values];
}
