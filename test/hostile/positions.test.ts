import { afterAll, describe, expect, it } from "vitest";
import { hasErrors } from "../../generator/diagnostics/diagnostic.js";
import type { JsonObject } from "../../generator/document/source.js";
import type { Generated } from "../support/generate.js";
import { typeErrors } from "../support/type-check.js";
import { complaintsAbout, generateValue } from "./support/line.js";
import { documentAbout, POSITIONS } from "./support/positions.js";
import { codeOf, textsIn } from "./support/reading.js";
import { TRICKS } from "./support/tricks.js";

/*
 * Every trick at every place of a document: it is refused with a place, or it is in the files as data and nothing else.
 * What is generated is compiled, all at once.
 */

const EXTENSIONS = { extensions: { pagination: "x-pagination", idempotency: "x-idempotent" } };
const outputs = new Map<string, string>();

describe.each(POSITIONS)("$name", ({ name, document, isKept }) => {
  it("may be anything", async () => {
    const texts = await takenTexts(document);
    const result = await inert(document(texts));
    expect(result.files, "what is taken alone is taken together").toBeDefined();
    if (isKept) expect(texts.filter((text) => !isWritten(text, result))).toEqual([]);
    for (const { path, text } of result.files ?? []) outputs.set(`${name}/${path}`, text);
  }, 60_000);
});

describe("what a document says of itself", () => {
  it.each(Object.entries(TRICKS))("may be: %s", async (trick, text) => {
    const { files = [] } = await inert(documentAbout(text));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) outputs.set(`about ${trick}/${file.path}`, file.text);
  });
});

describe("all that was generated", () => {
  it("compiles", () => {
    expect(outputs.size).toBeGreaterThan(500);
    const paths = new Map<string, string>();
    for (const [path, text] of outputs) paths.set(path.replace(/[^a-z0-9/.-]/gi, "-"), text);
    expect(paths.size).toBe(outputs.size);
    expect(typeErrors(paths).slice(0, 20)).toEqual([]);
  }, 120_000);
});

afterAll(() => {
  outputs.clear();
});

/** The tricks that a document may have at a place; each other one is refused by itself, with a place. */
async function takenTexts(
  document: (texts: readonly string[]) => JsonObject,
): Promise<readonly string[]> {
  const all = Object.values(TRICKS);
  if (!hasErrors((await inert(document(all))).diagnostics)) return all;
  const taken: string[] = [];
  for (const text of all) {
    const { files } = await inert(document([text]));
    if (files !== undefined) taken.push(text);
  }
  return taken;
}

/** What comes of a document, of which nothing has become code or anything else than data. */
async function inert(document: JsonObject): Promise<Generated> {
  const result = await generateValue(document, EXTENSIONS);
  expect(complaintsAbout(result)).toEqual([]);
  for (const { path, text } of result.files ?? [])
    expect(codeOf(text), path).not.toContain("__PWNED__");
  return result;
}

function isWritten(text: string, { files = [] }: Generated): boolean {
  return files.some((file) => (writtenIn.get(file) ?? remember(file)).has(text));
}

const writtenIn = new WeakMap<object, ReadonlySet<string>>();

function remember(file: { readonly text: string }): ReadonlySet<string> {
  const texts = new Set(textsIn(file.text));
  writtenIn.set(file, texts);
  return texts;
}
