import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../generator/document/source.js";
import { anySchemas, COMPONENTS } from "./schema/random-schemas.js";
import { widened } from "./schema/variations.js";
import { compareOnWire } from "./support.js";

/*
 * A fingerprint says what somebody has accepted, so that no other change may have it. Each row has an old schema and two
 * that it became, the second one after the first one was accepted.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 60);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

const PARTS: JsonObject = {
  Cat: { type: "object", required: ["lives"], properties: { lives: { type: "integer" } } },
  Dog: { type: "object", required: ["barks"], properties: { barks: { type: "boolean" } } },
};

/** A document whose operation takes the values of a schema, and answers with them. */
function documentOf(schema: JsonValue, isComponent: boolean, parts: JsonObject): JsonObject {
  const used = isComponent ? { $ref: "#/components/schemas/Item" } : schema;
  const content = { "application/json": { schema: used } };
  return {
    openapi: "3.1.0",
    info: { title: "Items", version: "1" },
    paths: {
      "/items": {
        post: { requestBody: { content }, responses: { 200: { description: "", content } } },
      },
    },
    components: { schemas: { ...parts, ...(isComponent ? { Item: schema } : {}) } },
  };
}

interface Schemas {
  readonly old: JsonValue;
  readonly first: JsonValue;
  readonly second: JsonValue;
  /** The component schemas of all documents, and those that the last one has instead. */
  readonly parts?: JsonObject;
  readonly secondParts?: JsonObject;
}

/** What is found at first and later, by fingerprint: what is safe needs nobody to accept it. */
function printsOf(
  { old, first, second, parts = PARTS, secondParts = parts }: Schemas,
  isComponent: boolean,
): readonly [first: ReadonlySet<string>, second: ReadonlySet<string>] {
  const before = documentOf(old, isComponent, parts);
  const ofBoth = [
    documentOf(first, isComponent, parts),
    documentOf(second, isComponent, secondParts),
  ];
  const [one, two] = ofBoth.map((now) => {
    const { findings } = compareOnWire(before, now);
    const telling = findings.filter(({ wire }) => wire !== "safe");
    return new Set(telling.map(({ fingerprint }) => fingerprint));
  });
  return [one ?? new Set(), two ?? new Set()];
}

const cat = { $ref: "#/components/schemas/Cat" };
const dog = { $ref: "#/components/schemas/Dog" };
const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: "object",
  properties,
  ...more,
});
const needs = (name: string, type: string): JsonObject =>
  object({ [name]: { type } }, { required: [name] });

const STRING = { type: "string" };
const KINDS = ["x", "y"].map((kind) => object({ kind: { const: kind }, a: STRING, b: STRING }));
const withoutA = (kind: string): JsonObject => object({ kind: { const: kind }, b: STRING });

/** Other changes, of which none may be accepted with another one. */
const OTHERS: Readonly<Record<string, Schemas>> = {
  "a variant that is written out": {
    old: { oneOf: [needs("a", "string")] },
    first: { oneOf: [needs("a", "string"), needs("b", "string")] },
    second: { oneOf: [needs("a", "string"), needs("c", "integer")] },
  },
  "a variant that is referred to": {
    old: { oneOf: [needs("a", "string")] },
    first: { oneOf: [needs("a", "string"), cat] },
    second: { oneOf: [needs("a", "string"), dog] },
  },
  "another variant that is gone": {
    old: { oneOf: [needs("a", "string"), needs("b", "string"), needs("c", "integer")] },
    first: { oneOf: [needs("a", "string"), needs("b", "string")] },
    second: { oneOf: [needs("a", "string"), needs("c", "integer")] },
  },
  "a property of another variant": {
    old: { oneOf: KINDS },
    first: { oneOf: [withoutA("x"), KINDS[1] ?? null] },
    second: { oneOf: [KINDS[0] ?? null, withoutA("y")] },
  },
  "an item at another position": {
    old: { type: "array", prefixItems: [STRING, STRING] },
    first: { type: "array", prefixItems: [{ type: "integer" }, STRING] },
    second: { type: "array", prefixItems: [STRING, { type: "integer" }] },
  },
  "a condition that comes": {
    old: STRING,
    first: { type: "string", not: { enum: ["x"] } },
    second: { type: "string", not: { enum: ["y", "z"] } },
  },
  "a condition behind a reference": {
    old: STRING,
    first: { type: "string", not: { $ref: "#/components/schemas/Bad" } },
    second: { type: "string", not: { $ref: "#/components/schemas/Bad" } },
    parts: { Bad: { $ref: "#/components/schemas/Worse" }, Worse: { enum: ["x"] } },
    secondParts: { Bad: { $ref: "#/components/schemas/Worse" }, Worse: { enum: ["y"] } },
  },
  "one more condition": {
    old: STRING,
    first: { allOf: [STRING, { not: { const: "x" } }] },
    second: { allOf: [STRING, { not: { const: "x" } }, { not: { const: "y" } }] },
  },
  "the properties that another one needs": {
    old: object({ a: STRING, b: STRING, c: STRING }),
    first: object({ a: STRING, b: STRING, c: STRING }, { dependentRequired: { a: ["b"] } }),
    second: object({ a: STRING, b: STRING, c: STRING }, { dependentRequired: { a: ["b", "c"] } }),
  },
  "what an array contains": {
    old: { type: "array" },
    first: { type: "array", contains: { const: 1 } },
    second: { type: "array", contains: { const: 2 } },
  },
  "a list of values where there was none": {
    old: STRING,
    first: { type: "string", enum: ["a", "b", "c"] },
    second: { type: "string", enum: ["a"] },
  },
  "types that stand in variants": {
    old: STRING,
    first: { anyOf: [STRING, { type: "integer" }] },
    second: { anyOf: [STRING, { type: "boolean" }] },
  },
  "one more pattern": {
    old: STRING,
    first: { allOf: [{ type: "string", pattern: "^a" }, { pattern: "b$" }] },
    second: { allOf: [{ type: "string", pattern: "^a" }, { pattern: "c$" }] },
  },
  "a bound that is open": {
    old: { type: "number" },
    first: { type: "number", maximum: 5 },
    second: { type: "number", exclusiveMaximum: 5 },
  },
  "the other name of a property": {
    old: object({ someName: STRING }, { required: ["someName"] }),
    first: object({ some_name: STRING }, { required: ["some_name"] }),
    second: object({ somename: STRING }, { required: ["somename"] }),
  },
  "a property where others were told": {
    old: object({}, { additionalProperties: STRING }),
    first: object({ a: { type: "integer" } }, { additionalProperties: STRING }),
    second: object({ a: { type: "boolean" } }, { additionalProperties: STRING }),
  },
  "names by a pattern": {
    old: object({}, { additionalProperties: false }),
    first: object({}, { additionalProperties: false, patternProperties: { "^x": STRING } }),
    second: object({}, { additionalProperties: false, patternProperties: { "^y": STRING } }),
  },
  "a value that fits twice": {
    old: {
      anyOf: [
        { type: "integer", minimum: 0 },
        { type: "integer", maximum: 5 },
      ],
    },
    first: {
      oneOf: [
        { type: "integer", minimum: 0 },
        { type: "integer", maximum: 5 },
      ],
    },
    second: {
      oneOf: [
        { type: "integer", minimum: 3 },
        { type: "integer", maximum: 5 },
      ],
    },
  },
};

