import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { realPipeline } from "../support/pipeline.js";
import { keysOfSchema } from "../support/schema-keys.js";
import { inTemporaryFolder, runHere, SMALL_PIPELINE } from "./support.js";

/*
 * What the configuration can say, the command line can say, too: each key of the schema has a flag of a command, or a
 * reason why there is none.
 */

const FLAGS: Readonly<Record<string, readonly [command: string, flag: string]>> = {
  output: ["generate", "--output"],
  language: ["generate", "--language"],
  strict: ["generate", "--strict"],
  "extensions.pagination": ["generate", "--extension"],
  "extensions.idempotency": ["generate", "--extension"],
  "extensions.sunset": ["generate", "--extension"],
  "extensions.nullable": ["generate", "--extension"],
  "references.folders": ["generate", "--allow-folder"],
  "references.origins": ["generate", "--allow-origin"],
  "references.origins.origin": ["generate", "--allow-origin"],
  "references.origins.privateNetwork": ["generate", "--allow-private"],
  "services.*.input": ["generate", "--input"],
  "services.*.overlays": ["generate", "--overlay"],
  "services.*.name": ["generate", "--name"],
  "services.*.output": ["generate", "--output"],
  "services.*.int64": ["generate", "--int64"],
  "services.*.helpers": ["generate", "--helper"],
  "services.*.include.tags": ["generate", "--include"],
  "services.*.include.paths": ["generate", "--include"],
  "services.*.include.operations": ["generate", "--include"],
  "services.*.exclude.tags": ["generate", "--exclude"],
  "services.*.exclude.paths": ["generate", "--exclude"],
  "services.*.exclude.operations": ["generate", "--exclude"],
  "services.*.exclude.deprecated": ["generate", "--exclude"],
  "services.*.prune": ["generate", "--prune"],
  "services.*.bridges": ["generate", "--bridge"],
  "services.*.docs": ["generate", "--docs"],
  "services.*.strict": ["generate", "--strict"],
  "services.*.allow": ["generate", "--allow"],
  "services.*.upstream.url": ["drift", "--document"],
  "services.*.upstream.server": ["drift", "--server"],
  "services.*.upstream.accept": ["diff", "--accept"],
  "services.*.upstream.overlays": ["diff", "--overlay"],
  "services.*.upstream.privateNetwork": ["drift", "--allow-private"],
};

const SECRET = "secrets do not belong on command lines, which others can see";

const REASONS: Readonly<Record<string, string>> = {
  $schema: "it is for editors",
  extends: "--config names the file that extends others",
  runtime: "the one client of --input always has its own runtime",
  "references.origins.headers": SECRET,
  "services.*.upstream.headers": SECRET,
  "services.*.upstream.maintained": "it is about a document that stays, not about a run",
};

/** Keys below `limits`, and below `references` of a service, have the flags of those for all. */
const PATTERNS: readonly (readonly [RegExp, readonly [string, string]])[] = [
  [/^(?:services\.\*\.)?limits\./, ["generate", "--limit"]],
];

function flagOf(key: string): readonly [string, string] | undefined {
  const pattern = PATTERNS.find(([form]) => form.test(key))?.[1];
  return pattern ?? FLAGS[key] ?? FLAGS[key.replace(/^services\.\*\.(?=references\.)/, "")];
}

const KEYS = keysOfSchema();

describe("each key of the configuration", () => {
  test.each(KEYS)("%s has a flag or a reason", async (key) => {
    const flag = flagOf(key);
    const reason = REASONS[key] ?? REASONS[key.replace(/^services\.\*\.(?=references\.)/, "")];
    expect([flag, reason].filter((found) => found !== undefined)).toHaveLength(1);
    if (flag === undefined) return;
    const { out } = await runHere(".", [flag[0], "--help"], SMALL_PIPELINE);
    expect(out).toMatch(new RegExp(`^ +${flag[1]} `, "m"));
  });

  test("that has a flag or a reason is one", () => {
    const known = [...Object.keys(FLAGS), ...Object.keys(REASONS)];
    expect(known.filter((key) => !KEYS.includes(key))).toEqual([]);
  });
});

