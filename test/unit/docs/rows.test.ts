import { describe, expect, it } from "vitest";
import { rowsInType, type Row } from "../../../generator/docs/rows.js";
import type { ObjectType, TypeMember, TypeNode } from "../../../generator/types/type-node.js";

const TEXT: TypeNode = { kind: "keyword", name: "string" };
const NULL: TypeNode = { kind: "keyword", name: "null" };

function literal(value: string): TypeNode {
  return { kind: "literal", value };
}

/** An object without a name. */
function object(
  members: Readonly<Record<string, TypeNode>>,
  index?: ObjectType["index"],
): ObjectType {
  const all = Object.entries(members).map(([name, type]): TypeMember => ({
    name,
    optional: false,
    type,
    docs: [],
  }));
  return { kind: "object", members: all, index };
}

function union(...members: TypeNode[]): TypeNode {
  return { kind: "union", members };
}

/** Names, each with what is said of it. */
function told(rows: readonly Row[]): readonly string[] {
  return rows.map(({ name, among, names }) => [name, among ?? names ?? ""].join(" ").trim());
}

describe("the rows of a type", () => {
  it.each<{ what: string; type: TypeNode; expected: readonly string[] }>([
    {
      what: "a property that one alternative has",
      type: union(object({ id: TEXT, mail: TEXT }), object({ id: TEXT, phone: TEXT })),
      expected: ["id", "mail some", "phone some"],
    },
    {
      what: "a property that alternatives have as something else",
      type: union(object({ kind: literal("a") }), object({ kind: literal("b") })),
      expected: ["kind others", "kind others"],
    },
    {
      what: "what an alternative with a name may have, too",
      type: union({ kind: "named", name: "Cat" }, object({ kind: literal("dog") })),
      expected: ["kind others"],
    },
    {
      what: "an object that may be null",
      type: union(object({ id: TEXT }), NULL),
      expected: ["id"],
    },
    {
      what: "a union beside what all alternatives have",
      type: {
        kind: "intersection",
        members: [union(object({ a: TEXT }), object({ b: TEXT })), object({ id: TEXT })],
      },
      expected: ["a some", "b some", "id"],
    },
    { what: "any name", type: object({ map: object({}, TEXT) }), expected: ["map"] },
    {
      what: "other names",
      type: object({ inner: object({ id: TEXT }, TEXT) }),
      expected: ["inner", "inner.id", "inner.* others"],
    },
    {
      what: "no other names",
      type: object({ id: TEXT }, { kind: "keyword", name: "never" }),
      expected: ["id"],
    },
  ])("tell $what", ({ type, expected }) => {
    expect(told(rowsInType(type))).toEqual(expected);
  });
});
