import { describe, expect, it } from "vitest";
import type { Int64Policy } from "../../../generator/document/int64-policy.js";
import type { JsonObject } from "../../../generator/document/source.js";
import { MOST_VALUES } from "../../../generator/resolve/schema-keywords.js";
import { runStages } from "../../../generator/stages.js";
import { STRING, type TypeNode } from "../../../generator/types/type-node.js";
import { documentOf, sourceOf } from "../../support/generate.js";

/** The type of the one schema of a document. */
function typeOf(schema: JsonObject, int64: Int64Policy = "number"): TypeNode | undefined {
  const document = documentOf({ components: { schemas: { Only: schema } } });
  return runStages(sourceOf(document), { int64 }).types?.schemas.get("Only")?.type;
}

function memberNames(type: TypeNode | undefined): readonly string[] {
  return type?.kind === "object" ? type.members.map(({ name }) => name) : [];
}

describe("the types of a schema", () => {
  it.each(["100%", "%2F", "a b", "1", "1e3", "Infinity", "x#/y", "a~/b", "__proto__", "*/", ""])(
    "keep the property name %j, and what stands below it",
    (name) => {
      const inner = { type: "object", properties: { below: { type: "string" } } };
      const type = typeOf(
        JSON.parse(
          `{ "properties": { ${JSON.stringify(name)}: ${JSON.stringify(inner)} } }`,
        ) as JsonObject,
      );
      expect(memberNames(type)).toEqual([name]);
      expect(type?.kind === "object" ? memberNames(type.members[0]?.type) : []).toEqual(["below"]);
    },
  );

  it("tell properties of one name apart by what the document says of them", () => {
    const described = (description: string): JsonObject => ({
      properties: { id: { type: "string", description } },
    });
    const type = typeOf({ anyOf: [described("Of one."), described("Of the other.")] });
    const docs = (type?.kind === "union" ? type.members : []).flatMap((member) =>
      member.kind === "object" ? member.members.flatMap((property) => property.docs) : [],
    );
    expect(docs).toEqual([
      { kind: "text", text: "Of one." },
      { kind: "text", text: "Of the other." },
    ]);
  });

  it("keep a negative number", () => {
    expect(typeOf({ enum: [-1, 1.5] })).toEqual({
      kind: "union",
      members: [
        { kind: "literal", value: -1 },
        { kind: "literal", value: 1.5 },
      ],
    });
  });
});

describe("very many values", () => {
  const values = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `v${index}`);

  it("are listed up to a limit", () => {
    const type = typeOf({ type: "string", enum: [...values(MOST_VALUES)] });
    expect(type?.kind === "union" ? type.members.length : 0).toBe(MOST_VALUES);
    expect(typeOf({ enum: [...values(MOST_VALUES + 1)] })).toEqual(STRING);
  });

  it("are told by their types beyond it, however many they are", () => {
    const long = values(200_000);
    expect(typeOf({ type: "string", enum: [...long] })).toEqual(STRING);
    expect(typeOf({ enum: [...long, 1, null] })).toEqual({
      kind: "union",
      members: [{ kind: "keyword", name: "number" }, STRING, { kind: "keyword", name: "null" }],
    });
  });
});

describe("a 64-bit integer", () => {
  const integer = { type: "integer", format: "int64" };
  const bigint: TypeNode = { kind: "int64", as: "bigint", value: undefined };
  const only = (value: string): TypeNode => ({ ...bigint, value });
  const number: TypeNode = { kind: "keyword", name: "number" };
  const string: TypeNode = { kind: "keyword", name: "string" };
  const none: TypeNode = { kind: "keyword", name: "null" };
  const union = (...members: TypeNode[]): TypeNode => ({ kind: "union", members });

  it.each<readonly [string, JsonObject, TypeNode]>([
    ["signed", integer, bigint],
    ["unsigned", { type: "integer", format: "uint64" }, bigint],
    ["of type number", { type: "number", format: "int64" }, bigint],
    ["of another format", { type: "integer", format: "int32" }, number],
    ["of no type", { format: "int64" }, bigint],
    ["that is a string already", { type: "string", format: "int64" }, string],
    ["or null", { ...integer, type: ["integer", "null"] }, union(bigint, none)],
    ["or a string", { ...integer, type: ["integer", "string"] }, union(bigint, string)],
    ["of few values", { ...integer, enum: [1, -2, null] }, union(only("1"), only("-2"), none)],
    ["of one value", { const: 0, format: "int64" }, only("0")],
    [
      "or a word",
      { ...integer, enum: [1, "all"] },
      union(only("1"), { kind: "literal", value: "all" }),
    ],
    ["whose values stand elsewhere", { allOf: [integer, { enum: [1] }] }, only("1")],
    ["that is a number, too", { allOf: [integer, { type: "number", minimum: 1 }] }, bigint],
    ["or another number", { oneOf: [integer, { type: "number" }] }, union(bigint, number)],
    ["in a list", { type: "array", items: integer }, { kind: "array", element: bigint }],
    [
      "in a tuple",
      { prefixItems: [integer, {}] },
      {
        kind: "tuple",
        elements: [bigint, { kind: "keyword", name: "unknown" }],
        required: 2,
        rest: undefined,
      },
    ],
    ["in a map", { additionalProperties: integer }, { kind: "object", members: [], index: bigint }],
  ])("%s", (_, schema, expected) => {
    expect(typeOf(schema, "bigint")).toEqual(expected);
  });

  it("is a number, unless the configuration says otherwise", () => {
    expect(typeOf(integer)).toEqual(number);
    expect(typeOf({ ...integer, enum: [1] })).toEqual({ kind: "literal", value: 1 });
    expect(typeOf(integer, "string")).toEqual({ ...bigint, as: "string" });
  });

  it("can tell the members of a union apart", () => {
    const member = { type: "object", properties: { kind: integer, a: { type: "string" } } };
    const document = documentOf({
      components: {
        schemas: {
          One: member,
          Union: {
            oneOf: [{ $ref: "#/components/schemas/One" }],
            discriminator: { propertyName: "kind", mapping: { "7": "One" } },
          },
        },
      },
    });
    const { types } = runStages(sourceOf(document), { int64: "bigint" });
    expect(JSON.stringify(types?.schemas.get("Union")?.type)).toContain(JSON.stringify(only("7")));
  });
});
