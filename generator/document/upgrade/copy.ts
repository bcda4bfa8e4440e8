import type { Findings } from "../../diagnostics/diagnostic.js";
import { slotsOf, SWAGGER, type NodeKind } from "../grammar.js";
import { isObject, setMember } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";

/** Upgrades an object of a kind, which is written at a pointer. */
export type UpgradeObject = (
  value: JsonObject,
  kind: NodeKind,
  pointer: string,
) => Findings<JsonValue>;

/**
 * A copy of an object in which every object that the specification knows below it is upgraded. Data and what is of a
 * wrong type is taken over as it is. It goes as deep as the document, which the loader limits.
 */
export function* withChildren(
  object: JsonObject,
  kind: NodeKind,
  pointer: string,
  upgrade: UpgradeObject,
): Findings<JsonObject> {
  const copy: JsonObject = { ...object };
  for (const { tokens, value, shape, kind: childKind } of slotsOf(object, kind, SWAGGER)) {
    const [key = "", name] = tokens;
    if (Array.isArray(value)) {
      setMember(copy, key, [...value]);
    } else if (isObject(value)) {
      const isContainer = shape === "map" || shape === "list";
      const made = isContainer
        ? { ...value }
        : yield* upgrade(value, childKind, childPointer(pointer, ...tokens));
      setBelow(copy, key, name, made);
    }
  }
  return copy;
}

/** Sets a member, or an entry of the list or map that a member is. */
function setBelow(copy: JsonObject, key: string, name: string | undefined, value: JsonValue): void {
  const container = copy[key] ?? null;
  if (name === undefined) setMember(copy, key, value);
  else if (Array.isArray(container)) container[Number(name)] = value;
  else if (isObject(container)) setMember(container, name, value);
}

/** An object without some of its members. */
export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
