import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../generator/document/source.js";
import { resolveApi } from "../../../generator/resolve/resolve.js";
import type { ResolvedApi } from "../../../generator/resolve/resolved-api.js";
import { findFamilies } from "../../../generator/types/families.js";
import { namedSchemaForm } from "../../../generator/types/normal-form.js";
import { documentOf, sourceOf } from "../../support/generate.js";

const SCHEMAS = {
  Base: { type: "object", properties: { a: { type: "string" } } },
  Text: { type: "string" },
};
/** The keys under which openapi-typescript sees them. */
const BASE = { $ref: "#/S0" };
const TEXT = { $ref: "#/S1" };

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const string = { type: "string" };
const number = { type: "number" };
const none = { type: "null" };

function api(schema: JsonValue, openapi: string): ResolvedApi {
  const schemas = { ...SCHEMAS, ZZ: schema };
  const { value } = resolveApi(sourceOf(documentOf({ openapi, components: { schemas } })));
  if (value === undefined) throw new Error("not resolved");
  return value;
}

/** The normal form of a schema, without the pointers that go along as descriptions. */
function form(schema: JsonObject | boolean, openapi = "3.1.0", input = false): JsonValue {
  const found = api(schema, openapi);
  const scope = {
    api: found,
    families: findFamilies(found),
    input,
    files: false,
    int64: false,
    bases: new Set<string>(),
    outer: new Map(),
  };
  return withoutPointers(
    namedSchemaForm("ZZ", { schema, pointer: "/components/schemas/ZZ" }, scope),
  );
}

function withoutPointers(value: JsonValue): JsonValue {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key === "description" ? undefined : member)),
  ) as JsonValue;
}

describe("the normal form", () => {
  it.each([
    ["a type", { type: "integer" }, number],
    ["no type", {}, {}],
    ["true", true, {}],
    ["false", false, false],
    ["a list of types", { type: ["string", "integer"] }, { oneOf: [string, number] }],
    ["a type and null", { type: ["string", "null"] }, { oneOf: [string, none] }],
    ["only null", { type: "null" }, none],
    [
      "a type and null that an enum does not have",
      { type: ["string", "null"], enum: ["a"] },
      { enum: ["a"] },
    ],
    [
      "a type and null that a constant is not",
      { type: ["string", "null"], const: "a" },
      { enum: ["a"] },
    ],
    [
      "a type and null with an enum of both",
      { type: ["string", "null"], enum: ["a", null] },
      { oneOf: [{ enum: ["a"] }, none] },
    ],
    [
      "a flag beside an enum",
      { type: "string", nullable: true, enum: ["a"] },
      { oneOf: [{ enum: ["a"] }, none] },
    ],
    ["a constant", { const: 1 }, { enum: [1] }],
    ["the constant null", { const: null }, none],
    ["an enum", { enum: ["a", "a", 1] }, { enum: ["a", 1] }],
    ["an enum with null", { enum: ["a", null] }, { oneOf: [{ enum: ["a"] }, none] }],
    ["an enum of null", { enum: [null] }, none],
    ["an enum of objects", { enum: [{}] }, { type: "object" }],
    ["an unknown type", { type: "file" }, {}],
    ["items without a type", { items: string }, { type: "array", items: string }],
    ["a tuple", { prefixItems: [string, {}] }, { type: "array", prefixItems: [string, {}] }],
    ["a map", { additionalProperties: string }, { additionalProperties: string }],
    ["a closed object", { type: "object", additionalProperties: false }, { type: "object" }],
    [
      "properties without a type",
      { properties: { a: string } },
      { properties: { a: string }, required: [] },
    ],
    [
      "a required property that nothing declares",
      { required: ["a"] },
      { properties: { a: {} }, required: ["a"] },
    ],
    ["one of one", { oneOf: [string] }, string],
    ["one of several alike", { oneOf: [string, { type: "string", minLength: 1 }] }, string],
    ["one of anything", { oneOf: [string, {}] }, {}],
    ["one of nothing", { oneOf: [false] }, false],
    [
      "unions in unions",
      { oneOf: [string, { anyOf: [number, { type: "null" }] }] },
      { oneOf: [string, number, none] },
    ],
    ["all of one", { allOf: [ref("Base")] }, BASE],
    ["all of nothing", { allOf: [string, false] }, false],
    [
      "all of objects",
      { allOf: [{ properties: { a: string } }, { properties: { b: string }, required: ["b"] }] },
      { properties: { a: string, b: string }, required: ["b"] },
    ],
    [
      "required beside all of",
      { required: ["a"], allOf: [ref("Base")] },
      { allOf: [BASE, { properties: { a: string }, required: ["a"] }] },
    ],
    ["a type beside all of an enum", { type: "string", allOf: [{ enum: ["a"] }] }, { enum: ["a"] }],
    ["a reference", ref("Text"), TEXT],
    ["a reference with an annotation", { ...ref("Text"), description: "x" }, TEXT],
    [
      "a reference with a sibling",
      { ...ref("Text"), enum: ["a"] },
      { allOf: [TEXT, { enum: ["a"] }] },
    ],
    ["a reference to the middle", { $ref: "#/components/schemas/Base/properties/a" }, string],
    [
      "a reference to the middle of itself",
      {
        properties: { a: { properties: { b: { $ref: "#/components/schemas/ZZ/properties/a" } } } },
      },
      {
        properties: { a: { $ref: "#/S3" } },
        required: [],
      },
    ],
  ])("of %s", (_, schema: JsonObject | boolean, expected) => {
    expect(form(schema)).toEqual(expected);
  });

  it.each([
    ["a nullable type", { type: "string", nullable: true }, { oneOf: [string, none] }],
    [
      "a nullable enum without null",
      { enum: ["a"], nullable: true },
      { oneOf: [{ enum: ["a"] }, none] },
    ],
    ["nullable alone", { nullable: true }, {}],
    ["a nullable reference", { ...ref("Text"), nullable: true }, { oneOf: [TEXT, none] }],
    ["a reference with a sibling that 3.0 ignores", { ...ref("Base"), required: ["a"] }, BASE],
  ])("in OpenAPI 3.0 of %s", (_, schema: JsonObject, expected) => {
    expect(form(schema, "3.0.3")).toEqual(expected);
  });

  it.each([
    ["readOnly", true, ["b"]],
    ["readOnly", false, ["a", "b"]],
    ["writeOnly", true, ["a", "b"]],
    ["writeOnly", false, ["b"]],
  ])("leaves %s properties out of the other direction (sent: %s)", (marker, input, expected) => {
    const schema = { properties: { a: { ...string, [marker]: true }, b: string } };
    expect(
      Object.keys((form(schema, "3.1.0", input) as { properties: object }).properties),
    ).toEqual(expected);
  });
});
