import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmlessBlocks } from "../../../../generator/docs/markdown/harmless.js";
import { readLine } from "../../../../generator/docs/markdown/inline-text.js";
import { linkMaker } from "../../../../generator/docs/markdown/links.js";
import { plainLine, plainLink, plainText } from "../../../../generator/docs/markdown/plain.js";
import { printBlocks, printWords } from "../../../../generator/docs/markdown/print.js";
import { outsideLink } from "../../../../generator/docs/outside-links.js";
import { contextOf } from "./support.js";
import { descriptionsOf } from "./descriptions.js";

/* Texts that are not read have to become what they would become if they were. */

describe.each(["mastodon", "peertube", "sftpgo"])("%s", (service) => {
  const texts = descriptionsOf(service);
  const allPlain = texts.filter((text) => plainText(text) !== undefined);
  const plain = ofEachShape(allPlain);

  it("has hardly anything else", () => {
    expect(allPlain.length / texts.length).toBeGreaterThan(0.9);
  });

  it("has texts that become the same as blocks", () => {
    const wrong = plain.filter(
      (text) => printBlocks(harmlessBlocks(text, contextOf())) !== plainText(text),
    );
    expect(wrong).toEqual([]);
  });

  it("has texts that become the same on one line", () => {
    const lines = plain.map((text) => [plainLine(text), readLine(text, contextOf())] as const);
    expect(lines.filter(([line, read]) => line !== undefined && line !== read)).toEqual([]);
  });
});

/** One text of each shape: which words there are makes no difference, nor how many. */
function ofEachShape(texts: readonly string[]): readonly string[] {
  const shapes = texts.map((text) => text.replace(/[\p{L}\p{N}]+(?:,? [\p{L}\p{N}]+)*/gu, "a"));
  return [...new Map(shapes.map((shape, index) => [shape, texts[index] ?? ""])).values()];
}

const READ: readonly string[] = [
  "1. a",
  "1.",
  "12) a",
  "1)a",
  "a\n1. b",
  "a\\",
  "a\\\n- b",
  "a\n- b\nc",
  "a\n- b\n  c",
  "- a\n  - b",
  "- a\n* b",
  "- a\n\n- b",
  "a\n-  b",
  "a\n-\tb",
  "a\n    - b",
  "a\n-",
  "- a\n- 1. b",
  "- a\\\n- b",
  "a\\\\\nb",
  "- a",
  "# a",
  "a *b*",
  "a_b_ c",
  "a <b> c",
  "a &amp; b",
  "a &",
  "[a]: b",
  "[a](b)",
  "[x] a",
  "[ ]",
  "a [b](c)",
  "a [b][c]",
  "a [b]: c",
  "a [b",
  "a [b [c]]",
  "- [x] a",
  "a_ b",
  "_a b",
  "a __b",
  "**a_b** c",
  "**a**b",
  "a** b**",
  "** a **",
  "**a",
  "> a",
  "! [a]\n\n[a]: b",
  "a ~~b~~",
  "$a$",
  "a `b",
  "a `` b `` c",
  "`a``b`",
  "a \\ b",
  "a | b",
  "www.a.example",
  "see http://a.example",
  "a@b.example",
  "a  \nb",
  "a\n===",
  "a\n    b",
  "a\u202eb",
  "`a\u202eb`",
  "",
];

const NOT_READ: readonly string[] = [
  "1.0.0",
  "1.0.0 - a",
  "2 a",
  "“a” b",
  "a\\\nb",
  "a:\n\n0.1.0 - b\\\n2.3.0 - c\n4.5.6 - d",
  "a\n\n- b\n- c\n\nd",
  "a_b_c d_e",
  "a & b",
  "a > b>c",
  "a #1 # b",
  "a! b!",
  "a [b], c ([d e]) [f_g] [`h` i]",
  "a![b]",
  "**a >= 1.0** b **c**",
  "**a**",
  "- a [b]\n- **c** d_e",
  "`[a]` [b]",
  "[a] b",
  "[a]",
  "- [a] b\n- c",
  "a:\n- b\n- c",
  "a\\\nb\n  * c\n  * `d`\n\ne",
  "+ a\n+ b",
];

it.each(NOT_READ)("does not read %j, which becomes the same", (text) => {
  // A text that begins with a list is read for one line.
  const isList = /^[-+] /.test(text);
  expect([plainText(text), plainLine(text)]).toEqual([
    printBlocks(harmlessBlocks(text, contextOf())),
    isList ? undefined : readLine(text, contextOf()),
  ]);
});

it.each([
  ["a", "https://a.example/b/#c"],
  ["a `b` (c)", "https://a.example:8080/b_c_d~e?f=g,h+i%20j-k"],
  ["1. a", "http://a.example"],
  ["a_b", "http://a.example"],
  ["a", "http://a.example/(b)"],
  ["a", "http://a.example/&amp;"],
  ["a", "http://a.example/*b*"],
  ["a", "javascript:a"],
  ["www.a.example", "http://a.example"],
])("links %j to %j as if it were read", (words, url) => {
  const link = plainLink(words, url);
  const nodes = linkMaker(contextOf())([{ type: "text", value: words }], url);
  if (link !== undefined) expect(link).toBe(printWords(nodes));
  expect(outsideLink(words, url, contextOf())).toBe(printWords(nodes));
});

it.each(READ)("reads %j", (text) => {
  expect([plainText(text), plainLine(text)]).toEqual([undefined, undefined]);
});

/** What texts are made of that mean something, or nearly do. */
const PIECES = `a|1|é| |_|**|*|[|]|(|)|[b]|\`|\`c\`|**d**|>|#|!|&|.|:|,|-|- |+ |* |  - |1. |[x] |/|\\|\n|\n\n|\n- |\n- |\n  * |\\\n|<|~|@|=|"|^|;`;

it("reads whatever would become something else", () => {
  const texts = fc
    .array(fc.constantFrom(...PIECES.split("|"), "|"), { maxLength: 12 })
    .map((pieces) => pieces.join("").trim());
  fc.assert(
    fc.property(texts, (text) => {
      const [block, line] = [plainText(text), plainLine(text)];
      if (block !== undefined) expect(block).toBe(printBlocks(harmlessBlocks(text, contextOf())));
      if (line !== undefined) expect(line).toBe(readLine(text, contextOf()));
    }),
    { numRuns: 5_000, examples: NOT_READ.map((text) => [text]) },
  );
});

it.each(["word ", "`a` ", "[a] ", "a_b ", "**a** ", "x"])("takes 16 MB of %j", (piece) => {
  const text = `${piece.repeat(16_000_000 / piece.length)}x`;
  // Compared by itself, so that a failure does not print it.
  expect(plainText(text)?.replaceAll("\\[", "[") === text).toBe(true);
});
