import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import { inTemporaryFolder, runHere, SMALL_PIPELINE, type Run } from "./support.js";

/* What is not made again, because nothing has changed; and that everything that has changed is seen. */

const FILES: Readonly<Record<string, string>> = {
  "driftline.yaml": [
    "extends: ./base.yaml",
    "services:",
    "  pets: { input: pets.yaml, overlays: [more.yaml] }",
    "  shops: { input: shops.json, output: packages/shops }",
    "",
  ].join("\n"),
  "base.yaml": "output: generated\n",
  "pets.yaml": [
    'openapi: "3.1.0" # the version',
    'info: { title: Pets, version: "1" }',
    "paths:",
    "  /pets: { $ref: parts.yaml }",
    "",
  ].join("\n"),
  "parts.yaml": 'get: { responses: { "204": { description: Done. } } }\n',
  "more.yaml": [
    "overlay: 1.0.0",
    'info: { title: More, version: "1" }',
    "actions: [{ target: $.info, update: { summary: More } }]",
    "",
  ].join("\n"),
  "shops.json":
    '{\r\n"openapi": "3.1.0",\n"info": { "title": "Shops", "version": "1" }, "paths": {} }\n',
};

interface Project {
  readonly folder: string;
  /** Runs a command, and tells which clients were made for it. */
  readonly run: (...args: readonly string[]) => Promise<Run & { readonly made: readonly string[] }>;
}

async function inProject(use: (project: Project) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    for (const [file, text] of Object.entries(FILES))
      await writeFile(path.join(folder, file), text);
    await use({ folder, run: (...args) => runIn(folder, args) });
  });
}

async function runIn(folder: string, args: readonly string[]): ReturnType<Project["run"]> {
  const made: string[] = [];
  const watched: Pipeline = {
    ...SMALL_PIPELINE,
    generateService: (source, options) => {
      made.push(path.basename(source.file.path));
      return SMALL_PIPELINE.generateService(source, options);
    },
  };
  return { ...(await runHere(folder, args, watched)), made: made.sort() };
}

describe("what has not changed", () => {
  test("is not made again, and told as ever", async () => {
    await inProject(async ({ run }) => {
      const first = await run("generate");
      expect(first).toMatchObject({ code: 0, made: ["pets.yaml", "shops.json"] });
      const second = await run("generate");
      expect(second).toMatchObject({ code: 0, err: "", made: [] });
      expect(second.out).toBe(
        "generated/runtime: 1 unchanged\ngenerated/pets: 2 unchanged\npackages/shops: 2 unchanged\n",
      );
      const text = "Up to date: runtime, pets, shops, driftline.lock.\n";
      expect(await run("check")).toMatchObject({ code: 0, out: text, made: [] });
      expect(await run("check", "pets")).toMatchObject({ code: 0, made: [] });
    });
  });

  test.each([["generate"], ["check"]])("is made all the same by %s --full", async (command) => {
    await inProject(async ({ run }) => {
      await run("generate");
      const full = await run(command, "--full");
      expect(full).toMatchObject({ code: 0, made: ["pets.yaml", "shops.json"] });
      expect((await run(command)).out).toBe(full.out);
    });
  });

  test("is left alone beside a service that has", async () => {
    await inProject(async ({ folder, run }) => {
      await run("generate");
      await writeFile(path.join(folder, "parts.yaml"), "{}\n");
      expect(await run("check")).toMatchObject({ code: 1, made: ["pets.yaml"] });
      const again = await run("generate");
      expect(again).toMatchObject({ code: 0, made: ["pets.yaml"] });
      expect(again.out).toContain("generated/runtime: 1 unchanged\ngenerated/pets: ");
      expect(again.out).toContain("packages/shops: 2 unchanged\ndriftline.lock: written\n");
      expect(await run("check")).toMatchObject({ code: 0, made: [] });
    });
  });

  test("is what a document says that only has another comment: nothing is out of date", async () => {
    await inProject(async ({ folder, run }) => {
      await run("generate");
      const file = path.join(folder, "pets.yaml");
      await writeFile(file, (await readFile(file, "utf8")).replace("# the version", "# that"));
      expect(await run("check")).toMatchObject({ code: 0, made: ["pets.yaml"] });
      expect(await run("generate")).toMatchObject({ code: 0, made: ["pets.yaml"] });
      expect(await run("check")).toMatchObject({ code: 0, made: [] });
    });
  });

  test("is a file whose line breaks Git has changed", async () => {
    await inProject(async ({ folder, run }) => {
      await run("generate");
      const file = path.join(folder, "pets.yaml");
      await writeFile(file, (await readFile(file, "utf8")).replaceAll("\n", "\r\n"));
      expect(await run("check")).toMatchObject({ code: 0, made: [] });
    });
  });

  test("has warnings that are counted; programs and --full get them again", async () => {
    await inProject(async ({ folder, run }) => {
      await writeFile(
        path.join(folder, "parts.yaml"),
        "x-count: 9007199254740993\nx-other: 9007199254740995\n",
      );
      const first = await run("generate");
      expect(first.err).toContain("2 warnings");
      const second = await run("generate");
      expect(second).toMatchObject({ code: 0, made: [] });
      expect(second.err).toBe(
        "2 warnings as before, for nothing has changed; --full tells them.\n",
      );
      expect((await run("check", "--full")).err).toContain("warning[unsafe-integer]");
      const json = JSON.parse((await run("check", "--json")).out) as { diagnostics: unknown[] };
      expect(json.diagnostics).toHaveLength(2);
      expect(await run("check", "--strict")).toMatchObject({ code: 2 });
    });
  });

  test("is not known of a client that an interrupted run has left", async () => {
    await inProject(async ({ folder, run }) => {
      await run("generate");
      await cp(
        path.join(folder, "base.yaml"),
        path.join(folder, "generated/pets/.driftline-stage"),
      );
      expect((await run("check")).made).not.toEqual([]);
    });
  });

  test("records no path of the machine, without a configuration", async () => {
    await inProject(async ({ folder, run }) => {
      const lock = (): Promise<string> => readFile(path.join(folder, "out/driftline.lock"), "utf8");
      await run("generate", "--input", "pets.yaml", "--output", "out");
      expect(await lock()).toContain('"../pets.yaml"');
      expect(await run("check", "--input", "pets.yaml", "--output", "out")).toMatchObject({
        code: 0,
        made: [],
      });
      await inTemporaryFolder(async (elsewhere) => {
        const target = path.join(elsewhere, "out");
        await run("generate", "--input", "pets.yaml", "--output", target);
        expect(await readFile(path.join(target, "driftline.lock"), "utf8")).not.toContain(
          "pets.yaml",
        );
      });
    });
  });
});

