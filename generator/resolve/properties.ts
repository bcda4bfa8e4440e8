import {
  arrayMember,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import { childPointer, resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { isSchema } from "./media-types.js";
import { referenceTarget } from "./references.js";
import type { PlacedSchema } from "./resolved-api.js";

/** The properties that a schema has by itself, through references and through `allOf`. The nearest one wins. */
export function propertiesOf(
  document: JsonObject,
  placed: PlacedSchema,
): ReadonlyMap<string, PlacedSchema> {
  const found = new Map<string, PlacedSchema>();
  for (const { schema: part, pointer } of joinedSchemas(document, placed)) {
    for (const [name, schema] of sortedEntries(objectMember(part, "properties"))) {
      if (isSchema(schema) && !found.has(name))
        found.set(name, { schema, pointer: childPointer(pointer, "properties", name) });
    }
  }
  return found;
}

/** Tells whether a value of the schema must have a property: by itself, through references or through `allOf`. */
export function isRequired(document: JsonObject, placed: PlacedSchema, property: string): boolean {
  for (const { schema } of joinedSchemas(document, placed)) {
    if (stringsMember(schema, "required").includes(property)) return true;
  }
  return false;
}

/** The number that a schema has under a keyword: by itself, through references or through `allOf`. */
export function statedNumber(
  document: JsonObject,
  placed: PlacedSchema,
  keyword: string,
): number | undefined {
  for (const { schema } of joinedSchemas(document, placed)) {
    const value = typeof schema === "boolean" ? undefined : member(schema, keyword);
    if (typeof value === "number") return value;
  }
  return undefined;
}

/** A schema and all that a value of it has to satisfy too, nearest first, each once. */
export function* joinedSchemas(
  document: JsonObject,
  placed: PlacedSchema,
): Generator<PlacedSchema> {
  const seen = new Set<string>();
  const waiting = [placed];
  for (;;) {
    const next = waiting.shift();
    if (next === undefined) return;
    if (typeof next.schema === "boolean" || seen.has(next.pointer)) continue;
    seen.add(next.pointer);
    yield next;
    waiting.push(...partsOf(document, next.schema, next.pointer));
  }
}

function partsOf(
  document: JsonObject,
  schema: JsonObject,
  pointer: string,
): readonly PlacedSchema[] {
  const parts = arrayMember(schema, "allOf").flatMap((part, index) =>
    isSchema(part) ? [{ schema: part, pointer: `${pointer}/allOf/${index}` }] : [],
  );
  const reference = stringMember(schema, "$ref");
  if (reference === undefined) return parts;
  const target = referenceTarget(reference);
  const value = resolvePointer(document, target);
  return isSchema(value) ? [{ schema: value, pointer: target }, ...parts] : parts;
}
