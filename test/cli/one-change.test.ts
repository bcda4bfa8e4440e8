import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { realPipeline } from "../support/pipeline.js";
import { inTemporaryFolder, runHere } from "./support.js";

/* Of a service that has changed, only those files are made anew that are made of something else. */

const DOCUMENT = (summary: string): string =>
  [
    "openapi: 3.1.0",
    'info: { title: Pets, version: "1" }',
    "paths:",
    "  /cats: { get: { operationId: getCats, tags: [cats], responses: { 204: { description: Done. } } } }",
    `  /dogs: { get: { operationId: getDogs, summary: ${summary}, tags: [dogs], responses: { 204: { description: Done. } } } }`,
    "",
  ].join("\n");

interface Project {
  readonly folder: string;
  readonly change: (summary: string) => Promise<void>;
  /** Runs `generate`, and gives how many files were known; `undefined` where nobody asked. */
  readonly generate: (...args: readonly string[]) => Promise<number | undefined>;
}

async function inProject(
  settings: string,
  use: (project: Project) => Promise<void>,
  folders = ["node_modules"],
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    for (const name of folders) await mkdir(path.join(folder, name));
    const services = `services: { pets: { input: pets.yaml, docs: true } }\n${settings}`;
    await writeFile(path.join(folder, "driftline.yaml"), services);
    const change = (summary: string): Promise<void> =>
      writeFile(path.join(folder, "pets.yaml"), DOCUMENT(summary));
    await change("Gives dogs.");
    const pipeline = realPipeline();
    const generate: Project["generate"] = async (...args) => {
      let count: number | undefined;
      const watched: typeof pipeline = {
        ...pipeline,
        generateService: (source, options, observe, known) => {
          count = known?.size;
          return pipeline.generateService(source, options, observe, known);
        },
      };
      const run = await runHere(folder, ["generate", ...args], watched);
      expect(run).toMatchObject({ code: 0, err: "" });
      return count;
    };
    await use({ folder, change, generate });
  });
}

async function filesIn(folder: string): Promise<readonly (readonly [string, string])[]> {
  const generated = path.join(folder, "generated");
  const entries = await readdir(generated, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(generated, file), await readFile(file, "utf8")] as const;
    }),
  );
}

test("what is left of an earlier run gives what making everything gives", async () => {
  await inProject("output: generated\n", async ({ folder, change, generate }) => {
    expect(await generate()).toBe(0);
    await change("Gives all dogs.");
    // Two classes, each with a page.
    expect(await generate()).toBe(4);
    const quick = await filesIn(folder);
    expect(quick.find(([file]) => file === "pets/dogs-api.ts")?.[1]).toContain("Gives all dogs.");
    expect(await generate("--full")).toBe(0);
    expect(await filesIn(folder)).toEqual(quick);
  });
});

test("a file that was edited is not left as it is", async () => {
  await inProject("output: generated\n", async ({ folder, change, generate }) => {
    await generate();
    const file = path.join(folder, "generated/pets/cats-api.ts");
    const text = await readFile(file, "utf8");
    await writeFile(file, `${text}// mine\n`);
    await change("Gives all dogs.");
    expect(await generate()).toBe(3);
    expect(await readFile(file, "utf8")).toBe(text);
  });
});

test("nothing is left where the folder is another one, or there is no node_modules", async () => {
  await inProject("output: generated\n", async ({ folder, change, generate }) => {
    await generate();
    await cp(path.join(folder, "generated"), path.join(folder, "other"), { recursive: true });
    const configuration = path.join(folder, "driftline.yaml");
    const text = await readFile(configuration, "utf8");
    await writeFile(configuration, text.replace("output: generated", "output: other"));
    await change("Gives all dogs.");
    expect(await generate()).toBe(0);
  });
  await inProject(
    "output: generated\n",
    async ({ folder, change, generate }) => {
      await generate();
      await change("Gives all dogs.");
      expect(await generate()).toBeUndefined();
      expect(await readdir(folder)).not.toContain("node_modules");
    },
    [],
  );
});

test("files of another language are made of all", async () => {
  await inProject("output: generated\nlanguage: javascript\n", async ({ change, generate }) => {
    await generate();
    await change("Gives all dogs.");
    expect(await generate()).toBeUndefined();
  });
});
