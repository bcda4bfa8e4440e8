import { compareText } from "../../document/json.js";
import { callbacksOf, webhooksOf, type CalledOperation } from "../../resolve/called-by-server.js";
import type { Operation, ResolvedApi } from "../../resolve/resolved-api.js";
import type { OperationPair } from "../change.js";
import { createPairing } from "./pairing.js";
import { basePaths, erasedTemplate } from "./path-template.js";
import { similarOperations } from "./similar-operations.js";

/**
 * The operations of both documents, each with what it is in the other one: those of paths, by path and method, then
 * webhooks and callbacks. The names of path parameters make no difference, and what moved is recognised.
 */
export function pairOperations(before: ResolvedApi, now: ResolvedApi): readonly OperationPair[] {
  const inPaths = pairPaths(before, now);
  return [
    ...inPaths,
    ...pairCalled(webhooksOf(before), webhooksOf(now), "webhooks"),
    ...inPaths.flatMap(({ old, new: current }) =>
      pairCalled(
        old === undefined ? [] : callbacksOf(before, old),
        current === undefined ? [] : callbacksOf(now, current),
        "callbacks",
      ),
    ),
  ];
}

function pairPaths(before: ResolvedApi, now: ResolvedApi): readonly OperationPair[] {
  const baseOf = { old: basePaths(before), new: basePaths(now) };
  const sent = (operation: Operation, side: "old" | "new"): string =>
    `${operation.method} ${baseOf[side](operation)}${operation.path}`;
  const pairing = createPairing(before.operations, now.operations);
  // A part of all paths may have gone over to the servers: what is sent is the same then.
  pairing.by(sent);
  pairing.by((operation, side) => erasedTemplate(sent(operation, side)));
  pairing.by(({ method, path }) => `${method} ${path}`);
  pairing.by(({ method, path }) => `${method} ${erasedTemplate(path)}`);
  pairing.by(({ operationId }) => operationId);
  pairing.add(similarOperations(...pairing.left()));
  return inOrder(pairing.pairs()).map((pair) => ({ ...pair, origin: "paths" }));
}

/** What the server calls has no path that tells more than its name does. */
function pairCalled(
  before: readonly CalledOperation[],
  now: readonly CalledOperation[],
  origin: "webhooks" | "callbacks",
): readonly OperationPair[] {
  const pairing = createPairing(before, now);
  pairing.by(({ name, operation }) => JSON.stringify([name, operation.path, operation.method]));
  pairing.by(({ name, operation }) => JSON.stringify([name, operation.method]));
  pairing.by(({ operation }) => operation.operationId);
  const pairs = pairing
    .pairs()
    .map((pair) => ({ old: pair.old?.operation, new: pair.new?.operation }));
  return inOrder(pairs).map((pair) => ({ ...pair, origin }));
}

function inOrder<T extends Pick<OperationPair, "old" | "new">>(pairs: readonly T[]): readonly T[] {
  const keyOf = ({ old, new: current }: T): readonly [string, string] => {
    const { path, method } = current ?? old ?? { path: "", method: "" };
    return [path, method];
  };
  return [...pairs].sort((left, right) => {
    const [first, second] = [keyOf(left), keyOf(right)];
    return compareText(first[0], second[0]) || compareText(first[1], second[1]);
  });
}
