import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { operationOf, shortType } from "../../support/reference.js";

const INLINE: JsonObject = { type: "object", properties: { a: { type: "string" } } };
const FILE: JsonObject = {
  type: "object",
  properties: { file: { type: "string", format: "binary" } },
};
const BOOK: JsonObject = { $ref: "#/components/schemas/Book" };
const components = { schemas: { Book: { type: "object", properties: { id: {} } } } };

/** The content of a body, the types that it is told to have, and what else follows from it. */
const ROWS: Readonly<Record<string, { content: JsonObject; types: object; told: object }>> = {
  "a schema with a name": {
    content: { "application/json": { schema: BOOK } },
    types: { "application/json": "Book" },
    told: { isChosen: false, defaultContentType: "application/json", canBeStream: false },
  },
  "a type of its own": {
    content: { "application/json": { schema: INLINE } },
    types: { "application/json": "OpBody" },
    told: { isChosen: false },
  },
  "types to choose from": {
    content: { "multipart/form-data": { schema: INLINE }, "application/json": { schema: BOOK } },
    types: { "application/json": "Book", "multipart/form-data": "OpMultipartFormDataBody" },
    told: { isChosen: true, defaultContentType: "application/json", canBeStream: false },
  },
  "the same in several types": {
    content: {
      "application/x-www-form-urlencoded": { schema: INLINE },
      "application/json": { schema: INLINE },
    },
    types: { "application/json": "OpBody", "application/x-www-form-urlencoded": "OpBody" },
    told: { isChosen: true },
  },
  "a range of types, of which a caller has to choose one": {
    content: { "image/*": {} },
    types: { "image/*": "binaryBody" },
    told: { isChosen: true, defaultContentType: undefined, canBeStream: true },
  },
  "a file in a form": {
    content: { "multipart/form-data": { schema: FILE } },
    types: { "multipart/form-data": "OpBody" },
    told: { canBeStream: true },
  },
  text: {
    content: { "text/plain": { schema: { type: "string" } } },
    types: { "text/plain": "string" },
    told: { canBeStream: false },
  },
  "values one by one": {
    content: { "application/jsonl": { itemSchema: BOOK } },
    types: { "application/jsonl": "values of Book" },
    told: { canBeStream: true },
  },
};

describe("a body", () => {
  it.each(Object.entries(ROWS))("has %s", (_, { content, types, told }) => {
    const { body } = operationOf({ requestBody: { content } }, { method: "post", components });
    const named = body?.mediaTypes.map(({ name, type }) => [name, shortType(type)]) ?? [];
    expect(Object.fromEntries(named)).toEqual(types);
    expect(body).toMatchObject({ optional: true, ...told });
  });

  it("is needed where the document says so", () => {
    const requestBody = { required: true, content: { "application/json": { schema: BOOK } } };
    expect(operationOf({ requestBody }, { method: "post", components }).body?.optional).toBe(false);
  });

  it("is not told of where there is none", () => {
    expect(operationOf({}).body).toBeUndefined();
  });
});