/** Changes that are the same, although something else is other. */
const SAME: Readonly<Record<string, Schemas>> = {
  "a variant that is described": {
    old: { oneOf: [needs("a", "string")] },
    first: { oneOf: [needs("a", "string"), needs("b", "string")] },
    second: { oneOf: [{ description: "B", ...needs("b", "string") }, needs("a", "string")] },
  },
  "a variant that is referred to, with another member": {
    old: { oneOf: [needs("a", "string")] },
    first: { oneOf: [needs("a", "string"), cat] },
    second: { oneOf: [needs("a", "string"), cat] },
    secondParts: { ...PARTS, Cat: { ...(PARTS["Cat"] as JsonObject), minProperties: 1 } },
  },
  "a condition in another order": {
    old: STRING,
    first: { type: "string", not: { enum: ["x", "y"] } },
    second: { not: { enum: ["y", "x"] }, type: "string" },
  },
  "a list of values in another order": {
    old: STRING,
    first: { type: "string", enum: ["a", "b"] },
    second: { type: "string", enum: ["b", "a"] },
  },
};

const PLACES = [
  ["in a component", true],
  ["in an operation", false],
] as const;

describe.each(PLACES)("a fingerprint of a change %s", (_, isComponent) => {
  it.each(Object.entries(OTHERS))("is not that of another one: %s", (_name, schemas) => {
    const [first, second] = printsOf(schemas, isComponent);
    expect([first.size > 0, second.size > 0]).toEqual([true, true]);
    expect([...second].filter((print) => !first.has(print))).not.toEqual([]);
  });

  it.each(Object.entries(SAME))("stays: %s", (_name, schemas) => {
    const [first, second] = printsOf(schemas, isComponent);
    expect(first.size).toBeGreaterThan(0);
    expect([...second]).toEqual([...first]);
  });

  it("is that of one change only, whatever schemas there are", () => {
    const choice = fc.nat(96);
    // Of a type that came nothing more is told: it is accepted whatever its values are.
    const typedSchemas = anySchemas.filter((schema) => !JSON.stringify(schema).includes("allOf"));
    fc.assert(
      fc.property(typedSchemas, choice, choice, (old, one, two) => {
        const schemas = { old, first: widened(old, one), second: widened(old, two) };
        const [prints, later] = printsOf({ ...schemas, parts: COMPONENTS }, isComponent);
        const isAccepted = [...later].every((print) => prints.has(print));
        if (!isAccepted || later.size < prints.size) return;
        const [before, now] = [schemas.first, schemas.second].map((schema) =>
          documentOf(schema, isComponent, COMPONENTS),
        );
        const { findings } = compareOnWire(before ?? {}, now ?? {});
        const telling = findings.filter(({ wire }) => wire === "breaking");
        expect(telling.map(({ message }) => message)).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
