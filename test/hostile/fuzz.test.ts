import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonValue } from "../../generator/document/source.js";
import type { Generated } from "../support/generate.js";
import { repository } from "../support/repository.js";
import { typeErrors } from "../support/type-check.js";
import { caseNames, documentOfCase, readCase } from "../golden/cases.js";
import { complaintsAbout, generateText, generateValue } from "./support/line.js";
import {
  arbitraryJson,
  arbitraryText,
  grammatical,
  mutationsOf,
} from "./support/random-documents.js";

/*
 * The whole line, on random documents: each gives files that compile, or located errors; nothing is ever thrown.
 * `FUZZ_RUNS=10000 npm run fuzz` tries more of them, `FUZZ_SEED=7` others. A failure prints both, and the document.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 60);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

/** Beyond this the compiler would need too much memory at once. */
const COMPILED_AT_ONCE = 400;

const TIMEOUT = 60_000 + RUNS * 1_000;

describe(`random documents, seed ${SEED}`, () => {
  it("with the grammar of OpenAPI", () => explore(grammatical, generateValue), TIMEOUT);

  it("that are any JSON", () => explore(arbitraryJson, generateValue), TIMEOUT);

  it("that are any text", () => explore(arbitraryText, generateText), TIMEOUT);

  it("that were good ones", () => explore(mutationsOf(goodDocuments()), generateValue), TIMEOUT);
});

/** Generates from random documents, and compiles what they give. */
async function explore<T extends JsonValue>(
  documents: fc.Arbitrary<T>,
  generate: (document: T) => Promise<Generated>,
): Promise<void> {
  const outputs: { readonly document: T; readonly files: ReadonlyMap<string, string> }[] = [];
  await fc.assert(
    fc.asyncProperty(documents, async (document) => {
      const result = await generate(document);
      expect(complaintsAbout(result)).toEqual([]);
      const files = new Map((result.files ?? []).map(({ path, text }) => [path, text]));
      if (files.size > 0) outputs.push({ document, files });
    }),
    { numRuns: RUNS, seed: SEED },
  );
  for (let start = 0; start < outputs.length; start += COMPILED_AT_ONCE) {
    const batch = outputs.slice(start, start + COMPILED_AT_ONCE);
    const files = batch.flatMap((output, index) =>
      [...output.files].map(([path, text]) => [`fuzz-${index}/${path}`, text] as const),
    );
    const errors = typeErrors(new Map(files));
    const [, index = ""] = /^fuzz-(\d+)\//.exec(errors[0] ?? "") ?? [];
    const example = index === "" ? "" : JSON.stringify(batch[Number(index)]?.document);
    expect(errors.slice(0, 5), example).toEqual([]);
  }
}

/** Small documents that have everything: those of the golden cases. */
function goodDocuments(): readonly JsonValue[] {
  return caseNames().flatMap((name) => {
    try {
      const text = readFileSync(repository(documentOfCase(readCase(name))), "utf8");
      return text.length < 20_000 ? [parse(text, { maxAliasCount: 1_000 }) as JsonValue] : [];
    } catch {
      // Some cases are about files that cannot be read.
      return [];
    }
  });
}
