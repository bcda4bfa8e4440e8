import { isObject } from "../../../generator/document/json.js";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";

/*
 * Ways to write the same schema in another way, and to make one wider. All of them keep what they are given.
 */

/** What a schema has in itself: schemas of values, and those that it is composed of. */
const VALUE_KEYWORDS = ["items", "additionalProperties"];
const PART_KEYWORDS = ["allOf", "anyOf", "oneOf"];

/** A schema with something done to all schemas of values in it, and to all that it is composed of. */
function within(
  schema: JsonObject,
  ofValue: (inner: JsonObject) => JsonObject,
  ofPart: (inner: JsonObject) => JsonObject,
): JsonObject {
  const on = (
    value: JsonValue | undefined,
    change: (inner: JsonObject) => JsonObject,
  ): JsonValue => (isObject(value) ? change(value) : (value ?? null));
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === "properties" && isObject(value))
        return [
          key,
          Object.fromEntries(Object.entries(value).map(([name, one]) => [name, on(one, ofValue)])),
        ];
      if (VALUE_KEYWORDS.includes(key)) return [key, on(value, ofValue)];
      if (PART_KEYWORDS.includes(key) && Array.isArray(value))
        return [key, value.map((one) => on(one, ofPart))];
      return [key, value];
    }),
  );
}

/** All keys the other way round. */
export function reversed(schema: JsonObject): JsonObject {
  const turned = within(schema, reversed, reversed);
  return Object.fromEntries(
    Object.entries(turned)
      .reverse()
      .map(([key, value]) => [
        key,
        key === "properties" && isObject(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : ["enum", "required", "type", "anyOf", "allOf"].includes(key) && Array.isArray(value)
            ? [...value].reverse()
            : value,
      ]),
  );
}

/** Every schema as the only part of an `allOf`, or as the only variant. */
export function wrapped(schema: JsonObject, keyword: string): JsonObject {
  const inner = (one: JsonObject): JsonObject => wrapped(one, keyword);
  return { [keyword]: [within(schema, inner, inner)] };
}

/** Every reference replaced by what it leads to, where that does not lead on. */
export function inlined(schema: JsonObject, components: JsonObject): JsonObject {
  const inner = (one: JsonObject): JsonObject => inlined(one, components);
  if (schema["$ref"] === "#/components/schemas/Leaf") return components["Leaf"] as JsonObject;
  if (schema["$ref"] === "#/components/schemas/Tree") return components["Tree"] as JsonObject;
  return within(schema, inner, inner);
}

/** As OpenAPI 3.0 spells it: no lists of types, no `const`, and flags beside bounds. */
export function inThreeZero(schema: JsonObject): JsonObject {
  const {
    type,
    const: constant,
    exclusiveMinimum,
    ...rest
  } = within(schema, inThreeZero, inThreeZero);
  const types = Array.isArray(type) ? type : [];
  const others = types.filter((one) => one !== "null");
  if (others.length > 1) return { anyOf: others.map((one) => ({ ...rest, type: one })) };
  return {
    ...rest,
    ...(type === undefined ? {} : { type: others[0] ?? type }),
    ...(types.includes("null") ? { nullable: true } : {}),
    ...(constant === undefined ? {} : { enum: [constant] }),
    ...(exclusiveMinimum === undefined
      ? {}
      : { minimum: exclusiveMinimum, exclusiveMinimum: true }),
  };
}

/**
 * The same schema for whoever sends only what the document speaks of: properties that are not named in any part are
 * refused, unless the document says what they are.
 */
export function closed(schema: JsonObject): JsonObject {
  const part = (one: JsonObject): JsonObject => within(one, closed, part);
  return { ...part(schema), unevaluatedProperties: false };
}

/** A schema that allows more, in one of several ways at every place that a number chooses. */
export function widened(schema: JsonObject, choice: number): JsonObject {
  const inner = (one: JsonObject, index: number): JsonObject =>
    widened(one, (choice * 7 + index * 3 + 1) % 97);
  let index = 0;
  const next = (one: JsonObject): JsonObject => inner(one, (index += 1));
  // Of a oneOf, a variant that becomes wider may make another one overlap.
  const result = schema["oneOf"] === undefined ? within(schema, next, next) : schema;
  const without = (...keys: readonly string[]): JsonObject =>
    Object.fromEntries(Object.entries(result).filter(([key]) => !keys.includes(key)));
  switch (choice % 8) {
    case 0:
      return without("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
    case 1:
      return without("maximum", "maxLength", "maxItems", "maxProperties", "uniqueItems");
    case 2:
      return without("required");
    case 3:
      return Array.isArray(result["enum"])
        ? { ...result, enum: [...result["enum"], "another"] }
        : result;
    case 4:
      return typeof result["type"] === "string" && result["const"] === undefined
        ? { ...result, type: [result["type"], "null"] }
        : result;
    case 5:
      return result["type"] === "integer" ? { ...result, type: "number" } : result;
    case 6:
      return { anyOf: [result, { type: "array", items: { type: "string" }, minItems: 1 }] };
    default:
      return result;
  }
}
