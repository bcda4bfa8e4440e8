import { describe, expect, test } from "vitest";
import { diagnostic } from "../../../generator/diagnostics/codes.js";
import { createFramer } from "../../../generator/diagnostics/frame.js";
import { createLocator } from "../../../generator/diagnostics/locate.js";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import { quoted, visiblePath } from "../../../generator/diagnostics/quoted.js";
import { closest } from "../../../generator/diagnostics/suggest.js";
import type { Diagnostic } from "../../../generator/diagnostics/diagnostic.js";
import type { SourceFile } from "../../../generator/document/source.js";

const codeFrame = createFramer();

function finding(
  code: "unsafe-integer" | "duplicate-key",
  file: SourceFile,
  line: number,
  column = 1,
): Diagnostic {
  return diagnostic(code, {
    message: "Something is odd.",
    hint: "Mend it.",
    place: { file, line, column },
  });
}

describe("quoted", () => {
  test.each([
    ["plain", '"plain"'],
    ['say "hi"\n', '"say \\"hi\\"\\n"'],
    ["\u001b[31m\u009b\u007f", '"\\u001b[31m\\u009b\\u007f"'],
    ["a\u202eb\u2066c\u200d\ufeff", '"a\\u202eb\\u2066c\\u200d\\ufeff"'],
    ["\u2028\u2029\ud800", '"\\u2028\\u2029\\ud800"'],
    ["\u{e0041}", '"\\udb40\\udc41"'],
    ["ünï😀", '"ünï😀"'],
    ["x".repeat(200), `"${"x".repeat(120)}…"`],
  ])("%j", (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  test.each([
    ["::error::x", "./::error::x"],
    ["##[group]", "./##[group]"],
    ["a/b.yaml", "a/b.yaml"],
  ])("the path %j is no command", (path, expected) => {
    expect(visiblePath(path)).toBe(expected);
  });
});

describe("frames", () => {
  test("have the caret below the character, whatever was escaped before it", () => {
    const file = { path: "a.yaml", text: "first\n\ta\u202eb: x\nlast" };
    expect(codeFrame({ file, line: 2, column: 5 }).split("\n")).toEqual([
      "  1 | first",
      "> 2 |   a\\u202eb: x",
      "    |           ^",
      "  3 | last",
    ]);
  });

  test("cut long lines around the caret", () => {
    const file = { path: "a.json", text: `${"a".repeat(5000)}X${"b".repeat(5000)}` };
    const [line = "", caret = ""] = codeFrame({ file, line: 1, column: 5001 }).split("\n");
    expect(line.length).toBeLessThan(180);
    expect(line[caret.indexOf("^")]).toBe("X");
  });

  test.each([
    ["名前: [", 5, 6],
    ["key: 😀 x", 9, 8],
    ["e\u0301: x", 5, 3],
    ["\t\tx", 3, 4],
  ])("have the caret below it in a terminal: %j", (text, column, columnsBefore) => {
    const frame = codeFrame({ file: { path: "a.yaml", text }, line: 1, column });
    expect(frame.split("\n")[1]).toBe(`    | ${" ".repeat(columnsBefore)}^`);
  });

  test("cut no character in two", () => {
    const file = { path: "a.yaml", text: `${"😀".repeat(100)}x${"😀".repeat(100)}` };
    for (const column of [201, 203])
      expect(codeFrame({ file, line: 1, column })).not.toMatch(/\\ud8|\\udc|\p{Cs}/u);
  });

  test("show the first and the last line, and a place behind the last", () => {
    const file = { path: "a.yaml", text: "one\ntwo" };
    expect(codeFrame({ file, line: 1, column: 1 })).toBe("> 1 | one\n    | ^\n  2 | two");
    expect(codeFrame({ file, line: 2, column: 4 })).toBe("  1 | one\n> 2 | two\n    |    ^");
  });

  test("of a large file cost little, however many there are", () => {
    const file = { path: "a.yaml", text: "key: value\n".repeat(500_000) };
    const frames = Array.from({ length: 2000 }, (_, index) =>
      codeFrame({ file, line: 400_000 + index, column: 1 }),
    );
    expect(frames.at(-1)).toContain("> 401999 | key: value");
  });

  test("have no line that begins with text of the document", () => {
    const file = {
      path: "a.yaml",
      text: "::error::a\r::error::b\u2028::error::c\n::error::d\u0085::error::e\n",
    };
    expect(codeFrame({ file, line: 2, column: 1 })).not.toMatch(/(?:^|[\r\u0085\u2028\u2029])::/m);
  });
});

describe("printDiagnostics", () => {
  const file = { path: "a.yaml", text: "x\n".repeat(100) };

  test("prints nothing for nothing", () => {
    expect(printDiagnostics([], undefined, { color: false })).toBe("");
  });

  test("sorts, merges and counts", () => {
    const other = { path: "B.yaml", text: "y\n" };
    const found = [
      finding("unsafe-integer", file, 10),
      finding("duplicate-key", file, 2),
      finding("unsafe-integer", other, 1),
      finding("unsafe-integer", file, 10),
    ];
    const text = printDiagnostics(found, undefined, { color: false });
    expect(text.match(/^\S+: \w+\[.*/gm)).toEqual([
      "B.yaml:1:1: warning[unsafe-integer]: Something is odd.",
      "a.yaml:2:1: error[duplicate-key]: Something is odd.",
      "a.yaml:10:1: warning[unsafe-integer]: Something is odd.",
    ]);
    expect(text).toMatch(/\n1 error, 2 warnings\n$/);
  });

  test("shows five of a kind and lists the others", () => {
    const found = Array.from({ length: 40 }, (_, index) =>
      finding("unsafe-integer", file, index + 1),
    );
    const text = printDiagnostics([...found, finding("duplicate-key", file, 50)], undefined, {
      color: false,
    });
    expect(text.match(/^hint:/gm)).toHaveLength(6);
    expect(text).toContain("35 more: warning[unsafe-integer]\n  a.yaml:6:1\n");
    expect(text).toContain("  a.yaml:25:1\n  and 15 more\n\n1 error, 40 warnings\n");
  });

  test("colours only when told to", () => {
    const found = [finding("duplicate-key", file, 1)];
    expect(printDiagnostics(found, undefined, { color: true })).toContain("\u001b[31m");
    expect(printDiagnostics(found, undefined, { color: false })).not.toContain("\u001b");
  });
});

describe("locator", () => {
  const yaml = { path: "a.yaml", text: 'a:\n  - b: 1\n    "c d": { e: [x, y] }\nempty:\n' };
  const json = {
    path: "a.json",
    text: '{\n  "a": [\n    { "b": 1, "c d": { "e": ["x", "y"] } }\n  ],\n  "empty": null\n}\n',
  };

  test.each([
    [yaml, "", "key", 1, 1],
    [yaml, "/a", "key", 1, 1],
    [yaml, "/a/0", "key", 2, 5],
    [yaml, "/a/0/b", "key", 2, 5],
    [yaml, "/a/0/b", "value", 2, 8],
    [yaml, "/a/0/c d/e/1", "key", 3, 21],
    [yaml, "/a/0/c d/missing/x", "key", 3, 5],
    [yaml, "/empty", "value", 4, 7],
    [yaml, "/constructor", "key", 1, 1],
    [json, "", "key", 1, 1],
    [json, "/a/0", "key", 3, 5],
    [json, "/a/0/b", "value", 3, 12],
    [json, "/a/0/c d/e/1", "key", 3, 35],
    [json, "/a/0/c d/missing", "key", 3, 15],
    [json, "/empty", "value", 5, 12],
  ] as const)("$path %s %s is at its line and column", (file, pointer, at, line, column) => {
    expect(createLocator().inFile(file, pointer, at)).toMatchObject({ line, column });
  });
});

describe("pointers", () => {
  const text = "a:\n  - b: 1\n    c/d: { e: [x, y] }\nlast: 1\n";
  const file = { path: "a.yaml", text };
  test.each([
    [1, 1, "/a"],
    [2, 5, "/a/0/b"],
    [2, 8, "/a/0/b"],
    [3, 5, "/a/0/c~1d"],
    [3, 19, "/a/0/c~1d/e/1"],
    [4, 1, "/last"],
  ])("of line %i, column %i is %s", (line, column, pointer) => {
    expect(createLocator().pointerOf({ file, line, column })).toBe(pointer);
  });

  test("of a file as a whole are none", () => {
    expect(createLocator().pointerOf({ path: "a.yaml" })).toBeUndefined();
  });
});

describe("suggestions", () => {
  const known = ["mastodon", "peertube", "sftpgo"];
  test.each([
    ["mastadon", "mastodon"],
    ["PeerTube", "peertube"],
    ["sftp-go", "sftpgo"],
    ["github", undefined],
  ])("%j means %j", (word, expected) => {
    expect(closest(word, known)).toBe(expected);
  });
});
