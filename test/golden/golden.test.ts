import { beforeAll, describe, expect, it } from "vitest";
import { BRIDGES } from "../../generator/bridges/bridge-names.js";
import { changedByPrettier } from "../support/prettier.js";
import { typeErrors } from "../support/type-check.js";
import { caseNames, expectedFiles, isRewriting, readCase, rewrite, runCase } from "./cases.js";
import type { CaseResult } from "./cases.js";

const CASES = caseNames().map(readCase);
let results: ReadonlyMap<string, CaseResult>;

beforeAll(async () => {
  results = new Map(
    await Promise.all(
      CASES.map(async (found) => [found.name, await runCase(found, BRIDGES)] as const),
    ),
  );
}, 120_000);

describe.each(CASES)("$name", (found) => {
  it("gives the expected files and findings", () => {
    const shown = results.get(found.name)?.shown ?? new Map<string, string>();
    if (isRewriting()) rewrite(found, shown);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expectedFiles(found)));
  });
});

describe("all cases together", () => {
  it("are there", () => {
    expect(CASES.length).toBeGreaterThan(100);
  });

  it("give files that the strictest compiler takes", () => {
    const files = [...results].flatMap(([name, { files }]) =>
      (files ?? []).map(({ path, text }) => [`${name}/${path}`, text] as const),
    );
    expect(files.length).toBeGreaterThan(CASES.length);
    expect(typeErrors(new Map(files))).toEqual([]);
  }, 60_000);

  it("give files that prettier would not change", async () => {
    const texts = [...results].flatMap(([name, { files }]) =>
      (files ?? []).map(({ path, text }) => [`${name}/${path}`, text] as const),
    );
    expect(await changedByPrettier(texts)).toEqual([]);
  }, 60_000);

  it("give files without any, without comments to a compiler and without what needs a build step", () => {
    const texts = [...results].flatMap(([name, { files }]) =>
      (files ?? []).map(({ path, text }) => [`${name}/${path}`, withoutComments(text)] as const),
    );
    const banned = /\bany\b(?!\??[:(])|\benum\b(?!:)|\bnamespace\b|@ts-|\bas unknown\b/;
    const found = texts.flatMap(([file, text]) =>
      text
        .split("\n")
        .filter((line) => banned.test(withoutStrings(line)))
        .map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "");
}

function withoutStrings(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
}
