import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../generator/document/limits.js";
import { parseYaml } from "../../generator/document/parse-yaml.js";
import { printYaml } from "../../generator/document/print-yaml.js";
import type { JsonValue } from "../../generator/document/source.js";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    "0x1f",
    "2020-01-01",
    "- a",
    "a: b",
    "#",
    " a ",
    "a\n",
  ),
);
const value = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21),
    fc.array(tie("value")),
    fc.dictionary(text, tie("value")),
  ),
})).value;

describe("a document that is printed as YAML", () => {
  it("is the same value when it is read again, and shows every character", () => {
    fc.assert(
      fc.property(value, (original) => {
        const printed = printYaml(original);
        expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        const read = parseYaml({ path: "printed.yaml", text: printed }, LIMITS);
        expect(read).toEqual({ value: original, diagnostics: [] });
      }),
      { numRuns: 300 },
    );
  });
});
