import { isObject, objectMember, stringMember, stringsMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { NormalSchema } from "./forms.js";

/** A property of a schema in normal form. */
export interface Property {
  readonly name: string;
  /** Where its schema stands in the document; empty where it stands nowhere. */
  readonly pointer: string;
}

/** The keys that stand for the names of properties in what openapi-typescript sees. */
export interface PropertyKeys {
  /** What stands behind the keys that were given. */
  readonly properties: ReadonlyMap<string, Property>;
  /** A schema in normal form with keys in the place of names and pointers. */
  readonly applied: (form: NormalSchema) => NormalSchema;
}

/**
 * Gives keys to properties: the same one to all of the same name and pointer. A key stands for both, so that neither
 * reaches openapi-typescript, which fails at a name such as `100%` with properties of its own below it.
 */
export function propertyKeys(): PropertyKeys {
  const keys = new Map<string, string>();
  const properties = new Map<string, Property>();
  const keyOf = (property: Property): string => {
    const identity = `${property.name.length} ${property.name}${property.pointer}`;
    const known = keys.get(identity);
    if (known !== undefined) return known;
    const key = `p${keys.size}`;
    keys.set(identity, key);
    properties.set(key, property);
    return key;
  };
  return { properties, applied: (form) => withKeys(form, keyOf) as NormalSchema };
}

type KeyOf = (property: Property) => string;

/** What stands under the other keywords of the normal form is no schema. */
function withKeys(value: JsonValue, keyOf: KeyOf): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withKeys(item, keyOf));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [keyword, operand] of Object.entries(value)) {
    if (keyword === "properties") Object.assign(result, keyedProperties(value, keyOf));
    else if (SCHEMAS.has(keyword)) result[keyword] = withKeys(operand ?? null, keyOf);
    else if (keyword !== "required" && keyword !== "description") result[keyword] = operand;
  }
  return result;
}

const SCHEMAS: ReadonlySet<string> = new Set([
  "additionalProperties",
  "allOf",
  "items",
  "oneOf",
  "prefixItems",
]);

/** The properties of an object, and which of them are required. */
function keyedProperties(object: JsonObject, keyOf: KeyOf): JsonObject {
  const required = new Set(stringsMember(object, "required"));
  const properties: JsonObject = {};
  const requiredKeys: string[] = [];
  for (const [name, form] of Object.entries(objectMember(object, "properties") ?? {})) {
    const key = keyOf({ name, pointer: stringMember(form, "description") ?? "" });
    properties[key] = withKeys(form ?? null, keyOf);
    if (required.has(name)) requiredKeys.push(key);
  }
  return { properties, required: requiredKeys };
}
