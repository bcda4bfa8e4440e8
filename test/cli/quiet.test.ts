import { readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { COMMAND_HELP } from "../../generator/cli/help-texts.js";
import { realPipeline } from "../support/pipeline.js";
import { repository } from "../support/repository.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere } from "./support.js";

const schema = readFileSync(repository("generator/commands/report-schema.json"), "utf8");
const isReport = new Ajv2020({ strict: false }).compile(JSON.parse(schema) as object);

const UPSTREAM = `services:
  pets: { input: api.yaml, upstream: { url: "https://example.com/api.yaml" } }
output: generated
`;
/** About this document there is a warning, and none of it fails a run. */
const WARNED = `openapi: "3.1.0"
info: { title: Pets, version: "1" }
servers: [{ url: "https://pets.example" }]
paths: { /pets: { get: { operationId: listPets, responses: { "200": { description: It. } } }, GET: {} } }
`;

/** A run of each command: what it leaves on standard output with `--quiet`, where all goes well. */
const RUNS: readonly (readonly [command: string, args: readonly string[], quiet: RegExp])[] = [
  ["init", ["--yes", "warned.yaml", "--dry-run"], /^$/],
  ["generate", [], /^$/],
  ["check", ["--config", "driftline.yaml"], /^$/],
  ["docs", ["--output", "site"], /^$/],
  ["doctor", ["--input", "clean.yaml"], /^$/],
  ["bundle", ["pets"], /^openapi: /],
  ["inspect", ["pets", "GET /pets"], /^\{/],
  ["explain", ["unsafe-integer"], /^warning\[unsafe-integer\]/],
  ["diff", ["warned.yaml", "warned.yaml"], /^$/],
  ["diff", ["warned.yaml", "warned.yaml", "--report", "markdown"], /^#/],
  ["drift", ["--document", "api.yaml"], /^$/],
  ["pull", ["--document", "api.yaml"], /^$/],
  ["completion", ["bash"], /^# Completion/],
];

async function inProject<T>(command: string, action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await arrangeFolder(folder);
    await writeFile(path.join(folder, "warned.yaml"), WARNED);
    await writeFile(path.join(folder, "clean.yaml"), WARNED.replace(", GET: {}", ""));
    await writeFile(path.join(folder, "api.yaml"), WARNED);
    await writeFile(path.join(folder, "driftline.yaml"), UPSTREAM);
    if (command === "check") await runHere(folder, ["generate"], realPipeline());
    // A project is set up once.
    if (command === "init") await rm(path.join(folder, "driftline.yaml"));
    return action(folder);
  });
}

describe("every command", { timeout: 60_000 }, () => {
  test("is in the table", () => {
    const told = new Set(RUNS.map(([command]) => command));
    expect([...told].sort()).toEqual(Object.keys(COMMAND_HELP).sort());
  });

  test.each(RUNS)("%s %j is quiet where it is asked to be", (command, args, quiet) =>
    inProject(command, async (folder) => {
      const run = await runHere(folder, [command, ...args, "--quiet"], realPipeline());
      expect(run).toMatchObject({ code: 0, err: "" });
      expect(run.out).toMatch(quiet);
    }),
  );

  test.each(RUNS)("%s %j gives one document with --json", (command, args) =>
    inProject(command, async (folder) => {
      // Nobody reads a report twice on one output.
      const own = args.filter((arg) => !["--report", "markdown"].includes(arg));
      const run = await runHere(folder, [command, ...own, "--json"], realPipeline());
      isReport(JSON.parse(run.out));
      expect([isReport.errors ?? [], run.err, run.code]).toEqual([[], "", 0]);
      expect(JSON.parse(run.out)).toMatchObject({ command, results: expect.anything() as unknown });
    }),
  );

  test.each(RUNS)("%s %j tells errors all the same", (command, args) =>
    inProject(command, async (folder) => {
      const run = await runHere(folder, [command, ...args, "--nope", "--quiet"], realPipeline());
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.err).toContain("Unknown option '--nope'.");
    }),
  );
});

describe("--quiet", { timeout: 60_000 }, () => {
  test("tells what fails a check", () =>
    inProject("check", async (folder) => {
      const file = path.join(folder, "generated/pets/index.ts");
      await writeFile(file, `${await readFile(file, "utf8")}// mine\n`);
      const run = await runHere(folder, ["check", "--quiet"], realPipeline());
      expect(run.code).toBe(1);
      expect(run.out).toContain("changed generated/pets/index.ts: it was edited by hand");
      expect(run.err).toBe("");
    }));

  test("tells errors of a document, without the warnings beside them", () =>
    inProject("generate", async (folder) => {
      const broken = WARNED.replace("It. }", 'It. }, "300": { $ref: "#/nope" }');
      await writeFile(path.join(folder, "api.yaml"), broken);
      const loud = await runHere(folder, ["generate"], realPipeline());
      const quiet = await runHere(folder, ["generate", "--quiet"], realPipeline());
      expect([loud.code, quiet.code]).toEqual([2, 2]);
      expect(loud.err).toContain("warning[");
      expect(quiet.err).toContain("error[unresolved-reference]");
      expect(quiet.err).not.toContain("warning");
    }));
});