/** Many more have run; these are enough to see a mistake, and take a few seconds. */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 25);

/** What becomes of the bytes of a file. */
interface Change {
  readonly file: number;
  readonly at: number;
  readonly byte: number;
  readonly kind: "replace" | "insert" | "delete" | "empty" | "remove" | "copy";
}

const CHANGE: fc.Arbitrary<Change> = fc.record({
  file: fc.nat(),
  at: fc.nat(),
  byte: fc.oneof(fc.constantFrom(...Buffer.from(' \n\r"{}:#0a')), fc.nat(255)),
  kind: fc.constantFrom(
    "replace",
    "insert",
    "delete",
    "replace",
    "insert",
    "empty",
    "remove",
    "copy",
  ),
});

async function apply({ file, at, byte, kind }: Change, folder: string): Promise<void> {
  const files = await filesIn(folder);
  const name = path.join(folder, files[file % files.length] ?? "");
  const bytes = await readFile(name);
  const place = at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  const one = Buffer.from([byte]);
  if (kind === "remove") await rm(name);
  else if (kind === "copy") await writeFile(name.replace(/(\.\w+)$/, "-2$1"), bytes);
  else if (kind === "empty") await writeFile(name, "");
  else if (kind === "insert") await writeFile(name, Buffer.concat([before, one, after]));
  else if (kind === "delete") await writeFile(name, Buffer.concat([before, after.subarray(1)]));
  else await writeFile(name, Buffer.concat([before, one, after.subarray(1)]));
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

async function contentsOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = await filesIn(folder);
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(path.join(folder, file), "latin1")] as const),
    ),
  );
}

describe("whatever changes", () => {
  test("is seen as when everything is made again: by check, and by generate", async () => {
    await inProject(async ({ folder, run }) => {
      await run("generate");
      let shortcuts = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(CHANGE, { minLength: 0, maxLength: 2 }), async (changes) => {
          await inTemporaryFolder(async (copies) => {
            const [one, other] = [path.join(copies, "one"), path.join(copies, "other")];
            await cp(folder, one, { recursive: true });
            for (const change of changes) await apply(change, one);
            await cp(one, other, { recursive: true });
            const told = async (where: string, ...args: readonly string[]): Promise<unknown> => {
              const { made, ...rest } = await runIn(where, args);
              if (made.length < 2) shortcuts += 1;
              return rest;
            };
            expect(await told(one, "check")).toEqual(await told(other, "check", "--full"));
            expect(await told(one, "generate")).toEqual(await told(other, "generate", "--full"));
            expect(await contentsOf(one)).toEqual(await contentsOf(other));
          });
        }),
        { numRuns: RUNS },
      );
      expect(shortcuts).toBeGreaterThan(RUNS / 4);
    });
  });
});
