import { describe, expect, it } from "vitest";
import { withoutTypes } from "../../generator/javascript/without-types.js";

const CASES: readonly (readonly [what: string, typescript: string, javascript: string])[] = [
  [
    "annotations, assertions and type arguments",
    "export const a: Map<string, X> = new Map<string, X>() as unknown as Y;\n",
    "export const a                 = new Map           ()                ;\n",
  ],
  [
    "imports of types, and no line in their place",
    'import { a } from "./a.js";\nimport type { T } from "./t.js";\nimport { b, type U } from "./b.js";\n\na(b);\n',
    'import { a } from "./a.js";\nimport { b,        } from "./b.js";\n\na(b);\n',
  ],
  [
    "declared types with their comments, but no other comment",
    "/* The file. */\n\n/** A type. */\nexport interface T {\n  readonly a: 1;\n}\n\n/** A value. */\nexport const a = 1;\n",
    "/* The file. */\n\n\n/** A value. */\nexport const a = 1;\n",
  ],
  [
    "signatures above a method, which has the comment of the first one",
    "export class A {\n  /** First. */\n  a(x: 1): 1;\n  /** Second. */\n  a(x: 2): 2;\n  a(x: 1 | 2): 1 | 2 {\n    return x;\n  }\n}\n",
    "export class A {\n  /** First. */\n  a(x       )        {\n    return x;\n  }\n}\n",
  ],
  [
    "fields, which stay fields",
    "export class A<T> extends B<T> {\n  readonly #a: T;\n  #b: number | undefined;\n}\n",
    "export class A    extends B    {\n           #a   ;\n  #b                    ;\n}\n",
  ],
  [
    "everything: the file stays a module",
    "/* Types. */\n\nexport type T = 1;\n",
    "/* Types. */\n\nexport {};\n",
  ],
];

describe("JavaScript of TypeScript", () => {
  it.each(CASES)("goes without %s", (_what, typescript, javascript) => {
    expect(withoutTypes(typescript)).toBe(javascript);
  });

  it("is refused where it takes more than leaving types out", () => {
    expect(() => withoutTypes("export enum A {\n  B,\n}\n")).toThrow("more than types");
  });
});
