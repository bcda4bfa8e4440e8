import { arrayMember, objectMember, sortedEntries, stringMember } from "../document/json.js";
import { childPointer, resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { isSchema } from "../resolve/media-types.js";
import { referenceTarget } from "../resolve/references.js";
import type { PlacedSchema } from "../resolve/resolved-api.js";

/** The properties that a schema has by itself, through references and through `allOf`. The nearest one wins. */
export function propertiesOf(
  document: JsonObject,
  placed: PlacedSchema,
): ReadonlyMap<string, PlacedSchema> {
  const found = new Map<string, PlacedSchema>();
  const seen = new Set<string>();
  const waiting = [placed];
  for (;;) {
    const next = waiting.shift();
    if (next === undefined) return found;
    if (typeof next.schema === "boolean" || seen.has(next.pointer)) continue;
    seen.add(next.pointer);
    for (const [name, schema] of sortedEntries(objectMember(next.schema, "properties"))) {
      if (isSchema(schema) && !found.has(name))
        found.set(name, { schema, pointer: childPointer(next.pointer, "properties", name) });
    }
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
