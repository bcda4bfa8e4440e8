import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diagnostic } from "../../generator/diagnostics/codes.js";
import { quoted } from "../../generator/diagnostics/quoted.js";
import { main } from "../../generator/cli.js";
import { NO_PINS } from "../../generator/names/pins.js";
import { loadDocument } from "../../generator/load-document.js";
import { repository } from "../support/repository.js";
import { runCorpus } from "./corpus.js";
import { isDocument, sampleOf } from "./documents.js";
import { examine, type Examined } from "./examine.js";
import { readOptions } from "./options.js";
import { areFine, failureLine, reportOf } from "./report.js";
import { OUTCOMES, type Examination, type Outcome, type Result } from "./result.js";
import { createTypeChecker } from "./type-checker.js";

const WORKER = repository("test/corpus/worker.ts");
const ODD_WORKER = repository("test/corpus/support/odd-worker.ts");
const NO_WORKER = repository("test/corpus/support/there-is-none.ts");
const EXAMPLE = repository("test/corpus/example");
const ODD = repository("test/corpus/odd");
const folder = mkdtempSync(path.join(tmpdir(), "driftline-corpus-test-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], worker: string): Promise<readonly Result[]> {
  return runCorpus(readOptions(args), worker, () => undefined);
}

function outcomes(results: readonly Result[]): Readonly<Record<string, Outcome>> {
  return Object.fromEntries(results.map(({ path: name, outcome }) => [name, outcome]));
}

describe("the runner", { timeout: 60_000 }, () => {
  const state = path.join(folder, "state.jsonl");

  it("tells of every file below a folder what becomes of it", async () => {
    const results = await run([EXAMPLE, "--jobs", "2", "--resume", state, "--twice"], WORKER);
    expect(outcomes(results)).toEqual({
      "broken.yaml": "diagnosed",
      "notes.json": "no-document",
      "pets.yaml": "compiled",
      "several-files/root.yml": "compiled",
      "several-files/schemas/box.yaml": "no-document",
      "swagger.yaml": "compiled",
      "with-warning.json": "compiled",
      "wrong-shape.yaml": "diagnosed",
    });
    expect(areFine(results)).toBe(true);
    expect(results.find((result) => result.path === "with-warning.json")).toMatchObject({
      warnings: { "undeclared-path-parameter": 1 },
    });
  });

  it("does nothing again that it has done", async () => {
    // A worker that cannot even start would be seen.
    const results = await run([EXAMPLE, "--resume", state], NO_WORKER);
    expect(results.length).toBe(8);
  });

  it("goes on after it was interrupted in the middle of a line", async () => {
    appendFileSync(state, '{"path":"pets.y');
    expect((await run([EXAMPLE, "--resume", state], NO_WORKER)).length).toBe(8);
    expect(readFileSync(state, "utf8")).toMatch(/\}\n$/);
  });

  it("does again what has changed since, or is asked for again", async () => {
    const copy = path.join(folder, "copy");
    const copied = path.join(folder, "copy.jsonl");
    mkdirSync(copy);
    const text = readFileSync(path.join(EXAMPLE, "pets.yaml"), "utf8");
    writeFileSync(path.join(copy, "answers.yaml"), text);
    await run([copy, "--resume", copied], ODD_WORKER);
    await expect(run([copy, "--resume", copied, "--again", "compiled"], NO_WORKER)).rejects.toThrow(
      "did not start",
    );
    writeFileSync(path.join(copy, "answers.yaml"), `${text}# changed\n`);
    await expect(run([copy, "--resume", copied], NO_WORKER)).rejects.toThrow("did not start");
    expect(await run([copy, "--resume", copied, "--again", "crashed"], NO_WORKER)).toEqual([]);
  });

  it("loses no more than the document that takes its process along", async () => {
    const args = [ODD, "--jobs", "1", "--timeout", "2", "--memory", "100"];
    const results = await run(args, ODD_WORKER);
    expect(outcomes(results)).toEqual({
      "answers.yaml": "compiled",
      "ends.yaml": "crashed",
      "fills-the-memory.yaml": "out-of-memory",
      "hangs.yaml": "timed-out",
    });
    expect(areFine(results)).toBe(false);
  });
});

