import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { emitApi } from "../../../generator/emit/emit.js";
import { runStages } from "../../../generator/stages.js";
import { documentOf, sourceOf } from "../../support/generate.js";
import { typeErrors } from "../../support/type-check.js";

const BOOKS: JsonObject = { type: "array", items: { $ref: "#/components/schemas/Book" } };
const INLINE: JsonObject = { type: "array", items: { properties: { id: { type: "string" } } } };
const has = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: "object",
  properties,
  required: [...required],
});
const named = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const SCHEMAS: JsonObject = {
  Book: has({ isbn: { type: "string" } }),
  Books: BOOKS,
  Shelf: has({ books: named("Books") }),
  Box: { allOf: [named("Shelf"), has({ size: { type: "integer" } })] },
};

/** Where the items of a list are, and the type that they have in the method's signature. */
const ROWS: readonly { schema: JsonObject; items: string; type: string }[] = [
  { schema: BOOKS, items: "", type: "Book" },
  { schema: named("Books"), items: "", type: "Book" },
  { schema: { type: "array", items: { type: "string" } }, items: "", type: "string" },
  { schema: { type: "array", items: { enum: ["a", "b"] } }, items: "", type: '"a" | "b"' },
  { schema: has({ list: BOOKS }), items: "/list", type: "Book" },
  { schema: has({ "a/b": has({ "~": BOOKS }) }), items: "/a~1b/~0", type: "Book" },
  { schema: named("Shelf"), items: "/books", type: "Book" },
  { schema: named("Box"), items: "/books", type: "Book" },
  { schema: has({ shelf: named("Shelf") }), items: "/shelf/books", type: "Book" },
  { schema: { allOf: [has({ n: {} }), has({ list: BOOKS })] }, items: "/list", type: "Book" },
  { schema: INLINE, items: "", type: "OpResponses[200][number]" },
  {
    schema: has({ list: INLINE }, ["list"]),
    items: "/list",
    type: 'OpResponses[200]["list"][number]',
  },
  {
    schema: has({ list: INLINE }),
    items: "/list",
    type: 'NonNullable<OpResponses[200]["list"]>[number]',
  },
  {
    schema: has({ list: { ...INLINE, type: ["array", "null"] } }, ["list"]),
    items: "/list",
    type: 'NonNullable<OpResponses[200]["list"]>[number]',
  },
  {
    schema: has({ "it's": has({ list: INLINE }) }),
    items: "/it's/list",
    type: `NonNullable<NonNullable<OpResponses[200]["it's"]>["list"]>[number]`,
  },
];

const FILES = ROWS.map(({ schema, items }, index) => {
  const document = documentOf({
    paths: {
      "/": {
        get: {
          operationId: "op",
          tags: ["Row"],
          "x-pages": { kind: "link", items },
          responses: { "200": { description: "", content: { "application/json": { schema } } } },
        },
      },
    },
    components: { schemas: SCHEMAS },
  });
  const { model, diagnostics } = runStages(sourceOf(document), {
    extensions: { pagination: "x-pages" },
  });
  if (model === undefined) throw new Error(JSON.stringify(diagnostics));
  return emitApi(model, "../runtime").map(
    ({ path, text }) => [`row${index}/${path}`, text] as const,
  );
});

describe("the items of a list", () => {
  it.each(ROWS.map((row, index) => ({ ...row, index })))("are $type", ({ type, index }) => {
    const [, text = ""] = FILES[index]?.find(([path]) => path.endsWith("row-api.ts")) ?? [];
    const signature = text.slice(text.indexOf("  op("), text.indexOf("return this."));
    const compact = (code: string): string => code.replaceAll(/\s/g, "");
    expect(compact(signature)).toContain(compact(`LinkPagedPromise<OpResponses, ${type}>`));
  });

  it("have types that the strictest compiler takes", () => {
    expect(typeErrors(new Map(FILES.flat()))).toEqual([]);
  }, 60_000);
});
