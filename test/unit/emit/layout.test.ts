import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../generator/document/source.js";
import { code, identifier, NOTHING, printed } from "../../../generator/emit/code.js";
import {
  arrowFunction,
  lazily,
  call,
  literal,
  memberOf,
  newInstance,
  orElse,
  variable,
  type Expression,
} from "../../../generator/emit/layout/expressions.js";
import {
  constant,
  exported,
  exportFrom,
  importFrom,
  interfaceBlock,
  statements,
  type Statement,
} from "../../../generator/emit/layout/statements.js";
import { aliasOf, namedType } from "../../../generator/emit/layout/types.js";
import { typeText } from "../../../generator/emit/type-text.js";
import { STRING, type TypeNode } from "../../../generator/types/type-node.js";
import { formatted } from "../../support/prettier.js";

/* One row for each rule that decides something: what prettier makes of the same code on one line has to come out. */

const NO_LIMIT = 1_000_000;

describe("as prettier does it, code is laid out", () => {
  it.each<readonly [string, Expression]>([
    ["a text behind a short key", json({ a: { key: long(90) } })],
    ["a text behind a longer key", json({ a: { other: long(90) } })],
    ["a text behind a short wide key", json({ a: { 日本: long(88), 日本語: long(88) } })],
    ["a number that does not fit", json({ [long(95)]: 1234567890123 })],
    ["a signed number that does not fit", json({ [long(95)]: -1234567890123 })],
    [
      "objects of two members",
      json([
        { a: 1, b: 2 },
        { a: 1, b: 2 },
      ]),
    ],
    ["objects of one member", json([{ a: 1 }, { a: 1, b: 2 }])],
    [
      "arrays of two elements",
      json([
        ["a", "b"],
        ["c", "d"],
      ]),
    ],
    ["an array and an object", json([["a", "b"], { a: 1, b: 2 }])],
    ["many numbers", json(Array.from({ length: 60 }, (_, index) => index * 1000))],
    ["many numbers and a text", json([...Array.from({ length: 30 }, () => 1000), "a"])],
    ["a short argument", call(long(60), [literal("short")])],
    ["a longer argument", call(long(60), [literal(long(26))])],
    ["a last object", call("f", [variable("a"), json({ a: long(90) })])],
    ["a last object behind another", call("f", [json({ a: 1 }), json({ a: long(90) })])],
    ["a last object behind something broken", call("f", [MATRIX, json({ a: 1 })])],
    [
      "a last object that is broken",
      call("f", [
        variable("a"),
        json({
          a: [
            ["a", "b"],
            ["c", "d"],
          ],
        }),
      ]),
    ],
    ["last numbers", call("f", [variable("a"), json(Array.from({ length: 40 }, () => 1000))])],
    ["only numbers", call("f", [json(Array.from({ length: 40 }, () => 1000))])],
    ["an alternative", orElse(memberOf("params", "a"), literal(long(90)))],
    ["an alternative in a call", call("f", [orElse(memberOf("params", "a"), literal(long(90)))])],
    ["an object as alternative", orElse(memberOf("params", "a"), json({ a: long(90) }))],
    ["a member with a long name", memberOf("params", `${long(90)}-`)],
    ["a new object", newInstance(long(60), identifier(long(99)))],
    ["a function", arrowFunction([code`body: unknown`], call(long(50), [variable(long(50))]))],
    ["a function that needs nothing", lazily(variable(long(90)))],
  ])("with %s", async (_, value) => {
    await expectAsPrettier(exported(NOTHING, constant("a", namedType("A"), value), "other"));
  });

  it.each<readonly [string, TypeNode]>([
    ["a union", union(...names(5))],
    ["a long name or null", union(named(long(90)), NULL)],
    ["two long names and null", union(named(long(60)), named(long(60)), NULL)],
    ["an array of a union", { kind: "array", element: union(...names(5)) }],
    ["an array of a name or null", { kind: "array", element: union(named("A"), NULL) }],
    ["a tuple of a union", tuple([union(...names(5))])],
    ["a tuple of unions", tuple([union(...names(5)), union(...names(5))])],
    ["a tuple of unions that may be missing", tuple([union(...names(5)), union(...names(3))], 0)],
    ["a tuple that goes on", tuple([named("A")], 0, named(long(60)))],
    ["a tuple that goes on with unions", tuple([named("A")], 1, union(...names(5)))],
    ["an intersection of names", intersection(...names(5))],
    ["an intersection with a long object", intersection(named("A"), object(...names(4)))],
    [
      "objects between names",
      intersection(
        named("A"),
        object(...names(4)),
        object(...names(4)),
        named("B"),
        object(...names(4)),
        object(...names(4)),
      ),
    ],
    ["an intersection in a union", union(intersection(...names(3)), ...names(3))],
    ["a union in an intersection", intersection(union(...names(5)), ...names(3))],
    ["an object of one member", object(union(...names(5)))],
    ["an argument that is a union", { kind: "eventStream", event: union(...names(5)) }],
    ["an argument that is an object", { kind: "eventStream", event: object(...names(4)) }],
    ["an argument that is a name or null", { kind: "eventStream", event: union(named("A"), NULL) }],
    [
      "an argument that is a long array",
      { kind: "eventStream", event: { kind: "array", element: named(long(90)) } },
    ],
  ])("with %s", async (_, type) => {
    await expectAsPrettier(exported(NOTHING, aliasOf(identifier("A"), typeText(type)), "alias"));
    const deep = object(type, { kind: "array", element: type });
    await expectAsPrettier(exported(NOTHING, aliasOf(identifier("A"), typeText(deep)), "alias"));
  });

  it.each<readonly [string, Statement]>([
    ["an import of a long name", importFrom([specifier(long(99))], "./a.js", true)],
    [
      "an import of long names",
      importFrom([specifier(long(50)), specifier(long(49))], "./a.js", false),
    ],
    [
      "an export of long names",
      exportFrom([specifier(long(50)), specifier(long(49))], "./a.js", true),
    ],
    ["one long base", exported(NOTHING, interfaceBlock("A", [long(99)], []), "other")],
    ["long bases", exported(NOTHING, interfaceBlock("A", [long(50), long(50)], []), "other")],
  ])("with %s", async (_, statement) => {
    await expectAsPrettier(statement);
  });
});