describe("what is said of a document", { timeout: 60_000 }, () => {
  const checker = createTypeChecker();
  const pets = path.join(EXAMPLE, "pets.yaml");
  const files = (text: string): Examined["line"]["generateService"] => {
    const value = {
      files: [{ path: "index.ts", text }],
      document: "",
      pins: NO_PINS,
      keys: new Map(),
    };
    return () => Promise.resolve({ value, diagnostics: [] });
  };
  const examined = (parts: Partial<Examined["line"]>, command = main): Examined => ({
    command,
    line: { loadDocument: (input) => loadDocument(input), generateService: files(""), ...parts },
  });
  const fails = (place?: { readonly path: string }): Examined["line"]["loadDocument"] => {
    const finding = { message: "No.", hint: "Yes.", ...(place === undefined ? {} : { place }) };
    return () =>
      Promise.resolve({
        value: undefined,
        diagnostics: [diagnostic("not-openapi", finding)],
        files: [],
        hashes: new Map(),
      });
  };

  it.each<[Outcome, string, Examined]>([
    ["compiled", "", examined({ generateService: files("export const a: number = 1;\n") })],
    ["diagnosed", "not-openapi", examined({ loadDocument: fails({ path: "a" }) })],
    ["badly-reported", "not-openapi", examined({ loadDocument: fails() })],
    [
      "not-compiled",
      "TS2322",
      examined({ generateService: files('export const a: number = "";') }),
    ],
    [
      "not-compiled",
      "TS9010",
      examined({ generateService: files("export const a = [1].length;") }),
    ],
    ["not-compiled", "TS4111", examined({ generateService: files(INDEXED) })],
    ["not-compiled", "TS2307", examined({ generateService: files('export * from "./b.js";') })],
    ["not-compiled", "TS2375", examined({ generateService: files(UNDEFINED) })],
    ["crashed", "unknown place", examined({ generateService: () => Promise.reject(STACKLESS) })],
    [
      "badly-reported",
      "stack",
      examined({}, (_, terminal) => {
        terminal.err("Error: a bug\n    at f (/a/b.ts:1:2)\n");
        return Promise.resolve(2);
      }),
    ],
    [
      "half-written",
      "output folder",
      examined({}, (argv) => {
        mkdirSync(argv.at(-1) ?? "");
        writeFileSync(path.join(argv.at(-1) ?? "", "a.ts"), "");
        return Promise.resolve(2);
      }),
    ],
    [
      "half-written",
      "output folder",
      examined({}, async (argv, ...rest) => {
        const code = await main(argv, ...rest);
        rmSync(path.join(argv.at(-1) ?? "", "index.ts"));
        return code;
      }),
    ],
  ])("%s because of %j", async (outcome, code, run) => {
    const found = await examine(pets, checker, false, run);
    expect({ outcome: found.outcome, code: found.reasons[0]?.code ?? "" }).toEqual({
      outcome,
      code,
    });
  });

  it("not-reproducible because of a counter", async () => {
    let count = 0;
    const run = examined({
      generateService: (...input) => files(`// ${(count += 1)}\n`)(...input),
    });
    expect((await examine(pets, checker, true, run)).outcome).toBe("not-reproducible");
    expect((await examine(pets, checker, false, run)).outcome).toBe("compiled");
  });

  it("crashed, with the place of ours that an error came from", async () => {
    const run = examined({
      generateService: () =>
        Promise.resolve({ value: undefined, diagnostics: [quoted(undefined as never) as never] }),
    });
    const { outcome, reasons } = await examine(pets, checker, false, run);
    expect(outcome).toBe("crashed");
    expect(reasons[0]?.code).toMatch(/^generator\/diagnostics\/quoted\.ts:\d+$/);
  });
});

const STACKLESS = Object.assign(new Error("a bug"), { stack: "" });
const INDEXED =
  "const a: Record<string, string> = {};\nexport const b: string | undefined = a.b;\n";
const UNDEFINED = "export const a: { readonly b?: string } = { b: undefined };\n";

