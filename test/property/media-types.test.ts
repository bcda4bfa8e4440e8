import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/document/source.js";
import { documentOf, emitDocument } from "../support/generate.js";
import { typeErrors } from "../support/type-check.js";

const SEED = 20_260;
const OPERATIONS = 120;

const mediaType = fc.constantFrom(
  "application/json",
  "application/json; charset=utf-8",
  "application/vnd.a+json",
  "application/*",
  "application/octet-stream",
  "application/x-www-form-urlencoded",
  "application/xml",
  "image/*",
  "image/png",
  "image/jpeg",
  "multipart/form-data",
  "multipart/mixed",
  "text/csv",
  "text/event-stream",
  "text/plain",
  "text/*",
  "*/*",
);

const schema: fc.Arbitrary<JsonObject> = fc.constantFrom<JsonObject[]>(
  {},
  { type: "string" },
  { type: "string", format: "binary" },
  { type: "string", enum: ["a", "b"] },
  { type: ["object", "null"], properties: { a: { type: "string" } } },
  { type: "object", properties: { file: { type: "string", format: "binary" } } },
  { type: "array", items: { type: "integer" } },
  { oneOf: [{ type: "object", properties: { b: { type: "number" } } }, { type: "string" }] },
  { type: "object", properties: { event: { const: "x" }, data: { type: "string" } } },
  { $ref: "#/components/schemas/Named" },
);

const content: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    mediaType,
    fc.oneof(
      fc.constant({}),
      schema.map((value) => ({ schema: value })),
    ),
    {
      maxKeys: 4,
    },
  )
  .map((entries) => ({ ...entries }));

const response = content.map((value) => ({ description: "", content: value }));

const operation: fc.Arbitrary<JsonObject> = fc.record({
  requestBody: fc.record({ required: fc.boolean(), content }),
  responses: fc
    .dictionary(fc.constantFrom("200", "201", "204", "2XX", "404", "4XX", "default"), response, {
      maxKeys: 3,
    })
    .map((entries) => ({ ...entries })),
});

/**
 * Every combination of media types and schemas has to compile, for there is no one who would read each of them: the
 * types of bodies and the calls that encode and decode them are made in different places and have to agree.
 */
describe("operations with any media types", () => {
  it("give files that the strictest compiler takes", () => {
    const operations = fc.sample(operation, { numRuns: OPERATIONS, seed: SEED });
    const files = emitDocument(
      documentOf({
        paths: Object.fromEntries(
          operations.map((value, index) => [
            `/${index}`,
            { post: { operationId: `op${index}`, ...value } },
          ]),
        ),
        components: { schemas: { Named: { type: "object", properties: { c: {} } } } },
      }),
    );
    const errors = typeErrors(new Map(files.map(({ path, text }) => [`client/${path}`, text])));
    expect(errors).toEqual([]);
  }, 60_000);
});
