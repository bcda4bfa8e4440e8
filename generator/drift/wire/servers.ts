import { quoted } from "../../diagnostics/quoted.js";
import { groupBy, member } from "../../document/json.js";
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
import { erasedTemplate, serverPath, serverUrl, withoutSlash } from "./path-template.js";
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
  const both = pairs.flatMap(({ origin, old: before, new: after }) =>
    origin === "paths" && before !== undefined && after !== undefined ? [[before, after]] : [],
  );
  const served = both.filter((pair) => pair.every(({ servers }) => servers.length === 0));
  return compareLists(placedServers(old), placedServers(now), moveOf(served));
}

/** The servers of one operation, where either document gives it some of its own. */
export function* compareServers(
  context: WireContext,
  { old, new: now }: Exchange,
): Generator<PartChange> {
  if (old.servers.length === 0 && now.servers.length === 0) return;
  const [olds, news] = [placedServers(context.old, old), placedServers(context.new, now)];
  yield* compareLists(olds, news, moveOf([[old, now]]));
}

/** Where requests of an operation go; there is always one. */
export function serversFor(api: ResolvedApi, operation?: Operation): readonly ServerInfo[] {
  const own = operation?.servers ?? [];
  const used = own.length > 0 ? own : api.servers;
  return used.length === 0 ? [IMPLIED] : used;
}

function placedServers(api: ResolvedApi, operation?: Operation): readonly Placed[] {
  const { document } = api;
  const isOwn = operation !== undefined && operation.servers.length > 0;
  const list = isOwn ? listPlace(document, operation.pointer) : "/servers";
  const servers = groupBy(serversFor(api, operation), identityOf);
  // What is listed twice is there once.
  return [...servers.values()].flatMap(([server]) =>
    server === undefined
      ? []
      : [
          {
            server,
            pointer: server === IMPLIED ? "" : `${list}${indexOf(document, list, server)}`,
          },
        ],
  );
}

/** What makes a server what it is, whatever is said about it. */
function identityOf({ url, variables }: ServerInfo): string {
  return JSON.stringify([
    url,
    variables.map(({ name, defaultValue, values }) => [name, defaultValue, values]),
  ]);
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

/** What all paths lost at their beginning, and what they got instead. */
interface Move {
  readonly gone: string;
  readonly come: string;
}

const NO_MOVE: Move = { gone: "", come: "" };

/** The move of all operations; `undefined` where they do not go the same way. */
function moveOf(pairs: readonly (readonly Operation[])[]): Move | undefined {
  const moves = groupBy(
    pairs.map(([old, now]) =>
      beginnings(erasedTemplate(old?.path ?? ""), erasedTemplate(now?.path ?? "")),
    ),
    ({ gone, come }) => JSON.stringify([gone, come]),
  );
  const [[move = NO_MOVE] = []] = moves.values();
  return moves.size > 1 ? undefined : move;
}

/** Two paths without the end that they have in common. */
function beginnings(old: string, now: string): Move {
  let same = 0;
  while (same < old.length && same < now.length && old.at(-1 - same) === now.at(-1 - same))
    same += 1;
  return { gone: old.slice(0, old.length - same), come: now.slice(0, now.length - same) };
}

function* compareLists(
  olds: readonly Placed[],
  news: readonly Placed[],
  move: Move | undefined,
): Generator<PartChange> {
  const pairing = createPairing(olds, news);
  pairing.by(({ server }) => identityOf(server));
  pairing.by(({ server }) => server.url);
  pairing.by(({ server }) => erasedTemplate(server.url));
  pairing.by(({ server }) => originOf(server));
  const [gone, come] = pairing.left();
  if (gone.length === 1 && come.length === 1) pairing.by(() => "the only one");
  const removal = removalLevel(olds, news, move);
  for (const { old, new: now } of pairing.pairs()) {
    if (old !== undefined && now !== undefined) yield* compareServer(old, now, move);
    else if (old !== undefined) yield serverRemoved(old, removal);
    else if (now !== undefined) yield serverAdded(now);
  }
}

/** Scheme and host; `undefined` for a server at the place of the document. */
export function originOf(server: ServerInfo): string | undefined {
  const url = serverUrl(server);
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/** One that is not documented any more may still answer; but where no path is left, the interface went elsewhere. */
function removalLevel(
  olds: readonly Placed[],
  news: readonly Placed[],
  { gone, come }: Move = NO_MOVE,
): Level {
  const left = new Set(
    news.flatMap(({ server }) => [serverPath(server), serverPath(server) + come]),
  );
  const isLeft = olds.some(
    ({ server }) => left.has(serverPath(server)) || left.has(serverPath(server) + gone),
  );
  return isLeft ? "undecidable" : "breaking";
}

function serverRemoved({ server, pointer }: Placed, wire: Level): PartChange {
  return {
    ...AT_OPERATION,
    rule: "server-removed",
    wire,
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

function* compareServer(old: Placed, now: Placed, move: Move | undefined): Generator<PartChange> {
  if (erasedTemplate(old.server.url) !== erasedTemplate(now.server.url)) {
    yield {
      ...AT_OPERATION,
      rule: "server-replaced",
      wire: replacementLevel(old.server, now.server, move),
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

/**
 * Every path begins with that of the server, so that another one is a break for each operation that did not move along;
 * another host may be another name of the same one.
 */
function replacementLevel(old: ServerInfo, now: ServerInfo, moved: Move | undefined): Level {
  // Operations that moved while the path of the server stayed are told by themselves.
  const move = serverPath(old) === serverPath(now) ? NO_MOVE : moved;
  if (move === undefined) return "breaking";
  const { gone, come } = move;
  if (serverPath(old) + gone !== serverPath(now) + come) return "breaking";
  // With the names of variables in it, a URL stands for all that they can be.
  const isSame = withoutSlash(old.url) + gone === withoutSlash(now.url) + come;
  return isSame ? "safe" : "undecidable";
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
