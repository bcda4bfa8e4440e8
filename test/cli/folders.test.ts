import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { inTemporaryFolder, runHere, SMALL_PIPELINE } from "./support.js";

/* Where clients and their runtimes are written: one configuration for the packages of a monorepo. */

const API = 'openapi: "3.1.0"\ninfo: { title: Pets, version: "1" }\npaths: { /pets: {} }\n';
const RUNTIME = "call.ts";

interface Project {
  readonly run: (...args: readonly string[]) => ReturnType<typeof runHere>;
  readonly files: () => Promise<readonly string[]>;
  readonly configure: (text: string) => Promise<void>;
  readonly folder: string;
}

async function inProject(use: (project: Project) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await writeFile(path.join(folder, "api.yaml"), API);
    await use({
      folder,
      run: (...args) => runHere(folder, args, SMALL_PIPELINE),
      configure: (text) => writeFile(path.join(folder, "driftline.yaml"), text),
      files: async () => {
        const entries = await readdir(folder, { recursive: true, withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile() && entry.name !== "api.yaml")
          .map((entry) =>
            path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/"),
          )
          .sort();
      },
    });
  });
}

const SERVICES = `services:
  a: { input: api.yaml }
  b: { input: api.yaml }
  shop: { input: api.yaml, output: packages/shop/src/api }
`;

describe("folders of clients", () => {
  test("are beside one runtime, or hold their own; there is one driftline.lock", async () => {
    await inProject(async ({ run, files, configure, folder }) => {
      await configure(SERVICES);
      expect(await run("generate")).toMatchObject({ code: 0 });
      const written = await files();
      expect(written.filter((file) => file.endsWith(RUNTIME))).toEqual([
        "generated/runtime/call.ts",
        "packages/shop/src/api/runtime/call.ts",
      ]);
      expect(written.filter((file) => file.endsWith("driftline.lock"))).toEqual(["driftline.lock"]);
      expect(await readFile(path.join(folder, "generated/a/index.ts"), "utf8")).toContain(
        "../runtime",
      );
      expect(await readFile(path.join(folder, "packages/shop/src/api/index.ts"), "utf8")).toContain(
        "// ? ./runtime",
      );
      expect(await run("check")).toMatchObject({ code: 0 });
    });
  });

  test("have one runtime each where it is separate", async () => {
    await inProject(async ({ run, files, configure }) => {
      await configure(`${SERVICES}runtime: separate\n`);
      expect(await run("generate")).toMatchObject({ code: 0 });
      expect((await files()).filter((file) => file.endsWith(RUNTIME))).toEqual([
        "generated/a/runtime/call.ts",
        "generated/b/runtime/call.ts",
        "packages/shop/src/api/runtime/call.ts",
      ]);
      expect(await run("check")).toMatchObject({ code: 0 });
    });
  });

  test("are written one at a time, too, without the runtime of the others", async () => {
    await inProject(async ({ run, files, configure }) => {
      await configure(SERVICES);
      expect(await run("generate", "shop")).toMatchObject({ code: 0 });
      expect((await files()).filter((file) => file.startsWith("generated"))).toEqual([]);
    });
  });

  test("are all compared, and nothing in them is overwritten", async () => {
    await inProject(async ({ run, configure, folder }) => {
      await configure(SERVICES);
      await run("generate");
      const edited = path.join(folder, "packages/shop/src/api/runtime/call.ts");
      await writeFile(edited, "edited");
      const checked = await run("check");
      expect(checked).toMatchObject({ code: 1 });
      expect(checked.out).toContain("packages/shop/src/api/runtime/call.ts: it was edited by hand");
      await configure(SERVICES.replace("packages/shop", "packages/other"));
      const mine = path.join(folder, "packages/other/src/api/index.ts");
      await run("generate");
      await writeFile(mine, "mine");
      await configure(SERVICES.replace("packages/shop/src/api", "packages/other/src"));
      const refused = await run("generate");
      expect(refused.code).toBe(0);
      expect(await readFile(mine, "utf8")).toBe("mine");
    });
  });

  test("in which something else stands stop the run before anything is written", async () => {
    await inProject(async ({ run, configure, folder, files }) => {
      await configure(`${SERVICES}runtime: separate\n`);
      await run("generate", "shop");
      await configure(SERVICES.replace("packages/shop/src/api", "packages/shop/src"));
      await writeFile(path.join(folder, "packages/shop/src/index.ts"), "mine");
      const before = await files();
      const { code, err } = await run("generate");
      expect(code).toBe(2);
      expect(err).toContain("would-overwrite");
      expect(await files()).toEqual(before);
    });
  });
});
