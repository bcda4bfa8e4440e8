import type { JsonObject } from "../../document/source.js";
import type { Spot } from "../change.js";
import type { OperationPair } from "../change.js";
import type { DocumentSurface } from "../document-side.js";
import type { Direction, Position, ValuePath } from "../position.js";
import type { CompareTypes, TypeDifference } from "./compare-types.js";
import { has, type Suspect } from "./inquiry.js";
import type { MethodSurface } from "./method-surface.js";
import { placeOf } from "./schema-place.js";
import type { TypeScope } from "./type-scope.js";

/** A method that both clients have, whatever it is called in each, and where to look things up. */
export interface MethodPair {
  readonly pair: OperationPair;
  readonly old: MethodSurface;
  readonly new: MethodSurface;
  readonly compareTypes: CompareTypes;
  readonly scopes: { readonly old: TypeScope; readonly new: TypeScope };
  readonly surfaces: { readonly old: DocumentSurface; readonly new: DocumentSurface };
}

/** A change of a method. */
export function suspect(
  { pair }: Pick<MethodPair, "pair">,
  direction: Direction | undefined,
  position: Position,
  change: Pick<Suspect, "rule" | "message" | "old" | "new" | "cause"> & {
    readonly path?: ValuePath;
  },
): Suspect {
  return { pair, direction, position, path: [], ...change };
}

/** Where both documents describe a value. */
export interface Described {
  readonly position: Position;
  readonly direction: Direction;
  readonly oldPointer: string | undefined;
  readonly newPointer: string | undefined;
}

/** A difference of types, at its place in both documents. */
export function typeSuspect(
  method: MethodPair,
  { position, direction, oldPointer, newPointer }: Described,
  { rule, path, message }: TypeDifference,
): Suspect {
  const [old, changed] = [
    spotOf(method.surfaces.old.named.api.document, oldPointer, path),
    spotOf(method.surfaces.new.named.api.document, newPointer, path),
  ];
  // Which types and values it is about, only the sentence says.
  const content = message;
  return suspect(method, direction, position, {
    rule,
    path,
    message,
    old: old && { ...old, content },
    new: changed && { ...changed, content },
  });
}

function spotOf(
  document: JsonObject,
  pointer: string | undefined,
  path: ValuePath,
): Spot | undefined {
  return pointer === undefined ? undefined : placeOf(document, pointer, path);
}

/** Asks whether the new type of a value still has the member that a path ends with. */
export function hasAt(type: string, path: ValuePath): string {
  const container = path.slice(0, -1).reduce((from, step) => {
    if (step === "element") return `Item<${from}>`;
    if (step === "value") return `Value<${from}>`;
    return `Member<${from}, ${JSON.stringify(step.key)}>`;
  }, type);
  const last = path.at(-1);
  const member =
    last === undefined || last === "element"
      ? "number"
      : last === "value"
        ? "string"
        : JSON.stringify(last.key);
  return has(container, member);
}
