import { isObject, member, stringMember } from "../document/json.js";
import { fragmentPointer, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** A value of the document and the pointer of the place where it really stands. */
export interface Placed<T> {
  readonly value: T;
  readonly pointer: string;
}

/** The JSON pointer in a local `$ref` such as `#/components/parameters/id`. The loader leaves no other ones. */
export function referenceTarget(reference: string): string {
  return fragmentPointer(reference) ?? "";
}

/** The name of the component schema at a pointer, or `undefined` where the pointer leads elsewhere or deeper. */
export function componentSchemaName(pointer: string): string | undefined {
  const [components, schemas, name, ...deeper] = pointerTokens(pointer);
  return components === "components" && schemas === "schemas" && deeper.length === 0
    ? name
    : undefined;
}

/**
 * Follows Reference Objects (OpenAPI 3.1, 4.8.23) from a place to the object that is meant.
 * Gives `undefined` for anything that is no object; the loader has already reported references that lead nowhere.
 */
export function follow(
  document: JsonObject,
  value: JsonValue | undefined,
  pointer: string,
): Placed<JsonObject> | undefined {
  const seen = new Set<string>();
  let current: Placed<JsonValue | undefined> = { value, pointer };
  for (;;) {
    const reference = stringMember(current.value, "$ref");
    if (reference === undefined) break;
    const target = referenceTarget(reference);
    if (seen.has(target)) return undefined;
    seen.add(target);
    current = { value: resolvePointer(document, target), pointer: target };
  }
  return isObject(current.value) ? { value: current.value, pointer: current.pointer } : undefined;
}

/** Text beside a `$ref` overrides that of its target (OpenAPI 3.1, 4.8.23). */
export function overridingText(
  value: JsonValue | undefined,
  target: JsonObject,
  key: string,
): string | undefined {
  const beside = member(value, "$ref") === undefined ? undefined : stringMember(value, key);
  return beside ?? stringMember(target, key);
}
