import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { DIAGNOSTIC_CODES, type DiagnosticCode } from "../../../generator/diagnostics/codes.js";
import type { Example } from "../../../generator/diagnostics/explanations/explanation.js";
import {
  EXPLANATION_FILES,
  readExplanationFile,
} from "../../../generator/diagnostics/explanations/read.js";
import { explanationSection } from "../../../generator/diagnostics/explanations/tell.js";
import { inTemporaryFolder, runHere } from "../../cli/support.js";
import { generateFile } from "../../support/generate.js";
import { realPipeline } from "../../support/pipeline.js";
import { repository } from "../../support/repository.js";

/*
 * Each code has an explanation, and the examples of explanations are run: the wrong one gives the code, and the right
 * one nothing at all.
 */

/** Codes whose cause does not fit into a text: the file system, the network, the size of a document, or two of them. */
const WITHOUT_EXAMPLE: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "file-unreadable",
  "file-too-large",
  "not-utf8",
  "too-deep",
  "too-many-aliases",
  "too-many-files",
  "unsafe-path",
  "would-overwrite",
  "output-locked",
  "write-failed",
  "invalid-manifest",
  "kept-edited-file",
  "recovered-interrupted-run",
  "overlay-too-costly",
  "missing-operation-id",
  "long-enum",
  "too-many-tokens",
  "fetch-failed",
  "invalid-location",
  "unknown-commit",
  "pull-refused",
  "dynamic-reference-kept",
  "unused-acceptance",
  "expired-acceptance",
]);

const FILES = await Promise.all(
  EXPLANATION_FILES.map(async (name) => ({ name, entries: await readExplanationFile(name) })),
);
const ENTRIES = FILES.flatMap(({ entries }) => entries);
const CODES = Object.keys(DIAGNOSTIC_CODES) as DiagnosticCode[];

describe("explanations", () => {
  it("are there for each code, once", () => {
    const explained = ENTRIES.map(([code]) => code);
    const missing = CODES.filter((code) => !explained.includes(code));
    expect(
      missing,
      "add an entry with why, then, mend, wrong and right to a file of generator/diagnostics/explanations",
    ).toEqual([]);
    expect(
      explained.filter(
        (code, index) =>
          !CODES.includes(code as DiagnosticCode) || explained.indexOf(code) !== index,
      ),
      "no such code, or explained twice",
    ).toEqual([]);
  });

  it.each(ENTRIES)("%s says why, what then, and what to do", (_code, { why, then, mend }) => {
    for (const text of [why, then, mend]) expect(text).toMatch(/^(?:[A-Z]|fetch|driftline).*\.$/s);
  });

  it("have an example wherever there can be one", () => {
    const without = ENTRIES.filter(([, { example }]) => example === undefined).map(
      ([code]) => code,
    );
    expect(without.sort()).toEqual([...WITHOUT_EXAMPLE].sort());
  });
});

describe("examples of explanations", () => {
  const examples = ENTRIES.flatMap(([code, { example }]) =>
    example === undefined ? [] : [{ code, example }],
  );

  it.each(examples)(
    "$code: the wrong one gives it, the right one nothing",
    async ({ code, example }) => {
      expect(await codesOf(example, example.wrong)).toContain(code);
      expect(await codesOf(example, example.right)).toEqual([]);
    },
  );
});

describe("docs/diagnostics.md", () => {
  it("tells the same", async () => {
    const file = repository("docs/diagnostics.md");
    const text = await format(page(), { parser: "markdown", printWidth: 100 });
    if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, text);
    expect(
      existsSync(file) && readFileSync(file, "utf8") === text,
      "write it anew with UPDATE_GOLDEN=1",
    ).toBe(true);
  });
});

const HEADINGS: Readonly<Record<(typeof EXPLANATION_FILES)[number], string>> = {
  files: "Files",
  references: "References",
  shapes: "The document as a whole",
  operations: "Operations",
  schemas: "Schemas",
  versions: "Versions and Swagger 2.0",
  overlays: "Overlays",
  configuration: "Configuration and command line",
  output: "Output",
  lock: "Names that stay",
};

function page(): string {
  const sections = FILES.flatMap(({ name, entries }) => [
    `## ${HEADINGS[name]}`,
    ...entries.flatMap(([code, explanation]) =>
      CODES.includes(code as DiagnosticCode)
        ? [explanationSection(code as DiagnosticCode, explanation)]
        : [],
    ),
  ]);
  return `# What driftline finds

This page is made of \`generator/diagnostics/explanations\`; \`driftline explain CODE\` tells the same.

${sections.join("\n\n")}
`;
}

function codesOf(example: Example, text: string): Promise<readonly string[]> {
  return inTemporaryFolder((folder) =>
    example.of === "document"
      ? documentCodes(folder, example, text)
      : commandCodes(folder, example, text),
  );
}

async function documentCodes(
  folder: string,
  { file, files, extensions }: Example,
  text: string,
): Promise<readonly string[]> {
  put(folder, files);
  put(folder, { [file]: /^(?:openapi|swagger|\{)/.test(text) ? text : completed(text) });
  const { diagnostics } = await generateFile(path.join(folder, file), { extensions });
  return diagnostics.map(({ code }) => code);
}

/** What an example leaves out because it says nothing. */
function completed(text: string): string {
  const paths = /^paths:/m.test(text)
    ? ""
    : 'paths: { /pets: { get: { responses: { "204": { description: Done. } } } } }\n';
  return `openapi: "3.1.0"\ninfo: { title: Pets, version: "1" }\n${paths}${text}`;
}

const CONFIGURATION = "services:\n  pets: { input: api.yaml }\noutput: generated\n";
const API = `openapi: "3.1.0"
info: { title: Pets, version: "1" }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], responses: { "204": { description: Done. } } }
    post: { operationId: addPet, tags: [pets], responses: { "204": { description: Done. } } }
`;

/** Runs a command, or \`generate\` with a configuration, beside a small document. */
async function commandCodes(
  folder: string,
  { of }: Example,
  text: string,
): Promise<readonly string[]> {
  put(folder, { "api.yaml": API, "driftline.yaml": of === "configuration" ? text : CONFIGURATION });
  if (of === "overlay") put(folder, { "names.overlay.yaml": text });
  if (of === "lock") put(folder, { "driftline.lock": text });
  const args = {
    configuration: ["generate"],
    overlay: ["generate", "--overlay", "names.overlay.yaml"],
    lock: ["generate"],
    "command line": text.trim().split(" ").slice(1),
    document: [],
  }[of];
  const { out } = await runHere(folder, [...args, "--json"], realPipeline());
  await rm(path.join(folder, "generated"), { recursive: true, force: true });
  await rm(path.join(folder, "driftline.lock"), { force: true });
  const { diagnostics } = JSON.parse(out) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code }) => code);
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}
