import { describe, expect, it } from "vitest";
import { breakCycles } from "../../../generator/model/cycles.js";
import { declare, type NamedType } from "../../../generator/model/declarations.js";
import type { ObjectType, TypeNode } from "../../../generator/types/type-node.js";

const STRING: TypeNode = { kind: "keyword", name: "string" };
const named = (name: string): TypeNode => ({ kind: "named", name });
const object = (...names: string[]): ObjectType => ({
  kind: "object",
  members: names.map((name) => ({ name, optional: false, type: STRING, docs: [] })),
  index: undefined,
});
const both = (...members: TypeNode[]): TypeNode => ({ kind: "intersection", members });
const either = (...members: TypeNode[]): TypeNode => ({ kind: "union", members });
const types = (all: Readonly<Record<string, TypeNode>>): readonly NamedType[] =>
  Object.entries(all).map(([name, type]) => ({ name, docs: [], type }));

/** How a type is declared beside others: `alias`, or `interface extends ...`. */
function declared(type: TypeNode, others: Readonly<Record<string, TypeNode>> = {}): string {
  const [first] = declare(types({ Tested: type, ...others }));
  const shape = first?.shape;
  return shape?.kind === "interface"
    ? ["interface", ...(shape.bases.length > 0 ? [`extends ${shape.bases.join(", ")}`] : [])].join(
        " ",
      )
    : "alias";
}

describe("a type is declared", () => {
  const A = object("a");
  const B = object("b");

  it.each<[string, TypeNode, Record<string, TypeNode>, string]>([
    ["as an interface", A, {}, "interface"],
    ["as an alias of a keyword", STRING, {}, "alias"],
    ["as an alias of a name", named("A"), { A }, "alias"],
    ["as an extension", both(named("A"), B), { A }, "interface extends A"],
    [
      "as an extension of several",
      both(named("A"), named("B"), object("c")),
      { A, B },
      "interface extends A, B",
    ],
    [
      "as an extension through others",
      both(named("C"), object("d")),
      { A, C: both(named("A"), B) },
      "interface extends C",
    ],
    ["as an alias where a member stands twice", both(named("A"), A), { A }, "alias"],
    [
      "as an alias where a member comes along twice",
      both(named("C"), A),
      { A, C: both(named("A"), B) },
      "alias",
    ],
    ["as an alias where a part is a union", both(named("U"), A), { U: either(A, B) }, "alias"],
    [
      "as an alias where a part has an index",
      both(named("M"), B),
      { M: { ...A, index: STRING } },
      "alias",
    ],
    ["as an alias where a part is unknown", both(named("Missing"), B), {}, "alias"],
    [
      "as an alias where it leads back",
      both(named("C"), B),
      { C: both(named("Tested"), A) },
      "alias",
    ],
  ])("%s", (_, type, others, expected) => {
    expect(declared(type, others)).toBe(expected);
  });
});

describe("a circle of types", () => {
  const broken = (all: Readonly<Record<string, TypeNode>>): readonly string[] =>
    breakCycles(types(all)).broken;

  it.each<[string, Record<string, TypeNode>, readonly string[]]>([
    ["of one", { A: either(named("A"), STRING) }, ["A"]],
    ["of two", { A: either(named("B"), STRING), B: either(named("A"), STRING) }, ["A", "B"]],
    ["is none behind an array", { A: either({ kind: "array", element: named("A") }, STRING) }, []],
    ["is none behind an object", { A: { ...object("a"), index: named("A") } }, []],
    ["is none for those who only use it", { A: named("A"), B: either(named("A"), STRING) }, ["A"]],
  ])("%s", (_, all, expected) => {
    expect(broken(all)).toEqual(expected);
  });

  it("keeps what a type says besides itself", () => {
    const { types: kept } = breakCycles(types({ A: either(named("A"), STRING) }));
    expect(kept[0]?.type).toEqual(either(STRING));
  });
});
