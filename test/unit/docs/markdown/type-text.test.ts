import { describe, expect, it } from "vitest";
import { codeSpan } from "../../../../generator/docs/markdown/parts.js";
import { typeText } from "../../../../generator/docs/markdown/type-text.js";
import { printed } from "../../../../generator/emit/code.js";
import { typeText as codeOf } from "../../../../generator/emit/type-text.js";
import type { TypeNode } from "../../../../generator/types/type-node.js";
import { contextOf } from "./support.js";

const STRING: TypeNode = { kind: "keyword", name: "string" };
const NULL: TypeNode = { kind: "keyword", name: "null" };
const VIDEO: TypeNode = { kind: "named", name: "Video" };
const ITEM: TypeNode = { kind: "named", name: "Item" };

function union(...members: readonly TypeNode[]): TypeNode {
  return { kind: "union", members };
}

function literal(value: string | number | boolean): TypeNode {
  return { kind: "literal", value };
}

function array(element: TypeNode): TypeNode {
  return { kind: "array", element };
}

function member(
  name: string,
  type: TypeNode,
  optional = false,
): {
  readonly name: string;
  readonly type: TypeNode;
  readonly optional: boolean;
  readonly docs: [];
} {
  return { name, type, optional, docs: [] };
}

const LINKED: readonly (readonly [type: TypeNode, expected: string])[] = [
  [STRING, "`string`"],
  [union(literal("a"), literal("b|c")), '`"a" | "b|c"`'],
  [VIDEO, "[`Video`](models/Video.md)"],
  [ITEM, "`Item`"],
  [array(VIDEO), "[`Video`](models/Video.md)`[]`"],
  [union(VIDEO, NULL), "[`Video`](models/Video.md) `| null`"],
  [array(union(VIDEO, STRING)), "`(`[`Video`](models/Video.md) `| string)[]`"],
  [{ kind: "jsonStream", item: VIDEO }, "`JsonStream<`[`Video`](models/Video.md)`>`"],
];

it.each(LINKED)("%j", (type, expected) => {
  expect(typeText(type, contextOf())).toBe(expected);
});

it("links from the page that it gets on", () => {
  expect(typeText(VIDEO, contextOf("models/VideoFile.md"))).toBe("[`Video`](Video.md)");
});

describe("in the words of the code", () => {
  const TYPES: readonly TypeNode[] = [
    NULL,
    ITEM,
    literal("it's"),
    literal('"\u202e'),
    literal(-0),
    literal(1e30),
    literal(true),
    { kind: "int64", as: "string", value: undefined },
    { kind: "int64", as: "bigint", value: "-12" },
    { kind: "int64", as: "string", value: "12" },
    union(STRING, { kind: "int64", as: "string", value: undefined }),
    { kind: "blob" },
    { kind: "filePart" },
    { kind: "binaryBody" },
    { kind: "parameterValue" },
    { kind: "eventStream", event: undefined },
    { kind: "eventStream", event: ITEM },
    { kind: "jsonItems", item: ITEM },
    { kind: "mediaRange", type: "image" },
    array(array(union(STRING, NULL))),
    array({ kind: "intersection", members: [ITEM, ITEM] }),
    { kind: "intersection", members: [ITEM, union(STRING, NULL)] },
    union({ kind: "intersection", members: [ITEM, ITEM] }, STRING),
    { kind: "union", members: [ITEM] },
    { kind: "tuple", elements: [STRING, union(STRING, NULL)], required: 1, rest: undefined },
    { kind: "tuple", elements: [STRING], required: 1, rest: union(STRING, NULL) },
    { kind: "object", members: [], index: undefined },
    { kind: "object", members: [], index: STRING },
    { kind: "object", members: [member("a-b", STRING, true)], index: undefined },
  ];

  it.each(TYPES)("%j", (type) => {
    const code = printed(codeOf(type).code, 10_000);
    expect(typeText(type, contextOf())).toBe(codeSpan(code));
  });

  it("names all members of an object on one line", () => {
    const members = [member("a", array(STRING)), member("class", ITEM, true)];
    expect(typeText({ kind: "object", members, index: undefined }, contextOf())).toBe(
      "`{ a: string[]; class?: Item }`",
    );
  });
});
