import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";

/*
 * Random schemas of the keywords whose changes can be decided, and values that have something to do with them: few
 * names, small numbers and short texts. A type is always written, since Ajv takes a schema without one for any.
 */

const NAMES = ["a", "b", "constructor"] as const;

/** What schemas refer to; the second one has itself in it. */
export const COMPONENTS: JsonObject = {
  Leaf: { type: "string", minLength: 1, maxLength: 3 },
  Tree: {
    type: "object",
    properties: { a: { $ref: "#/components/schemas/Tree" }, b: { type: "integer", minimum: 0 } },
    required: ["b"],
  },
};

/** The same with other values. */
export const OTHER_COMPONENTS: JsonObject = {
  Leaf: { type: "string", minLength: 2, maxLength: 4 },
  Tree: {
    type: "object",
    properties: { a: { $ref: "#/components/schemas/Tree" }, b: { type: "integer", minimum: 1 } },
    required: ["b"],
  },
};

const small = fc.integer({ min: -2, max: 5 });
const count = fc.integer({ min: 0, max: 3 });

/** Members of an object of which each may be missing. */
function some(members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<JsonObject> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

const scalar: fc.Arbitrary<JsonObject> = fc.oneof(
  some({ minimum: small, maximum: small, multipleOf: fc.constantFrom(1, 2, 0.5) }).map((rest) => ({
    type: "integer",
    ...rest,
  })),
  some({ exclusiveMinimum: small, maximum: small }).map((rest) => ({ type: "number", ...rest })),
  some({ minLength: count, maxLength: count }).map((rest) => ({ type: "string", ...rest })),
  fc.constant({ type: "boolean" }),
  fc.constant<JsonObject>({ type: ["string", "null"] }),
  fc.constant<JsonObject>({ type: ["integer", "boolean"] }),
  fc
    .uniqueArray(fc.constantFrom<JsonValue>("", "a", "bb", 1, 2, 1.5, true, null), { minLength: 1 })
    .map((values) => ({ enum: values })),
  fc.constantFrom<JsonValue>("a", 2, false).map((value) => ({ const: value })),
  fc.constantFrom({ $ref: "#/components/schemas/Leaf" }, { $ref: "#/components/schemas/Tree" }),
);

/** Schemas that hold others, with and without unions. */
function schemas(hasUnions: boolean): fc.Arbitrary<JsonObject> {
  return fc.letrec<{ schema: JsonObject }>((tie) => {
    const inner = tie("schema");
    const object = fc
      .record({
        properties: some(Object.fromEntries(NAMES.map((name) => [name, inner]))),
        required: fc.subarray([...NAMES]),
        rest: some({ additionalProperties: fc.oneof(inner, fc.constant(false)) }),
        sizes: some({ minProperties: count, maxProperties: count }),
      })
      .map(({ properties, required, rest, sizes }) => ({
        type: "object",
        properties,
        // What is required and not named is nothing that authors write.
        required: required.filter((name) => Object.hasOwn(properties, name)),
        ...rest,
        ...sizes,
      }));
    const array = some({
      items: inner,
      minItems: count,
      maxItems: count,
      uniqueItems: fc.boolean(),
    }).map((rest) => ({ type: "array", ...rest }));
    const branches = fc.array(inner, { minLength: 1, maxLength: 3 });
    const unions = [
      branches.map((anyOf) => ({ anyOf })),
      branches.map((oneOf) => ({ oneOf })),
      fc.tuple(inner, inner).map((allOf) => ({ allOf })),
    ];
    return {
      schema: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        scalar,
        object,
        array,
        ...(hasUnions ? unions : []),
      ),
    };
  }).schema;
}

export const plainSchemas = schemas(false);
export const anySchemas = schemas(true);

/** Values of which many fit a schema like these. */
export const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<JsonValue>(null, true, false, -1, 0, 1, 2, 4, 1.5, "", "a", "bb", "aaaa"),
    fc.array(tie("value"), { maxLength: 3 }),
    some(Object.fromEntries(NAMES.map((name) => [name, tie("value")]))),
  ),
})).value;
