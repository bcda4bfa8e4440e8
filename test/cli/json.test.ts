import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import { realPipeline } from "../support/pipeline.js";
import { repository } from "../support/repository.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere, SMALL_PIPELINE, type Run } from "./support.js";

const SCHEMA = JSON.parse(
  readFileSync(repository("generator/commands/report-schema.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv2020({ strict: false }).compile(SCHEMA);

/** The parts of a report that tests look at. */
interface JsonReport {
  readonly command: string;
  readonly exitCode: number;
  readonly diagnostics: readonly Record<string, unknown>[];
  readonly summary: Record<string, number>;
  readonly results?: Record<string, unknown>;
  readonly bug?: Record<string, unknown>;
}

/** Reads the one document that a run printed. Throws where it is none, or not as the schema says. */
function reportOf({ code, out }: Run): JsonReport {
  const report = JSON.parse(out) as JsonReport;
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  expect(report.exitCode).toBe(code);
  expect(out).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u);
  return report;
}

async function run(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  pipeline: Pipeline = SMALL_PIPELINE,
): Promise<Run> {
  return inTemporaryFolder(async (folder) => {
    await arrangeFolder(folder);
    for (const [name, text] of Object.entries(files))
      await writeFile(path.join(folder, name), text);
    return runHere(folder, [...args, "--json"], pipeline);
  });
}

describe("--json", () => {
  const UPSTREAM = `services:
  pets: { input: api.yaml, upstream: { url: "https://example.com/api.yaml" } }
output: generated
`;

  test.each([
    ["diff", ["diff", "api.yaml", "api.yaml", "--check-version"]],
    ["drift", ["drift", "--document", "api.yaml"]],
    ["pull", ["pull", "--document", "api.yaml"]],
  ])("of %s is as its schema says", async (command, args) => {
    const result = await run({ "driftline.yaml": UPSTREAM }, args);
    const { results } = reportOf(result);
    expect(results).toHaveProperty("reports");
    expect(JSON.parse(result.out)).toMatchObject({ command });
  });

  test("of generate tells what was written", async () => {
    const result = await run({}, ["generate"]);
    expect(result.err).toBe("");
    expect(reportOf(result)).toEqual({
      version: 1,
      command: "generate",
      exitCode: 0,
      diagnostics: [],
      summary: { errors: 0, strict: 0, warnings: 0, allowed: 0 },
      results: {
        outputs: [
          {
            folder: "generated/runtime",
            written: ["call.ts", "driftline-manifest.json"],
            removed: [],
            unchanged: 0,
          },
          {
            folder: "generated/pets",
            written: ["index.ts", "driftline-manifest.json"],
            removed: [],
            unchanged: 0,
          },
          { folder: ".", written: ["driftline.lock"], removed: [], unchanged: 0 },
        ],
      },
    });
  });

  test("of findings tells place, pointer, frame and where to learn more", async () => {
    const document = 'openapi: 3.1.0\ninfo: { title: Pets, version: "1" }\nx:\n  - { y: 1e999 }\n';
    const report = reportOf(await run({ "api.yaml": document }, ["check"]));
    expect(report).toMatchObject({ command: "check", exitCode: 2 });
    expect(report.results).toBeUndefined();
    expect(report.diagnostics).toEqual([
      {
        code: "non-finite-number",
        severity: "error",
        message: 'The number "1e999" is not finite, and JSON has no such number.',
        hint: "Leave the keyword out, or write a finite number; put quotes around it if a string is meant.",
        file: "api.yaml",
        line: 4,
        column: 10,
        pointer: "/x/0/y",
        frame:
          '  2 | info: { title: Pets, version: "1" }\n  3 | x:\n> 4 |   - { y: 1e999 }\n    |          ^\n  5 |',
        explain: "driftline explain non-finite-number",
      },
    ]);
    expect(report.summary).toEqual({ errors: 1, strict: 0, warnings: 0, allowed: 0 });
  });

  test("of a document of several files has pointers into them", async () => {
    const report = reportOf(
      await run(
        {
          "api.yaml":
            'openapi: 3.1.0\ninfo: { title: Pets, version: "1" }\npaths: { /a: { $ref: "a.json#/deep/item" } }\n',
          "a.json": '{ "deep": { "item": { "GET": {} } } }',
        },
        ["generate"],
        realPipeline(),
      ),
    );
    expect(report.diagnostics).toMatchObject([
      { code: "unknown-method", file: "a.json", line: 1, column: 23, pointer: "/deep/item/GET" },
    ]);
  });

  test("of check tells every difference", async () => {
    const report = reportOf(await run({}, ["check"]));
    expect(report.exitCode).toBe(1);
    expect(report.results).toEqual({
      differences: [
        {
          file: "generated/runtime/call.ts",
          kind: "missing",
          reasons: ["never-generated"],
        },
        { file: "generated/pets/index.ts", kind: "missing", reasons: ["never-generated"] },
        { file: "driftline.lock", kind: "missing", reasons: ["not-locked"] },
      ],
    });
  });

  test("of bundle has the document", async () => {
    expect(reportOf(await run({}, ["bundle", "pets"])).results).toEqual({
      document: { openapi: "3.1.0", info: { title: "Pets", version: "1" }, paths: {} },
    });
  });

  test("of inspect has what the stage made", async () => {
    const { results } = reportOf(await run({}, ["inspect", "pets", "GET /pets"]));
    expect(results).toEqual({
      value: { model: { operation: "GET /pets", title: "Pets", hidden: "\u202e" } },
    });
  });

  test("of doctor has the overlay", async () => {
    const document =
      'openapi: 3.1.0\ninfo: { title: Pets, version: "1" }\npaths: { "/pets/{id}": { get: { operationId: a, responses: { "204": { description: Done. } } } } }\n';
    const { results, diagnostics } = reportOf(await run({ "api.yaml": document }, ["doctor"]));
    expect(diagnostics).toMatchObject([{ code: "undeclared-path-parameter", file: "api.yaml" }]);
    expect(results).toMatchObject({
      documents: [
        {
          file: "api.yaml",
          repairable: 1,
          lasting: 0,
          overlay: expect.stringContaining("overlay: 1.0.0") as string,
        },
      ],
    });
  });

  test("of explain has the story, or all codes", async () => {
    const { results } = reportOf(await run({}, ["explain", "unsafe-integer"]));
    expect(results).toMatchObject({
      codes: [{ code: "unsafe-integer", severity: "warning", example: { of: "document" } }],
    });
    const all = reportOf(await run({}, ["explain"])).results as { codes: unknown[] };
    expect(all.codes.length).toBeGreaterThan(50);
  });

  test.each([
    [["generate", "pet"], "unknown-service"],
    [["generate", "--nope"], "wrong-usage"],
    [["generat"], "wrong-usage"],
    [["inspect"], "wrong-usage"],
    [["explain", "nope"], "unknown-code"],
  ])("of %j is a report too", async (args, code) => {
    const result = await run({}, args);
    expect(result.err).toBe("");
    expect(reportOf(result)).toMatchObject({
      exitCode: 2,
      diagnostics: [{ code, severity: "error" }],
      summary: { errors: 1 },
    });
  });

  test("of a bug says what to do, on both outputs", async () => {
    const broken: Pipeline = {
      ...SMALL_PIPELINE,
      generateService: () => Promise.reject(new Error("broken\u001b[31m")),
    };
    const result = await run({}, ["generate"], broken);
    expect(reportOf(result)).toMatchObject({
      command: "generate",
      exitCode: 70,
      bug: { message: "broken\u001b[31m", report: expect.stringContaining("report") as string },
    });
    expect(result.err).toContain("This is a bug of driftline.");
    const debugged = reportOf(await run({}, ["generate", "--debug"], broken));
    expect(debugged.bug?.["stack"]).toContain("at ");
  });
});
