import { arrayMember, isObject, member } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { narrowingKeywords } from "../resolve/named-schemas.js";

/** Whether null is all that a schema allows. */
export function isOnlyNull(schema: JsonObject): boolean {
  const values = member(schema, "enum");
  if (Array.isArray(values) && values.length > 0) return values.every((value) => value === null);
  if (member(schema, "const") === null) return true;
  const types = writtenTypes(schema);
  return types.length > 0 && types.every((type) => type === "null");
}

/**
 * All spellings of null: 3.0's `nullable`, also as a part of its own, which adds it to whatever else is said; enums that
 * hold it; and a list of types, beside which a list of values has to have it, too: each keyword holds (JSON Schema
 * 2020-12, validation, 6.1.2).
 */
export function allowsNull(schema: JsonObject): boolean {
  if (member(schema, "nullable") === true || arrayMember(schema, "allOf").some(meansNull))
    return true;
  const isListed = Array.isArray(member(schema, "type")) && writtenTypes(schema).includes("null");
  return writtenValues(schema)?.includes(null) ?? isListed;
}

/** The values of `const` or `enum`; `undefined` where none are listed. */
export function writtenValues(schema: JsonObject): readonly JsonValue[] | undefined {
  const constant = member(schema, "const");
  if (constant !== undefined) return [constant];
  const listed = arrayMember(schema, "enum");
  return listed.length > 0 ? listed : undefined;
}

/** One type or a list of them; in a list, the null that YAML makes of a `null` without quotes is meant as `"null"`. */
export function writtenTypes(schema: JsonObject): readonly (JsonValue | undefined)[] {
  const type = member(schema, "type");
  return Array.isArray(type) ? type.map((one) => one ?? "null") : [type];
}

/** `oneOf: [{ $ref }, { nullable: true }]`, or `allOf`, is how authors write "or null" in OpenAPI 3.0. */
export function meansNull(value: JsonValue): boolean {
  return (
    isObject(value) &&
    member(value, "nullable") === true &&
    member(value, "type") === undefined &&
    member(value, "format") === undefined &&
    narrowingKeywords(value).length === 1
  );
}
