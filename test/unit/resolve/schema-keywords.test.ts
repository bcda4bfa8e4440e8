import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { SCHEMA_KEYWORDS } from "../../../generator/resolve/schema-keywords.js";
import { documentOf, emitDocument } from "../../support/generate.js";
import { repository } from "../../support/repository.js";

/* The keywords come from the meta-schemas themselves, as far as a package has them. */

function propertiesIn(file: string, ...path: readonly string[]): readonly string[] {
  const text = readFileSync(repository(`node_modules/${file}`), "utf8");
  const found = [...path, "properties"].reduce<unknown>(
    (value, key) => (value as Record<string, unknown>)[key],
    JSON.parse(text),
  );
  return Object.keys(found as object);
}

const AJV = "ajv/dist/refs";
const VOCABULARIES = [
  "core",
  "applicator",
  "unevaluated",
  "validation",
  "format-annotation",
  "content",
  "meta-data",
];

const DIALECTS: Readonly<Record<string, readonly string[]>> = {
  "JSON Schema 2020-12": [
    ...VOCABULARIES.flatMap((name) => propertiesIn(`${AJV}/json-schema-2020-12/meta/${name}.json`)),
    ...propertiesIn(`${AJV}/json-schema-2020-12/schema.json`),
  ],
  "JSON Schema 2019-09": [
    ...["core", "applicator", "validation", "format", "content", "meta-data"].flatMap((name) =>
      propertiesIn(`${AJV}/json-schema-2019-09/meta/${name}.json`),
    ),
  ],
  "JSON Schema draft-07": propertiesIn(`${AJV}/json-schema-draft-07.json`),
  "JSON Schema draft-06": propertiesIn(`${AJV}/json-schema-draft-06.json`),
  "JSON Schema draft-04": ["id"],
  "OpenAPI 3.0": propertiesIn(
    "@seriousme/openapi-schema-validator/schemas/v3.0/schema.json",
    "definitions",
    "Schema",
  ),
  // The base vocabulary of OpenAPI 3.1 and 3.2 (4.8.24 and 4.24).
  "OpenAPI 3.1 and 3.2": ["discriminator", "xml", "externalDocs", "example"],
};

const string = { type: "string" };
const number = { type: "number" };
const object = { type: "object" };
const array = { type: "array" };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const a = { properties: { a: string } };
const b = { properties: { b: string } };

/** A schema with each keyword; without the keyword it is another one, or says the same. */
const SAMPLES: Readonly<Record<string, JsonObject>> = {
  $ref: ref("Cat"),
  $schema: { ...string, $schema: "https://json-schema.org/draft/2020-12/schema" },
  $vocabulary: { ...string, $vocabulary: { "https://example.com/v": true } },
  $id: { ...string, $id: "https://example.com/it" },
  $anchor: { ...string, $anchor: "it" },
  $dynamicAnchor: { ...string, $dynamicAnchor: "it" },
  $defs: { ...string, $defs: { A: number } },
  $comment: { ...string, $comment: "Words." },
  allOf: { ...object, allOf: [a] },
  anyOf: { anyOf: [string, number] },
  oneOf: { oneOf: [string, number] },
  not: { ...string, not: {} },
  if: { ...object, if: { required: ["a"] }, then: a },
  then: { ...object, ...b, if: { required: ["b"] }, then: a },
  else: { ...object, ...b, if: { required: ["b"] }, else: a },
  dependentSchemas: { ...object, ...b, dependentSchemas: { b: a } },
  prefixItems: { ...array, prefixItems: [string] },
  items: { ...array, items: string },
  contains: { ...array, contains: string },
  properties: { ...object, ...a },
  patternProperties: { ...object, ...b, patternProperties: { "^x": string } },
  additionalProperties: { ...object, additionalProperties: string },
  propertyNames: { ...object, propertyNames: { enum: ["a"] } },
  unevaluatedItems: { ...array, unevaluatedItems: string },
  unevaluatedProperties: { ...object, unevaluatedProperties: string },
  type: string,
  enum: { ...string, enum: ["a"] },
  const: { ...string, const: "a" },
  multipleOf: { ...number, multipleOf: 2 },
  maximum: { ...number, maximum: 2 },
  exclusiveMaximum: { ...number, exclusiveMaximum: 2 },
  minimum: { ...number, minimum: 2 },
  exclusiveMinimum: { ...number, exclusiveMinimum: 2 },
  maxLength: { ...string, maxLength: 2 },
  minLength: { ...string, minLength: 2 },
  pattern: { ...string, pattern: "^a" },
  maxItems: { ...array, items: string, minItems: 2, maxItems: 2 },
  minItems: { ...array, items: string, minItems: 2, maxItems: 2 },
  uniqueItems: { ...array, uniqueItems: true },
  maxContains: { ...array, contains: string, maxContains: 2 },
  minContains: { ...array, contains: string, minContains: 2 },
  maxProperties: { ...object, maxProperties: 2 },
  minProperties: { ...object, minProperties: 2 },
  required: { ...object, ...a, required: ["a"] },
  dependentRequired: { ...object, ...a, dependentRequired: { a: ["b"] } },
  format: { ...string, format: "binary" },
  contentEncoding: { ...string, contentEncoding: "base64" },
  contentMediaType: { ...string, contentMediaType: "image/png" },
  contentSchema: { ...string, contentMediaType: "application/json", contentSchema: number },
  title: { ...string, title: "Words." },
  description: { ...string, description: "Words." },
  default: { ...string, default: "a" },
  deprecated: { ...string, deprecated: true },
  readOnly: { ...string, readOnly: true },
  writeOnly: { ...string, writeOnly: true },
  examples: { ...string, examples: ["a"] },
  nullable: { ...string, nullable: true },
  discriminator: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
  xml: { ...string, xml: { name: "it" } },
  externalDocs: { ...string, externalDocs: { url: "https://example.com" } },
  example: { ...string, example: "a" },
  definitions: { ...string, definitions: { A: number } },
  dependencies: { ...object, ...b, dependencies: { b: a } },
  additionalItems: { ...array, items: [string], additionalItems: number },
  id: { ...string, id: "it" },
  $recursiveRef: { ...string, $recursiveRef: "#" },
  $recursiveAnchor: { ...string, $recursiveAnchor: true },
};

