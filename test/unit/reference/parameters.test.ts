import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { operationOf, shortType } from "../../support/reference.js";

const parameter = (parts: JsonObject): JsonObject => ({
  name: "p",
  in: "query",
  schema: { type: "string" },
  ...parts,
});

/** One parameter, and its row. */
const ROWS: Readonly<Record<string, { parameter: JsonObject; row: object; type?: string }>> = {
  "may be left out": { parameter: {}, row: { key: "p", location: "query", optional: true } },
  "has to be passed": { parameter: { required: true }, row: { optional: false } },
  "is sent with its default where it is left out": {
    parameter: { required: true, schema: { type: "string", default: "x" } },
    row: {
      optional: true,
      isFilledIn: true,
      docs: [{ kind: "tag", tag: "defaultValue", text: '"x"' }],
    },
  },
  "has a default that only the server knows": {
    parameter: { schema: { type: "string", default: "x" } },
    row: { optional: true, isFilledIn: false },
  },
  "is sent with the only value that it has": {
    parameter: { required: true, schema: { enum: ["code"] } },
    row: { isFilledIn: true, docs: [{ kind: "tag", tag: "defaultValue", text: '"code"' }] },
    type: '"code"',
  },
  "is anything": { parameter: { schema: {} }, row: {}, type: "parameterValue" },
  "lists its values": {
    parameter: { schema: { enum: ["a", "b"] } },
    row: {},
    type: '"a" | "b"',
  },
  "has limits": {
    parameter: { schema: { type: "integer", minimum: 1, maximum: 9 } },
    row: { docs: [{ kind: "limits", text: "Value: 1 to 9." }] },
    type: "number",
  },
  "is described, and deprecated": {
    parameter: { description: "Old.", deprecated: true },
    row: {
      docs: [
        { kind: "text", text: "Old." },
        { kind: "tag", tag: "deprecated", text: "" },
      ],
    },
  },
  "is called otherwise on the wire": {
    parameter: { name: "body" },
    row: { key: "body_query", wireName: "body" },
  },
  "is a header": {
    parameter: { in: "header", name: "X-Otp" },
    row: { key: "X-Otp", location: "header", isIdempotencyKey: false },
  },
};

describe("a parameter", () => {
  it.each(Object.entries(ROWS))("%s", (_, { parameter: parts, row, type = "string" }) => {
    const [first] = operationOf({ parameters: [parameter(parts)] }).parameters;
    expect(first).toMatchObject(row);
    expect(shortType(first?.type)).toBe(type);
  });

  it("is in the order of the type: what is needed comes first", () => {
    const { parameters } = operationOf({
      parameters: [
        parameter({ name: "z" }),
        parameter({ name: "b", required: true }),
        parameter({ name: "a", required: true }),
      ],
    });
    expect(parameters.map(({ key }) => key)).toEqual(["b", "a", "z"]);
  });

  it("is the key of repetitions, which is made for a caller who gives none", () => {
    const { parameters } = operationOf(
      {
        parameters: [
          parameter({ name: "Idempotency-Key", in: "header" }),
          parameter({ name: "Idempotency-Key", in: "query" }),
        ],
        "x-idempotent": { header: "Idempotency-Key" },
      },
      { method: "post" },
    );
    expect(
      parameters.map(({ location, isIdempotencyKey }) => [location, isIdempotencyKey]),
    ).toEqual([
      ["header", true],
      ["query", false],
    ]);
  });

  it("has a default as a caller would write it", () => {
    const schema = { type: "integer", format: "int64", default: 5 };
    const [row] = operationOf(
      { parameters: [parameter({ schema })] },
      { options: { int64: "bigint" } },
    ).parameters;
    expect(row?.docs.at(-1)).toEqual({ kind: "tag", tag: "defaultValue", text: "5n" });
    expect(row?.type).toMatchObject({ kind: "int64", as: "bigint" });
  });
});
