import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { docsOf, schemaDocs } from "../../../generator/types/docs.js";

const texts = (schema: JsonObject): readonly string[] =>
  docsOf(schema).flatMap((part) =>
    part.kind === "text" || part.kind === "limits" ? [part.text] : [],
  );

describe("the documentation of a schema", () => {
  it.each([
    [{ description: " Text. " }, ["Text."]],
    [{ title: "Title" }, ["Title"]],
    [{ title: "Title", description: "Text." }, ["Text."]],
    [{ description: "" }, []],
    [{ minimum: 1 }, ["Value: at least 1."]],
    [{ maximum: 0 }, ["Value: at most 0."]],
    [{ minimum: 1, maximum: 9 }, ["Value: 1 to 9."]],
    [{ minimum: 1, exclusiveMaximum: 9 }, ["Value: at least 1, below 9."]],
    [{ exclusiveMinimum: 1 }, ["Value: above 1."]],
    [{ minimum: 1, exclusiveMinimum: true, maximum: 9 }, ["Value: above 1, at most 9."]],
    [{ minItems: 2, maxItems: 2 }, ["Items: 2."]],
    [{ minLength: 1, pattern: "^`$" }, ["Length: at least 1. Pattern: ``^`$``."]],
    [{ format: "date-time" }, ["Format: `date-time`."]],
    [{ format: "int32" }, []],
    [{ contentEncoding: "base64" }, ["Encoding: `base64`."]],
  ])("%j is %j", (schema, expected) => {
    expect(texts(schema)).toEqual(expected);
  });

  it("tells what is sent by default and what is deprecated", () => {
    expect(docsOf({ default: { a: 1 }, deprecated: true })).toEqual([
      { kind: "tag", tag: "defaultValue", text: '{"a":1}' },
      { kind: "tag", tag: "deprecated", text: "" },
    ]);
  });

  it.each([
    ["number", { default: 5, format: "int64" }, "5"],
    ["bigint", { default: 5, format: "int64" }, "5n"],
    ["bigint", { default: -1e21, format: "uint64" }, "-1000000000000000000000n"],
    ["string", { default: 5, format: "int64" }, '"5"'],
    ["bigint", { default: 5, format: "int32" }, "5"],
    ["bigint", { default: null, format: "int64" }, "null"],
    ["bigint", { default: 1.5, format: "int64" }, "1.5"],
  ] as const)("writes a default as a caller would, with %s: %j is %s", (int64, schema, text) => {
    expect(docsOf(schema, int64)).toContainEqual({ kind: "tag", tag: "defaultValue", text });
  });

  it("is that of the target where a reference leads into the middle of a schema", () => {
    const document = {
      components: {
        schemas: { A: { description: "Whole.", properties: { id: { description: "Part." } } } },
      },
      part: { $ref: "#/components/schemas/A/properties/id" },
      own: { $ref: "#/components/schemas/A/properties/id", description: "Own." },
      whole: { $ref: "#/components/schemas/A" },
    };
    const schemaKeys = new Map([["/components/schemas/A", "A"]]);
    const shown = (pointer: string): unknown =>
      schemaDocs({ document, schemaKeys, decodedSchemas: new Set() }, pointer);
    expect(shown("/part")).toEqual([{ kind: "text", text: "Part." }]);
    expect(shown("/own")).toEqual([{ kind: "text", text: "Own." }]);
    expect(shown("/whole")).toEqual([]);
  });
});