/** Keywords of which the loader makes something else before there are types. */
const ELSEWHERE = ["$dynamicRef"];

/** Everything that is generated for a property, an argument and an event with a schema. */
function textOf(schema: JsonObject): string {
  const Only = { ...object, properties: { it: schema } };
  const content = (type: string, its: JsonObject): JsonObject => ({ [type]: { schema: its } });
  const events = { ...object, required: ["data"], properties: { data: schema } };
  const responses = (its: JsonObject): JsonObject => ({ "200": { description: "", content: its } });
  const files = emitDocument(
    documentOf({
      paths: {
        "/a": {
          post: {
            requestBody: { content: content("multipart/form-data", ref("Only")) },
            responses: responses(content("application/json", ref("Only"))),
          },
          get: { responses: responses(content("text/event-stream", events)) },
        },
      },
      components: {
        schemas: {
          Only,
          Cat: { ...object, properties: { kind: string, meows: { type: "boolean" } } },
          Dog: { ...object, properties: { kind: string, barks: { type: "boolean" } } },
        },
      },
    }),
  );
  return files
    .filter(({ path }) => path === "models.ts" || path.endsWith("-api.ts"))
    .map(({ text }) => text)
    .join("\n");
}

/** The text without what only a reader sees: comments, and where lines are broken. */
function typesIn(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, "")
    .replaceAll(";}", "}");
}

describe("the table of keywords", () => {
  it.each(Object.entries(DIALECTS))("has every keyword of %s", (_, keywords) => {
    expect(keywords.length).toBeGreaterThan(0);
    expect(keywords.filter((keyword) => !Object.hasOwn(SCHEMA_KEYWORDS, keyword))).toEqual([]);
  });

  it("has no other ones", () => {
    const all = new Set(Object.values(DIALECTS).flat());
    expect(Object.keys(SCHEMA_KEYWORDS).filter((keyword) => !all.has(keyword))).toEqual([]);
  });

  it("is that of the documentation", () => {
    const page = readFileSync(repository("docs/documents.md"), "utf8");
    const [table = ""] = (page.split("### What each keyword does")[1] ?? "").split(/^## /m);
    const rows = [...table.matchAll(/^\| `(.+?)` +\| (.+?) +\| (.+?) +\|$/gm)].map((row) =>
      row.slice(1),
    );
    const told = { typed: "the type", documented: "the comment", ignored: "nothing" } as const;
    expect(rows).toEqual(
      Object.entries(SCHEMA_KEYWORDS).map(([key, { effect, how }]) => [key, told[effect], how]),
    );
  });

  it("has a sample of each", () => {
    expect([...Object.keys(SAMPLES), ...ELSEWHERE].sort()).toEqual(
      Object.keys(SCHEMA_KEYWORDS).sort(),
    );
  });

  it.each(Object.entries(SAMPLES))("tells what %s does", (keyword, sample) => {
    const without = Object.fromEntries(Object.entries(sample).filter(([key]) => key !== keyword));
    const [before, after] = [textOf(without), textOf(sample)];
    const found =
      typesIn(before) !== typesIn(after) ? "typed" : before === after ? "ignored" : "documented";
    expect(found).toBe(SCHEMA_KEYWORDS[keyword]?.effect);
  });
});