/** Prettier gets the same on long lines, and what is printed here a second time. */
async function expectAsPrettier(statement: Statement): Promise<void> {
  const all = statements([statement]);
  const text = printed(all);
  expect(text).toBe(await formatted(printed(all, NO_LIMIT)));
  expect(text).toBe(await formatted(text));
}

function long(length: number): string {
  return "x".repeat(length);
}

function json(value: JsonValue): Expression {
  return literal(value);
}

/** An array that is broken however short it is. */
const MATRIX = json([
  ["a", "b"],
  ["c", "d"],
]);

const NULL: TypeNode = { kind: "keyword", name: "null" };

function named(name: string): TypeNode {
  return { kind: "named", name };
}

function names(count: number): readonly TypeNode[] {
  return Array.from({ length: count }, (_, index) => named(`${long(24)}${index}`));
}

function tuple(
  elements: readonly TypeNode[],
  required = elements.length,
  rest?: TypeNode,
): TypeNode {
  return { kind: "tuple", elements, required, rest };
}

function union(...members: readonly TypeNode[]): TypeNode {
  return { kind: "union", members };
}

function intersection(...members: readonly TypeNode[]): TypeNode {
  return { kind: "intersection", members };
}

/** An object with a member of each type. */
function object(...types: readonly TypeNode[]): TypeNode {
  const members = types.map((type, index) => ({
    name: `member${index}`,
    optional: false,
    type,
    docs: [],
  }));
  return { kind: "object", members, index: members.length === 1 ? undefined : STRING };
}

function specifier(name: string): { readonly name: string; readonly isType: boolean } {
  return { name, isType: false };
}
