import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import { loadSource } from "../../../generator/document/load.js";
import { LIMITS } from "../../../generator/document/limits.js";
import { codesOf, loadFrom } from "./memory-files.js";

const HEAD = 'openapi: "3.1.0"\n';

describe("values", () => {
  test.each([
    [
      "numbers as keys",
      "x: { 200: a, 0777: b, 1.0: c, 4XX: d, ~: e, true: f }",
      { "200": "a", "0777": "b", "1.0": "c", "4XX": "d", "~": "e", true: "f" },
    ],
    [
      "YAML 1.2 words",
      "x: [yes, no, on, off, true, ~, 2020-01-01, 12:30:45, 1_000]",
      ["yes", "no", "on", "off", true, null, "2020-01-01", "12:30:45", "1_000"],
    ],
    ["YAML 1.2 numbers", "x: [0x1F, 0o17, 0123, -0, 1e3, 1.10]", [31, 15, 123, -0, 1000, 1.1]],
    ["aliases", "x: { a: &a [1], b: *a, c: &a 2, d: *a }", { a: [1], b: [1], c: 2, d: 2 }],
    ["a quoted merge key", 'x: { "<<": 1 }', { "<<": 1 }],
  ])("%s", async (_name, text, expected) => {
    const { value } = await loadFrom({ "api.yaml": HEAD + text });
    expect(value?.document["x"]).toEqual(expected);
  });

  test("%YAML 1.1 changes nothing", async () => {
    const { value } = await loadFrom({ "api.yaml": `%YAML 1.1\n---\n${HEAD}x: [yes, 010]\n` });
    expect(value?.document["x"]).toEqual(["yes", 10]);
  });

  test.each([
    ["YAML", `${HEAD}__proto__: { polluted: true }\nconstructor: 1\n`],
    ["JSON", '{ "openapi": "3.1.0", "__proto__": { "polluted": true }, "constructor": 1 }'],
  ])("__proto__ is an own member in %s", async (_name, text) => {
    const { value } = await loadFrom({ "api.yaml": text });
    expect(Object.hasOwn(value?.document ?? {}, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(value?.document)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a byte order mark and CRLF change nothing", async () => {
    const text = `${HEAD}info:\n  description: |\n    one\n    two\n  title: "a\n    b"\n`;
    const plain = await loadFrom({ "api.yaml": text });
    const windows = await loadFrom({ "api.yaml": `\uFEFF${text.replaceAll("\n", "\r\n")}` });
    expect(windows.value?.document).toEqual(plain.value?.document);
    expect(windows.value?.file.text).toBe(text);
  });

  test("a flow mapping is read as YAML", async () => {
    const { value } = await loadFrom({ "api.yaml": "{ openapi: 3.1.0, x: 1 }" });
    expect(value?.document["x"]).toBe(1);
  });
});

describe("findings", () => {
  test.each([
    ["an alias inside its anchor", "x: &a [*a]", ["yaml-syntax"]],
    ["an alias without an anchor", "x: *nothing", ["yaml-syntax"]],
    ["a list as key", "x: { [1]: 2 }", ["yaml-syntax"]],
    ["two documents", "x: 1\n---\ny: 1", ["yaml-syntax"]],
    ["keys that read alike", 'x: { 200: a, "200": b }', ["duplicate-key"]],
    [
      "an integer that loses digits",
      "x: [9007199254740993, 9007199254740992, 1e18, 18014398509481984]",
      ["unsafe-integer"],
    ],
    ["an infinite JSON number", undefined, ["non-finite-number"]],
  ])("%s", async (_name, text, expected) => {
    const yaml = text === undefined ? '{ "openapi": "3.1.0", "x": 1e400 }' : HEAD + text;
    expect(await codesOf(loadFrom({ "api.yaml": yaml }))).toEqual(expected);
  });

  test.each([
    ['{ "a" 1 }', '":"'],
    ['{ "a": 01 }', '"," or "}"'],
    ['{ "a": [1 2] }', '"," or "]"'],
    ['{ "a": [1,] }', "a value"],
    ['{ "a": "\t" }', "control character"],
    ['{ "a": "\\x" }', "escape sequence of JSON"],
    ['{ "a": "', "a double quote"],
    ['{ "a": tru }', "a value"],
    ['{ "a": 1 } x', "the end of the file"],
    ["{", "a key in double quotes"],
  ])("JSON %j", async (text, expected) => {
    const { diagnostics } = await loadFrom({ "api.json": text }, { file: "api.json" });
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "json-syntax",
      message: expect.stringContaining(expected) as string,
    });
  });

  test("a file that is too large", async () => {
    const limits = { ...LIMITS, bytes: 10 };
    expect(await codesOf(loadFrom({ "api.yaml": HEAD }, { limits }))).toEqual(["file-too-large"]);
  });

  test.each([
    ["JSON", `{ "openapi": "3.1.0", "x": ${"[".repeat(100_000)}${"]".repeat(100_000)} }`],
    ["YAML", `${HEAD}x: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`],
    [
      "block YAML",
      `${HEAD}x:\n${Array.from({ length: 600 }, (_, depth) => `${" ".repeat(depth + 1)}a:\n`).join("")}`,
    ],
  ])("%s that is too deep", async (_name, text) => {
    expect(await codesOf(loadFrom({ "api.yaml": text }))).toEqual(["too-deep"]);
  });

  test("many aliases of a small value are allowed", async () => {
    const text = `${HEAD}a: &a { b: 1 }\nx: [${"*a, ".repeat(900)}]\n`;
    expect(await codesOf(loadFrom({ "api.yaml": text }))).toEqual([]);
  });
});

