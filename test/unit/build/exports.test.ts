import { runInNewContext } from "node:vm";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { withPlainExports } from "../../../build/exports.js";

type Exports = Record<string, unknown>;

/** What a chunk exports once it has run as CommonJS. */
function run(text: string): Exports {
  const { code } = transformSync(withPlainExports(text), {
    format: "cjs",
    logOverride: { "commonjs-variable-in-esm": "silent" },
  });
  const module: { exports: Exports } = { exports: {} };
  const require = (name: string): Exports => ({ from: name });
  runInNewContext(code, { module, exports: module.exports, require });
  return module.exports;
}

/** Names that are exported by getters: each use of one asks again. */
function asked(exports: Exports): readonly string[] {
  const described = Object.entries(Object.getOwnPropertyDescriptors(exports));
  return described.filter(([, property]) => "get" in property).map(([name]) => name);
}

/** Rows: what is declared, and whether a use of `it` may take what is there at the end. */
const ROWS: readonly (readonly [text: string, isPlain: boolean])[] = [
  ["function it() {}", true],
  ["class it {}", true],
  ["const it = 1;", true],
  ["var it = 1;", true],
  ["let it = 1; const other = { it: 2 };", true],
  [`import * as it from "node:path";`, true],
  [`import { it } from "./other.js";`, false],
  [`import it from "./other.js";`, false],
  ["const { it } = { it: 1 };", false],
  ["let it;", false],
  ["let it = 1; function later() { it = 2; }", false],
  ["let it = 1; function later() { it ??= 2; }", false],
  ["let it = 1; function later() { it += 2; }", false],
  ["let it = 1; function later() { it++; }", false],
  ["let it = 1; function later() { --it; }", false],
  ["let it = 1; function later() { [it] = [2]; }", false],
  ["let it = 1; function later() { ({ member: it } = { member: 2 }); }", false],
  ["let it = 1; function later() { ({ it = 3 } = {}); }", false],
  ["let it = 1; function later() { for (it of [2]); }", false],
  ["let it = 1; function later() { for (it in { a: 1 }); }", false],
  ["function it() { it = 2; }", false],
];

describe("a chunk of the bundle", () => {
  it.each(ROWS)("of %s: plain is %s", (text, isPlain) => {
    const exports = run(`${text}\nexport { it as told };`);
    expect(Object.keys(exports)).toEqual(["told"]);
    expect(asked(exports)).toEqual(isPlain ? [] : ["told"]);
  });

  it("tells what a name has become in the meantime", () => {
    const exports = run(`let count = 1; function more() { count += 1; }\nexport { count, more };`);
    (exports["more"] as () => void)();
    expect(exports["count"]).toBe(2);
  });

  it("has names that no identifier could be", () => {
    expect(run(`const one = 1;\nexport { one as default };`)).toEqual({ default: 1 });
  });

  it("without exports stays as it is", () => {
    expect(withPlainExports("const one = 1;\n")).toBe("const one = 1;\n");
  });

  it.each([
    `export { one } from "./other.js";`,
    `export * from "./other.js";`,
    `export * as one from "./other.js";`,
    "const one = 1;\nexport { one };\nexport { one as two };",
    "export const one = 1;",
    "export default 1;",
  ])("with %s is refused, for the build does not know it", (text) => {
    expect(() => withPlainExports(text)).toThrow("exports in a way");
  });
});
