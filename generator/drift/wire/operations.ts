import { quoted } from "../../diagnostics/quoted.js";
import { groupBy } from "../../document/json.js";
import type { Operation } from "../../resolve/resolved-api.js";
import type { OperationPair } from "../change.js";
import { compareDeprecation } from "./deprecation.js";
import { erasedTemplate, serverPath } from "./path-template.js";
import { originOf, serversFor } from "./servers.js";
import { compareTags, type TagRenames } from "./tags.js";
import { spot, type Exchange, type PartChange, type WireContext } from "./wire-context.js";

const AT_OPERATION = { position: { kind: "operation" }, path: [] } as const;

/** An operation that one of the documents has. */
export function* onlyIn({ old, new: now, origin }: OperationPair): Generator<PartChange> {
  if (now !== undefined) {
    yield {
      ...AT_OPERATION,
      rule: "operation-added",
      wire: "safe",
      direction: undefined,
      old: undefined,
      new: spot(now.pointer),
      message: ADDED[origin],
    };
  }
  if (old !== undefined) {
    yield {
      ...AT_OPERATION,
      rule: "operation-removed",
      // A server that no longer calls is noticed by those only who wait for it.
      wire: origin === "paths" ? "breaking" : "undecidable",
      direction: undefined,
      old: spot(old.pointer),
      new: undefined,
      message: old.deprecated ? `${REMOVED[origin]} It was deprecated.` : REMOVED[origin],
    };
  }
}

const ADDED: Readonly<Record<OperationPair["origin"], string>> = {
  paths: "The operation is new.",
  webhooks: "The server may call this webhook now.",
  callbacks: "The server may call this callback now.",
};

const REMOVED: Readonly<Record<OperationPair["origin"], string>> = {
  paths: "The operation is gone.",
  webhooks: "The server no longer calls this webhook.",
  callbacks: "The server no longer calls this callback.",
};

/** By what an operation is called and found: its method, its path, its id and its tag. */
export function* compareIdentities(
  context: WireContext,
  exchange: Exchange,
  origin: OperationPair["origin"],
  tags: TagRenames,
): Generator<PartChange> {
  const { old, new: now } = exchange;
  yield* compareMethods(old, now);
  yield* origin === "paths" ? comparePaths(context, exchange) : compareExpressions(old, now);
  yield* compareIds(old, now);
  yield* compareTags(exchange, tags);
  yield* compareDeprecation(old, now, AT_OPERATION, "The operation");
}

function* compareMethods(old: Operation, now: Operation): Generator<PartChange> {
  if (old.method === now.method) return;
  yield {
    ...AT_OPERATION,
    rule: "operation-method-changed",
    wire: "breaking",
    direction: "request",
    old: spot(old.pointer, old.method),
    new: spot(now.pointer, now.method),
    message: `The operation is called by ${quoted(now.method)} now, no longer by ${quoted(old.method)}.`,
  };
}

/** Where a part of the path went over to the servers, or came from all of them, that is told of the servers. */
function* comparePaths(context: WireContext, { old, new: now }: Exchange): Generator<PartChange> {
  const template = erasedTemplate(old.path);
  const moved = erasedTemplate(now.path);
  if (template === moved) return;
  if (arePathsKept(context, old, now)) return;
  yield {
    ...AT_OPERATION,
    rule: "operation-moved",
    wire: "breaking",
    direction: "request",
    old: spot(old.pointer, old.path),
    new: spot(now.pointer, now.path),
    message: `The operation is at ${quoted(now.path)} now, no longer at ${quoted(old.path)}.`,
  };
}

/** Whether the paths of all requests stay the same, on each host that both documents have. */
function arePathsKept(context: WireContext, old: Operation, now: Operation): boolean {
  const [template, moved] = [erasedTemplate(old.path), erasedTemplate(now.path)];
  const sent = serversFor(context.new, now).map((server) => ({
    origin: originOf(server),
    path: serverPath(server) + moved,
  }));
  const paths = groupBy(sent, ({ origin }) => origin);
  return serversFor(context.old, old).every((server) =>
    (paths.get(originOf(server)) ?? sent).some(
      ({ path }) => path === serverPath(server) + template,
    ),
  );
}

/** The client tells the server where to call; from what the server takes that is told by an expression. */
function* compareExpressions(old: Operation, now: Operation): Generator<PartChange> {
  if (old.path === now.path) return;
  yield {
    ...AT_OPERATION,
    rule: "operation-moved",
    wire: "undecidable",
    direction: "request",
    old: spot(old.pointer, old.path),
    new: spot(now.pointer, now.path),
    message: `The server calls ${quoted(now.path)} now, no longer ${quoted(old.path)}.`,
  };
}

/** Ids are never sent, but methods are named by them. */
function* compareIds(old: Operation, now: Operation): Generator<PartChange> {
  if (old.operationId === now.operationId) return;
  const place = (operation: Operation): string =>
    operation.operationId === undefined ? operation.pointer : `${operation.pointer}/operationId`;
  yield {
    ...AT_OPERATION,
    rule: "operation-id-changed",
    wire: "safe",
    direction: undefined,
    old: spot(place(old), old.operationId),
    new: spot(place(now), now.operationId),
    message: idMessage(old.operationId, now.operationId),
  };
}

function idMessage(old: string | undefined, now: string | undefined): string {
  if (old === undefined) return `The operation has an id now, ${quoted(now ?? "")}.`;
  if (now === undefined) return `The operation no longer has the id ${quoted(old)}.`;
  return `The id of the operation is ${quoted(now)} now, no longer ${quoted(old)}.`;
}
