import { compareText } from "../document/json.js";
import type { Declaration } from "../model/api-model.js";
import { declarationLeaves, typeLeaves } from "../model/type-leaves.js";
import type { TypeNode } from "../types/type-node.js";
import type { OperationReference, Reference } from "./reference.js";

/** Operations that show what not every client has; `undefined` where this one has none. */
export interface Features {
  readonly list: OperationReference | undefined;
  readonly upload: OperationReference | undefined;
  readonly download: OperationReference | undefined;
  readonly events: OperationReference | undefined;
  readonly values: OperationReference | undefined;
}

/** Finds an operation of each kind: the one that is the easiest to call. */
export function featuresOf({ classes, models }: Pick<Reference, "classes" | "models">): Features {
  const operations = classes
    .flatMap((one) => one.operations)
    .filter(({ kind }) => kind === "request")
    .sort(byEase);
  const declarations = new Map(
    models.map(({ declaration }) => [declaration.name, declaration] as const),
  );
  // Examples take time to make: only those of operations that would be shown are.
  const first = (isShown: (operation: OperationReference) => boolean): Features["list"] =>
    operations.find((operation) => isShown(operation) && operation.examples.made().length > 0);
  return {
    list: first(({ paging }) => paging !== undefined),
    upload: first((operation) => sendsFile(operation, declarations)),
    download: first(({ answers }) => answers[0]?.type?.kind === "blob"),
    events: first(({ streaming }) => streaming === "events"),
    values: first(({ streaming }) => streaming === "values"),
  };
}

/** What asks for less comes first. */
function byEase(left: OperationReference, right: OperationReference): number {
  return (
    Number(left.deprecated) - Number(right.deprecated) ||
    needs(left) - needs(right) ||
    left.path.length - right.path.length ||
    compareText(left.path, right.path) ||
    compareText(left.method, right.method)
  );
}

function needs({ parameters, isAnonymous }: OperationReference): number {
  return parameters.filter(({ optional }) => !optional).length + Number(!isAnonymous);
}

/** Whether its body is a file or has one, be it in a type of its own. */
function sendsFile(
  { body, declarations }: OperationReference,
  models: ReadonlyMap<string, Declaration>,
): boolean {
  const own = new Map(declarations.map((one) => [one.name, one] as const));
  const leavesOf = (type: TypeNode): readonly TypeNode[] => {
    const declared =
      type.kind === "named" ? (own.get(type.name) ?? models.get(type.name)) : undefined;
    return declared === undefined ? typeLeaves(type) : declarationLeaves(declared);
  };
  const types = body?.mediaTypes.flatMap(({ type }) => leavesOf(type)) ?? [];
  return types.some(({ kind }) => kind === "filePart" || kind === "binaryBody");
}
