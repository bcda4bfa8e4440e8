import { childrenOf } from "../document/grammar.js";
import {
  compareText,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import { pointerTo, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "./media-types.js";
import { componentSchemaName, referenceTarget } from "./references.js";
import type { NamedSchema, PlacedSchema } from "./resolved-api.js";

/** The schemas of a document whose types have names. */
export interface NamedSchemas {
  /** By a key: the name of a component schema, or a reference to a part. Components first, both sorted. */
  readonly schemas: ReadonlyMap<string, NamedSchema>;
  /** The same keys, by pointer. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Finds them: what stands under `components.schemas`, and every other part of the document that a `$ref` leads to and
 * that has parts of its own. Without a name, the type of such a part would be repeated wherever it is referred to, and
 * could not mention itself.
 */
export function findNamedSchemas(document: JsonObject): NamedSchemas {
  const components = componentSchemas(document);
  const taken = new Set(components.map(([name]) => name));
  const parts = referredParts(document).map(
    (part) => [partKey(part.pointer, taken), part] as const,
  );
  const all = [...components, ...parts];
  return {
    schemas: new Map(
      all.map(([key, placed], index) => [
        key,
        { ...placed, index, isComponent: index < components.length },
      ]),
    ),
    keys: new Map(all.map(([key, { pointer }]) => [pointer, key])),
  };
}

function componentSchemas(document: JsonObject): readonly (readonly [string, PlacedSchema])[] {
  const entries = sortedEntries(objectMember(objectMember(document, "components"), "schemas"));
  return entries.flatMap(([name, schema]) =>
    isSchema(schema)
      ? [[name, { schema, pointer: pointerTo("components", "schemas", name) }] as const]
      : [],
  );
}

/** A component schema may be called anything, even like a reference. */
function partKey(pointer: string, taken: ReadonlySet<string>): string {
  let key = `#${pointer}`;
  while (taken.has(key)) key = `#${key}`;
  return key;
}

/** The parts of a document that references lead to, each once, sorted by pointer. */
function referredParts(document: JsonObject): readonly PlacedSchema[] {
  const pointers = new Set(
    [...references(document)]
      .map(referenceTarget)
      .filter((pointer) => componentSchemaName(pointer) === undefined),
  );
  return [...pointers].sort(compareText).flatMap((pointer) => {
    const schema = resolvePointer(document, pointer);
    return isObject(schema) && hasStructure(schema) ? [{ schema, pointer }] : [];
  });
}

/** Every `$ref` of a schema, and what mappings of discriminators refer to; each reference once. */
function references(document: JsonObject): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<JsonObject>();
  const waiting = [{ value: document, kind: "document" as Parameters<typeof childrenOf>[1] }];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node.value)) continue;
    seen.add(node.value);
    if (node.kind === "schema") add(found, member(node.value, "$ref"));
    if (node.kind === "discriminator")
      for (const [, target] of sortedEntries(objectMember(node.value, "mapping")))
        add(found, target);
    for (const { value, kind } of childrenOf(node.value, node.kind)) waiting.push({ value, kind });
  }
  return found;
}

/** The mapping of a discriminator may also hold plain names. */
function add(found: Set<string>, reference: JsonValue | undefined): void {
  if (typeof reference === "string" && reference.startsWith("#")) found.add(reference);
}

/** Keywords beside a `$ref` that say nothing about the type. */
const ANNOTATIONS: ReadonlySet<string> = new Set(
  "$ref $comment default deprecated description example examples externalDocs format readOnly summary title type writeOnly xml".split(
    " ",
  ),
);

/** The keywords beside a `$ref` that narrow what it leads to. */
export function narrowingKeywords(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((key) => !ANNOTATIONS.has(key) && !key.startsWith("x-"));
}

/** Whether a schema is more than a scalar or a reference: it has schemas or a list of values in it. */
function hasStructure(schema: JsonObject): boolean {
  if (stringMember(schema, "$ref") !== undefined) return narrowingKeywords(schema).length > 0;
  return (
    Array.isArray(member(schema, "enum")) ||
    childrenOf(schema, "schema").some(({ kind }) => kind === "schema")
  );
}
