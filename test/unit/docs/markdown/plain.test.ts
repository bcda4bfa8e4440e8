import { describe, expect, it } from "vitest";
import { harmlessBlocks } from "../../../../generator/docs/markdown/harmless.js";
import { readLine } from "../../../../generator/docs/markdown/inline-text.js";
import { plainBlocks, plainLine } from "../../../../generator/docs/markdown/plain.js";
import { printBlocks } from "../../../../generator/docs/markdown/print.js";
import { contextOf } from "./support.js";
import { descriptionsOf } from "./descriptions.js";

/* Texts that are not read have to become what they would become if they were. */

describe.each(["mastodon", "peertube", "sftpgo"])("%s", (service) => {
  const texts = descriptionsOf(service);
  const allPlain = texts.filter((text) => plainBlocks(text) !== undefined);
  const plain = ofEachShape(allPlain);

  it("has hardly anything else", () => {
    expect(allPlain.length / texts.length).toBeGreaterThan(0.9);
  });

  it("has texts that become the same as blocks", () => {
    const wrong = plain.filter((text) => printBlocks(harmlessBlocks(text, contextOf())) !== text);
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
  "- a",
  "# a",
  "a *b*",
  "a_b_ c",
  "a <b> c",
  "a & b",
  "a [b]",
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

it.each(READ)("reads %j", (text) => {
  expect([plainLine(text), text.includes("\n") ? plainBlocks(text) : undefined]).toEqual([
    undefined,
    undefined,
  ]);
});
