import { compareText } from "../document/json.js";
import type { Operation } from "../resolve/resolved-api.js";
import type { Change } from "./change.js";
import type { DocumentSide } from "./document-side.js";
import type { FindingPlace } from "./finding.js";
import { positionKey, valuePathText } from "./position.js";

type Noticed = Pick<Change, "pair" | "position" | "path">;

/** Makes what tells the places of changes: an operation once for each of its positions, in order. */
export function placesOf(
  old: DocumentSide,
  current: DocumentSide,
): (changes: readonly Noticed[]) => readonly FindingPlace[] {
  const [oldNames, newNames] = [methodNames(old), methodNames(current)];
  return (changes) => {
    const places = new Map<string, FindingPlace>();
    for (const { pair, position, path } of changes) {
      const operation = pair?.new ?? pair?.old;
      if (pair === undefined || operation === undefined) continue;
      const key = `${pair.origin} ${operation.pointer} ${positionKey(position)}`;
      if (places.has(key)) continue;
      const before = pair.old && oldNames.get(pair.old);
      const now = pair.new && newNames.get(pair.new);
      places.set(key, {
        method: operation.method,
        path: operation.path,
        operationId: operation.operationId,
        name: before ?? now,
        newName: before !== undefined && now !== before ? now : undefined,
        position,
        valuePath: path,
      });
    }
    return [...places.values()].sort(placeOrder);
  };
}

/** By path, method, position and what of the value is meant. */
export function placeOrder(left: FindingPlace, right: FindingPlace): number {
  return (
    compareText(left.path, right.path) ||
    compareText(left.method, right.method) ||
    compareText(positionKey(left.position), positionKey(right.position)) ||
    compareText(valuePathText(left.valuePath), valuePathText(right.valuePath))
  );
}

/** `VideoApi.getVideo` by operation; none where no client is made. */
function methodNames({ surface }: DocumentSide): ReadonlyMap<Operation, string> {
  const classes = surface?.named.classes ?? [];
  return new Map(
    classes.flatMap(({ className, operations }) =>
      operations.map(({ operation, methodName }) => [operation, `${className}.${methodName}`]),
    ),
  );
}
