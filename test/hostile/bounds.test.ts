import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../generator/document/source.js";
import { complaintsAbout, generateText, generateValue } from "./support/line.js";

/*
 * Documents that are made to cost more than they are worth. Each ends in files or in located errors, far within the time
 * that a test has; a limit that is passed is named.
 */

const HEAD =
  '{"openapi":"3.1.0","info":{"title":"Big","version":"1"},"paths":{},"components":{"schemas":';

function documentOf(schemas: JsonValue): JsonValue {
  return {
    openapi: "3.1.0",
    info: { title: "Big", version: "1" },
    paths: {
      "/a": {
        get: {
          operationId: "a",
          responses: {
            "200": {
              description: "Done.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/S0" } } },
            },
          },
        },
      },
    },
    components: { schemas },
  };
}

function table(count: number, make: (index: number) => JsonValue, name = "S"): JsonValue {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}${index}`, make(index)]),
  );
}

const reference = (index: number): JsonValue => ({ $ref: `#/components/schemas/S${index}` });

describe("texts that are refused", () => {
  it.each<[string, () => string, string]>([
    [
      "100,000 levels of JSON",
      () => `${HEAD}${'{"a":'.repeat(100_000)}1${"}".repeat(100_001)}}}`,
      "too-deep",
    ],
    [
      "100,000 levels of lists in YAML",
      () => `openapi: 3.1.0\na: ${"[".repeat(100_000)}`,
      "too-deep",
    ],
    [
      "100,000 levels of block lists in YAML",
      () => `openapi: 3.1.0\na:\n ${"- ".repeat(100_000)}1`,
      "too-deep",
    ],
    [
      "more than 64 MB",
      () => `${HEAD}{"a":{"description":"${"x".repeat(65 * 1_024 * 1_024)}"}}}}`,
      "file-too-large",
    ],
    [
      "aliases of aliases of aliases",
      () =>
        `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h"].map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefg".charAt(index)}`).join(",")}]\n`).join("")}openapi: 3.1.0\n`,
      "too-many-aliases",
    ],
  ])(
    "%s",
    async (_, text, code) => {
      const result = await generateText(text());
      expect(complaintsAbout(result)).toEqual([]);
      expect(result.diagnostics.map((finding) => finding.code)).toContain(code);
    },
    60_000,
  );
});

describe("documents that are taken", () => {
  it.each<[string, () => JsonValue]>([
    [
      "100,000 values of an enumeration",
      () =>
        documentOf({ S0: { enum: Array.from({ length: 100_000 }, (_, index) => `v${index}`) } }),
    ],
    [
      "20,000 properties",
      () =>
        documentOf({
          S0: { type: "object", properties: table(20_000, () => ({ type: "string" })) },
        }),
    ],
    [
      "2,000 schemas in a chain of references",
      () =>
        documentOf(
          table(2_000, (index) => (index === 1_999 ? { type: "string" } : reference(index + 1))),
        ),
    ],
    [
      "2,000 schemas in a circle of references",
      () =>
        documentOf(
          table(2_000, (index) => ({
            type: "object",
            properties: { next: reference((index + 1) % 2_000) },
          })),
        ),
    ],
    [
      "2,000 schemas in a chain of allOf",
      () =>
        documentOf(
          table(2_000, (index) =>
            index === 1_999 ? { type: "object" } : { allOf: [reference(index + 1)] },
          ),
        ),
    ],
    [
      "20 levels of two references to the next",
      () =>
        documentOf(
          table(20, (index) =>
            index === 19
              ? { type: "string" }
              : { oneOf: [reference(index + 1), { type: "array", items: reference(index + 1) }] },
          ),
        ),
    ],
    [
      "a description of 5 MB",
      () => documentOf({ S0: { type: "string", description: "word ".repeat(1_000_000) } }),
    ],
    [
      "a description of 1,000,000 backslashes and stars",
      () => documentOf({ S0: { type: "string", description: "\\*[".repeat(300_000) } }),
    ],
    [
      "a name of 1 MB",
      () =>
        documentOf({
          S0: { type: "object", properties: { ["x".repeat(1_000_000)]: { type: "string" } } },
        }),
    ],
    [
      "a title of 1 MB",
      () => documentOf({ S0: { type: "string" }, ["S ".repeat(500_000)]: { type: "string" } }),
    ],
  ])(
    "%s",
    async (_, document) => {
      const result = await generateValue(document());
      expect(complaintsAbout(result)).toEqual([]);
    },
    60_000,
  );
});