const API = `openapi: "3.1.0"
info: { title: Pets, version: "1" }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      x-pages: { items: data }
      responses: { "200": { description: x, content: { application/json: { schema: { type: object, properties: { id: { type: integer, format: int64 } } } } } } }
    POST: { responses: { "204": { description: Done. } } }
`;

async function inProject(
  use: (run: (...args: readonly string[]) => ReturnType<typeof runHere>, folder: string) => unknown,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await writeFile(path.join(folder, "api.yaml"), API);
    await mkdir(path.join(folder, "more"));
    await use((...args) => runHere(folder, args, realPipeline()), folder);
  });
}

const SINGLE = ["generate", "--input", "api.yaml", "--output", "api"] as const;

describe("flags in place of keys", () => {
  test("give the client that the keys give", async () => {
    await inProject(async (run, folder) => {
      const flags = ["--int64", "bigint", "--bridge", "msw", "--limit", "files=3"];
      expect(await run(...SINGLE, ...flags)).toMatchObject({ code: 0 });
      await writeFile(
        path.join(folder, "driftline.yaml"),
        "services: { pets: { input: api.yaml, output: configured, int64: bigint, bridges: [msw], limits: { files: 3 } } }\n",
      );
      expect(await run("generate")).toMatchObject({ code: 0 });
      for (const file of ["models.ts", "msw.ts", "driftline-manifest.json"]) {
        const read = (client: string): Promise<string> =>
          readFile(path.join(folder, client, file), "utf8").catch(() => "missing");
        expect(await read("api")).toBe(await read("configured"));
      }
      expect(await readFile(path.join(folder, "api/msw.ts"), "utf8")).toContain("msw");
    });
  });

  test.each([
    ["a bridge that there is not", ["--bridge", "mws"], 'Did you mean "msw"?'],
    ["a helper that there is not", ["--helper", "none"], 'There is no helper "none"'],
    ["a limit that there is not", ["--limit", "flies=3"], 'Did you mean "files"?'],
    [
      "a limit that is no number",
      ["--limit", "files=many"],
      "files= is followed by the most files",
    ],
    ["a limit that the stack has no room for", ["--limit", "depth=1001"], "up to 1000"],
    ["a limit of nothing", ["--limit", "files=0"], "files= is followed by"],
    ["a limit that objects inherit", ["--limit", "constructor=1"], "KEY=VALUE"],
    ["an extension without a name", ["--extension", "pagination"], "pagination= is followed by"],
    ["an extension of no kind", ["--extension", "paging=x-p"], "Known are: pagination"],
    ["a type of 64-bit integers", ["--int64", "long"], "number, string, bigint"],
  ])("tell what is wrong with %s", async (_name, flags, text) => {
    await inProject(async (run) => {
      const { code, err } = await run(...SINGLE, ...flags);
      expect(code).toBe(2);
      expect(err).toContain(text);
    });
  });

  test.each([
    "--int64 string",
    "--bridge msw",
    "--helper a",
    "--extension a=x-b",
    "--limit files=3",
  ])("%s needs --input", async (flag) => {
    await inProject(async (run) => {
      const { code, err } = await run("generate", ...flag.split(" "));
      expect(code).toBe(2);
      expect(err).toContain(`${flag.split(" ")[0] ?? ""} needs --input.`);
    });
  });

  test("--allow adds to what the configuration accepts, for one run", async () => {
    await inProject(async (run, folder) => {
      await writeFile(
        path.join(folder, "driftline.yaml"),
        "services: { pets: { input: api.yaml } }\nstrict: true\n",
      );
      expect(await run("generate")).toMatchObject({ code: 2 });
      expect(await run("generate", "--allow", "unknown-method")).toMatchObject({ code: 0 });
      expect(await run("generate", "--allow", "unknown-metod")).toMatchObject({ code: 2 });
    });
  });
});
