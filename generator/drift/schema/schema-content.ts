import { canonicalJson, valueHash } from "../../document/hashes.js";
import { compareText, isObject, stringMember } from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { referenceTarget } from "../../resolve/references.js";
import type { PlacedSchema, Schema } from "../../resolve/resolved-api.js";
import { roleOf, tellingKeys, type Role } from "./schema-roles.js";

/** What a schema says: without texts, and the same in whatever order. References are as they are written. */
export function contentOf(schema: Schema): JsonValue {
  return said(schema, "schema");
}

/** What a schema says apart from the schemas that it is composed of. */
export function ownContentOf(schema: JsonObject): JsonValue {
  const keys = Object.keys(schema).filter((key) => !COMPOSING.has(key));
  return contentOf(Object.fromEntries(keys.map((key) => [key, schema[key] ?? null])));
}

const COMPOSING: ReadonlySet<string> = new Set(["$ref", "allOf", "anyOf", "oneOf"]);

/** Makes a hash of what schemas say with all that they refer to, for what nothing else looks into. */
export type WholeContent = (schemas: readonly (PlacedSchema | undefined)[]) => string;

/** Each schema that is referred to is read once, however many others lead to it. */
export function createWholeContent(document: JsonObject): WholeContent {
  const known = new Map<string, Content>();
  const contentAt = (pointer: string): Content => {
    const content = known.get(pointer) ?? readContent(resolvePointer(document, pointer) ?? null);
    known.set(pointer, content);
    return content;
  };
  return (schemas) => {
    const contents = schemas.map((placed) => readContent(placed?.schema ?? null));
    const targets = new Set(contents.flatMap(({ targets: found }) => found));
    for (const target of targets) for (const next of contentAt(target).targets) targets.add(next);
    const behind = [...targets].sort(compareText).map((target) => [target, contentAt(target).hash]);
    return valueHash([contents.map(({ hash }) => hash), behind]);
  };
}

interface Content {
  readonly hash: string;
  /** What it refers to: pointers. */
  readonly targets: readonly string[];
}

function readContent(value: JsonValue): Content {
  const targets = new Set<string>();
  return { hash: valueHash(said(value, "schema", targets)), targets: [...targets] };
}

/** The lists of a schema in which the order means nothing. */
const UNORDERED: ReadonlySet<string> = new Set([
  "type",
  "enum",
  "required",
  "allOf",
  "anyOf",
  "oneOf",
]);

function said(value: JsonValue, role: Role, targets?: Set<string>): JsonValue {
  if (Array.isArray(value))
    return value.map((item) => said(item, role === "data" ? "data" : "schema", targets));
  if (!isObject(value)) return value;
  const reference = role === "schema" ? stringMember(value, "$ref") : undefined;
  if (reference !== undefined) targets?.add(referenceTarget(reference));
  const members = tellingKeys(value, role).map((key): readonly [string, JsonValue] => {
    const inner = said(value[key] ?? null, roleOf(key, role), targets);
    return [key, role === "schema" && UNORDERED.has(key) ? sorted(inner) : inner];
  });
  return Object.fromEntries(members);
}

function sorted(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  return [...value].sort((left, right) => compareText(canonicalJson(left), canonicalJson(right)));
}
