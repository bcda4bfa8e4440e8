import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { documentOf } from "../../support/generate.js";
import { changesBetween, changeText } from "./cases.js";

/** Schemas with properties of few names, so that two of them have much in common. */
const SCHEMA: fc.Arbitrary<JsonObject> = fc.letrec<{ schema: JsonObject; object: JsonObject }>(
  (tie) => ({
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<JsonObject>(
        { type: "string" },
        { type: "integer" },
        { type: ["string", "null"] },
        { enum: ["a", "b"] },
        { enum: ["b", "c"] },
        { $ref: "#/components/schemas/Tree" },
      ),
      tie("object"),
      tie("schema").map((items) => ({ type: "array", items })),
    ),
    object: fc
      .record({
        properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
        required: fc.subarray(["a", "b", "c"]),
      })
      .map(({ properties, required }) => ({ type: "object", properties, required })),
  }),
).schema;

/** A document with an operation for each of some schemas, which sends it and is answered with it. */
function documentWith(schemas: readonly JsonObject[], tree: JsonObject): JsonObject {
  const paths = schemas.map((schema, index) => {
    const content = { "application/json": { schema } };
    const operation = {
      operationId: `call${index}`,
      requestBody: { required: true, content },
      responses: { "200": { description: "", content } },
    };
    return [`/call/${index}`, { post: operation }] as const;
  });
  return documentOf({ paths: Object.fromEntries(paths), components: { schemas: { Tree: tree } } });
}

const TREE = fc.constantFrom<JsonObject>(
  {
    type: "object",
    properties: { next: { $ref: "#/components/schemas/Tree" }, a: { type: "string" } },
  },
  {
    type: "object",
    properties: { next: { $ref: "#/components/schemas/Tree" } },
    required: ["next"],
  },
);

const DOCUMENTS = fc
  .record({
    old: fc.array(SCHEMA, { minLength: 12, maxLength: 12 }),
    new: fc.array(SCHEMA, { minLength: 12, maxLength: 12 }),
    oldTree: TREE,
    newTree: TREE,
  })
  .map(
    (parts) =>
      [documentWith(parts.old, parts.oldTree), documentWith(parts.new, parts.newTree)] as const,
  );

describe("random documents", () => {
  it("differ for the compiler only where their types were seen to differ", async () => {
    const property = fc.asyncProperty(DOCUMENTS, async ([old, changed]) => {
      const changes = await changesBetween(old, changed);
      const unseen = changes.filter(({ message }) => message.includes("The compiler says"));
      expect(unseen.map(changeText)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 3, seed: 1, endOnFailure: true });
  }, 120_000);

  it("do not differ from themselves", async () => {
    const property = fc.asyncProperty(DOCUMENTS, async ([old]) => {
      expect(await changesBetween(old, old)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 10, seed: 1 });
  }, 120_000);
});