describe("the report", () => {
  const EXAMINATION: Examination = {
    outcome: "compiled",
    reasons: [],
    warnings: { "express-path": 2 },
    generating: 1.25,
    compiling: 0.5,
    lines: 10,
  };
  const result = (name: string, parts: Partial<Result>): Result => ({
    path: name,
    document: "d",
    generator: "g",
    timeout: 60,
    memory: 2048,
    ...EXAMINATION,
    ...parts,
  });
  const results = [
    ...OUTCOMES.map((outcome, index) => result(`${index}.yaml`, { outcome, generating: index })),
    result("a.yaml", {
      outcome: "crashed",
      reasons: [{ code: "generator/a.ts:1", text: "E: \u202e" }],
    }),
    result("b.yaml", {
      outcome: "crashed",
      reasons: [{ code: "generator/a.ts:1", text: "other" }],
    }),
  ];

  it("counts, groups reasons and names the slowest", () => {
    expect(reportOf(results)).toMatchInlineSnapshot(`
      "11 documents
        no-document       1          has neither openapi nor swagger at its root
        compiled          1  9.1 %   generated, and the strictest compiler takes it
        diagnosed         1  9.1 %   refused with errors that have a place
        not-compiled      1  9.1 %   generated, but the compiler complains
        badly-reported    1  9.1 %   an error has no place, or a stack was printed
        not-reproducible  1  9.1 %   two runs gave different files
        half-written      1  9.1 %   what lies in the output folder is not what was said
        timed-out         1  9.1 %   took longer than --timeout
        out-of-memory     1  9.1 %   needed more than --memory
        crashed           3  27.3 %  ended by a bug of driftline

      Why
        crashed: 2 generator/a.ts:1: E: \\u202e
            such as a.yaml

      Warnings
        express-path  in 11 documents  100.0 %

      Slowest
        9.0 s  and 0.5 s to compile  10 lines  9.yaml
        8.0 s  and 0.5 s to compile  10 lines  8.yaml
        7.0 s  and 0.5 s to compile  10 lines  7.yaml
        6.0 s  and 0.5 s to compile  10 lines  6.yaml
        5.0 s  and 0.5 s to compile  10 lines  5.yaml
        4.0 s  and 0.5 s to compile  10 lines  4.yaml
        3.0 s  and 0.5 s to compile  10 lines  3.yaml
        2.0 s  and 0.5 s to compile  10 lines  2.yaml
        1.3 s  and 0.5 s to compile  10 lines  a.yaml
        1.3 s  and 0.5 s to compile  10 lines  b.yaml
      "
    `);
  });

  it("tells of a failure on a line that no CI service takes for a command", () => {
    const failed = result("::error::", {
      outcome: "crashed",
      reasons: [{ code: "c", text: "a\nb" }],
    });
    expect(failureLine(failed)).toBe("crashed: ./::error::: c: a\\u000ab");
  });
});

describe("a document", () => {
  it.each([
    ['{"info":{},"openapi":"3.1.0"}', true],
    ['{\n  "swagger" : "2.0"', true],
    ["# Pets\nopenapi: 3.0.3\n", true],
    ['\uFEFF"openapi": 3.1\n', true],
    ["%YAML 1.2\n---\nswagger: '2.0'", true],
    ["{ openapi: 3.1.0, info: {} }", true],
    ["kind: Config\nspec:\n  openapi: 3.1.0\n", false],
    ["openapi: yes, it is\n", false],
    ['{"name":"openapi","version":"3.1.0"}', false],
    ["", false],
  ])("is known by its version: %j", (text, expected) => {
    expect(isDocument(text)).toBe(expected);
  });
});

describe("the options", () => {
  it.each([
    [[], "Name one folder."],
    [["a", "b"], "Name one folder."],
    [["a", "--jobs", "0"], "--jobs takes a whole number from 1 up."],
    [["a", "--again", "crashed"], "--again needs --resume."],
    [["a", "--resume", "f", "--again", "broken"], "--again takes some of"],
    [["a", "--fast"], "Unknown option '--fast'"],
  ])("%j is refused", (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it("choose the same sample each time, another one for another seed", () => {
    const all = Array.from({ length: 100 }, (_, index) => ({ path: `${index}`, file: "" }));
    const chosen = sampleOf(all, 10, 1);
    expect(chosen.length).toBe(10);
    expect(sampleOf(all, 10, 1)).toEqual(chosen);
    expect(sampleOf(all, 10, 2)).not.toEqual(chosen);
    expect(sampleOf(all, 1000, 1)).toBe(all);
  });
});