describe("hostile documents", () => {
  const folder = path.resolve("../shared/hostile");
  const isThere = existsSync(folder);
  const names = isThere ? readdirSync(folder).filter((name) => /\.(?:json|yaml)$/.test(name)) : [];

  test.runIf(!isThere)("are read (needs ../shared/hostile)", ({ skip }) => {
    skip(`${folder} is not there`);
  });

  test.each(names)("%s", async (name) => {
    const { value, diagnostics } = await loadSource(path.join(folder, name));
    const text = printDiagnostics(diagnostics, value, { color: false });
    expect(text).not.toContain("root:");
    expect(text).not.toContain("TOP_SECRET_FIELD");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(text).not.toMatch(/^::/m);
  });
});

describe("what takes much", () => {
  const schemas = (entries: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ openapi: "3.1.0", components: { schemas: entries } });
  const numbered = (count: number, value: (index: number) => unknown): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`S${index}`, value(index)]));

  test.each<[string, string, readonly string[]]>([
    ["YAML of very many values", `${HEAD}x: [${"a,".repeat(1_600_000)}]`, ["too-many-tokens"]],
    ["YAML of very many lines", `${HEAD}${"\n".repeat(3_100_000)}x: 1`, ["too-many-tokens"]],
    [
      "an alias 100,000 times",
      `${HEAD}a: &a [1]\nx: [${"*a,".repeat(100_000)}]`,
      ["too-many-aliases"],
    ],
    ["YAML mappings 100,000 deep", `${HEAD}x: ${"{a: ".repeat(100_000)}`, ["too-deep"]],
    ["YAML lists 100,000 deep", `${HEAD}x:\n ${"- ".repeat(100_000)}`, ["too-deep"]],
    [
      "one line of 40 MB",
      `{ "openapi": "3.1.0", "x": "${"a".repeat(40_000_000)}", }`,
      ["too-many-tokens"],
    ],
    ["a NUL byte in JSON", '{ "openapi": "3.1.0", "x": "\0" }', []],
    ["an enum of 200,000", `{ "openapi": "3.1.0", "enum": [${"1,".repeat(200_000)}1] }`, []],
    [
      "a key that stands there 20,000 times",
      `{ "openapi": "3.1.0", "x": {${'"a":1,'.repeat(20_000)}"a":1} }`,
      Array<string>(10_000).fill("duplicate-key"),
    ],
    [
      "5000 references to one anchor of 5000",
      schemas(numbered(5000, () => ({ $anchor: "a", not: { $ref: "#a" } }))),
      Array<string>(5000).fill("ambiguous-reference"),
    ],
    [
      "2000 dynamic references to one anchor of 2000",
      schemas(numbered(2000, () => ({ $dynamicAnchor: "a", not: { $dynamicRef: "#a" } }))),
      [],
    ],
  ])("%s ends, with a place", async (_name, text, expected) => {
    const { value, diagnostics } = await loadFrom({ "api.yaml": text });
    expect(diagnostics.map(({ code }) => code)).toEqual(expected);
    const printed = printDiagnostics(diagnostics, value, { color: false });
    expect(printed.length).toBeLessThan(20_000);
  });

  test("a file that 1000 references name is read once", async () => {
    const text = schemas(numbered(1000, () => ({ not: { $ref: "a.yaml" } })));
    const { value } = await loadFrom({ "api.yaml": text, "a.yaml": "{}" });
    expect(value?.files.size).toBe(2);
  });

  test("10,000 files are too many", async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `f${index}.yaml`);
    const files = Object.fromEntries(names.map((name) => [name, "{}"]));
    const text = schemas(numbered(10_000, (index) => ({ $ref: `f${index}.yaml` })));
    const codes = await codesOf(loadFrom({ "api.yaml": text, ...files }));
    expect(codes).toEqual(Array<string>(9001).fill("too-many-files"));
  });

  test("all files together count", async () => {
    const files = {
      "api.yaml": schemas({ A: { $ref: "a.yaml" }, B: { $ref: "b.yaml" } }),
      "a.yaml": `description: ${"a".repeat(300)}`,
      "b.yaml": `description: ${"b".repeat(300)}`,
    };
    expect(await codesOf(loadFrom(files, { limits: { bytes: 800 } }))).toEqual([]);
    expect(await codesOf(loadFrom(files, { limits: { bytes: 600 } }))).toEqual(["file-too-large"]);
    expect(await codesOf(loadFrom(files, { limits: { bytes: 350 } }))).toEqual([
      "file-too-large",
      "file-too-large",
    ]);
  });

  test.each(["__proto__", "constructor", "hasOwnProperty", "toString", "prototype"])(
    "%s in every position",
    async (key) => {
      const text = `{ "openapi": "3.1.0", "components": { "schemas": { "${key}": { "$anchor": "${key}", "properties": { "${key}": { "$ref": "#${key}" } }, "$defs": { "${key}": { "$id": "${key}", "$ref": "other.yaml#/${key}" } } } } } }`;
      const other = `${key}: { $dynamicAnchor: ${key}, items: { $dynamicRef: '#${key}' } }`;
      const { value, diagnostics } = await loadFrom({ "api.yaml": text, "other.yaml": other });
      expect(diagnostics).toEqual([]);
      expect(JSON.stringify(value?.document)).toContain(
        `"${key}":{"properties":{"${key}":{"$ref":"#/components/schemas/${key}"`,
      );
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
