import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { hasErrors } from "../../generator/diagnostics/diagnostic.js";
import { isObject, member } from "../../generator/document/json.js";
import { loadSource } from "../../generator/document/load.js";
import type { JsonValue } from "../../generator/document/source.js";
import { emitApi } from "../../generator/emit/emit.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { runStages } from "../../generator/stages.js";
import { printed, type Generated } from "../support/generate.js";
import { repository } from "../support/repository.js";
import { typeErrors } from "../support/type-check.js";

/*
 * Documents of one trick each, beside what has to come of them: `name.expect.txt` says `outcome: generate`, `reject` or
 * `either`. They lie beside the repository and are no part of it.
 */
const FOLDER = path.join(repository(""), "../shared/hostile");
const isThere = existsSync(FOLDER);
if (!isThere)
  process.stderr.write(`SKIPPED: the hostile documents are not there (${FOLDER} does not exist)\n`);

interface HostileDocument {
  readonly name: string;
  readonly file: string;
  readonly outcome: string;
}

const DOCUMENTS: readonly HostileDocument[] = isThere ? hostileDocuments() : [];
let results: ReadonlyMap<string, Generated>;

describe.skipIf(!isThere)("hostile documents", () => {
  beforeAll(async () => {
    results = new Map(
      await Promise.all(DOCUMENTS.map(async (found) => [found.name, await run(found)] as const)),
    );
  }, 120_000);

  it("are there", () => {
    expect(DOCUMENTS.length).toBeGreaterThan(30);
  });

  describe.each(DOCUMENTS)("$name", ({ name, outcome }) => {
    it("ends as it should, with errors that have a place", () => {
      const { files, diagnostics } = resultOf(name);
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      if (outcome !== "either") expect(files === undefined ? "reject" : "generate").toBe(outcome);
      expect(files === undefined).toBe(errors.length > 0);
      for (const error of errors) expect(error.place, error.message).toBeDefined();
    });

    it("prints findings in which nothing is hidden", () => {
      expect(printed(resultOf(name))).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u);
    });

    it("gives files with names that every file system takes", () => {
      const paths = filesOf(name).map((file) => file.path);
      for (const file of paths) expect(file).toMatch(/^[a-z0-9-]{1,117}\.ts$/);
      expect(new Set(paths).size).toBe(paths.length);
      for (const file of paths) expect(file).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./);
    });

    it("gives files in which nothing of the document became code", () => {
      for (const { path: file, text } of filesOf(name)) {
        expect(codeOf(text), file).not.toContain("__PWNED__");
        expect(text, file).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(parseErrors(text), file).toEqual([]);
      }
    });
  });

  it.each<[string, (document: JsonValue) => readonly string[]]>([
    ["inj-enum-value", (document) => found(document, "enum")],
    ["inj-property-name", (document) => found(document, "properties")],
    ["inj-path-template", (document) => found(document, "paths")],
  ])("%s keeps every text to the character", (name, textsOf) => {
    const written = new Set(filesOf(name).flatMap(({ text }) => textsIn(text)));
    const texts = textsOf(resultOf(name).source?.document ?? null);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => !written.has(text))).toEqual([]);
  });

  it("compile, all that give files", () => {
    const files = DOCUMENTS.flatMap(({ name }) =>
      filesOf(name).map(({ path: file, text }) => [`${name}/${file}`, text] as const),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(typeErrors(new Map(files)).slice(0, 20)).toEqual([]);
  }, 120_000);
});

function hostileDocuments(): readonly HostileDocument[] {
  return readdirSync(FOLDER)
    .filter((file) => /\.(?:json|yaml)$/.test(file))
    .sort()
    .map((file) => {
      const name = file.replace(/\.[^.]*$/, "");
      const expected = readFileSync(path.join(FOLDER, `${name}.expect.txt`), "utf8");
      const outcome = /^outcome: (generate|reject|either)$/m.exec(expected)?.[1];
      if (outcome === undefined) throw new Error(`${name}.expect.txt names no outcome`);
      return { name, file: path.join(FOLDER, file), outcome };
    });
}

/** Everything up to the text of the files, which is verified as it is made. */
async function run({ file }: HostileDocument): Promise<Generated> {
  const loaded = await loadSource(file);
  if (loaded.value === undefined || hasErrors(loaded.diagnostics))
    return { source: undefined, files: undefined, diagnostics: loaded.diagnostics };
  const { model, diagnostics } = runStages(loaded.value, {});
  return {
    source: loaded.value,
    files: model === undefined ? undefined : emitApi(model, "../runtime"),
    diagnostics: [...loaded.diagnostics, ...diagnostics],
  };
}

function resultOf(name: string): Generated {
  const result = results.get(name);
  if (result === undefined) throw new Error(`no result for ${name}`);
  return result;
}

function filesOf(name: string): readonly GeneratedFile[] {
  return resultOf(name).files ?? [];
}

/** A text without what stands in comments and strings. */
function codeOf(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind !== ts.SyntaxKind.StringLiteral) tokens.push(scanner.getTokenText());
  }
  return tokens.join(" ");
}

function parseErrors(text: string): readonly string[] {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return (diagnostics ?? []).map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, " "),
  );
}

/** The strings of every array, and the names in every object, that stands under a key. */
function found(value: JsonValue, key: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap((child) => found(child ?? null, key));
  const here = Array.isArray(value) ? undefined : member(value, key);
  const texts = Array.isArray(here) ? here : Object.keys(isObject(here) ? here : {});
  return [...below, ...texts.filter((text) => typeof text === "string")];
}

/** The text of every string literal and of every name of a member. */
function textsIn(text: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isIdentifier(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest));
  return texts;
}
