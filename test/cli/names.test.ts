import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { realPipeline } from "../support/pipeline.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere } from "./support.js";

/* Names that stay, as a user meets them. */

const PETS = `openapi: "3.1.0"
info: { title: Pets, version: "1" }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], responses: { "204": { description: Done. } } }
`;

/** Gives an action a project with the clients of two services in it. */
function inProject(action: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    await arrangeFolder(folder);
    await writeFile(
      path.join(folder, "driftline.yaml"),
      "services:\n  cats: { input: api.yaml }\n  dogs: { input: api.yaml }\noutput: generated\n",
    );
    await writeFile(path.join(folder, "api.yaml"), PETS);
    expect((await runHere(folder, ["generate"], realPipeline())).code).toBe(0);
    await action(folder);
  });
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, "utf8")));
}

const lockOf = (folder: string): string => path.join(folder, "driftline.lock");

interface Written {
  readonly services: Readonly<
    Record<string, Readonly<Record<"operations" | "upstream" | "document", unknown>>>
  >;
}

async function servicesOf(folder: string): Promise<Written["services"]> {
  return (JSON.parse(await readFile(lockOf(folder), "utf8")) as Written).services;
}

describe("driftline.lock", { timeout: 60_000 }, () => {
  test("is made anew, and entries that were deleted come back", () =>
    inProject(async (folder) => {
      const whole = await readFile(lockOf(folder), "utf8");
      await rm(lockOf(folder));
      const missing = await runHere(folder, ["check"], realPipeline());
      expect(missing.code).toBe(1);
      expect(missing.out).toContain(
        "missing driftline.lock: it does not have the names of all services that are generated\n",
      );
      await runHere(folder, ["generate"], realPipeline());
      expect(await readFile(lockOf(folder), "utf8")).toBe(whole);
      await edit(lockOf(folder), (text) => text.replaceAll('"GET /pets": "PetsApi.listPets"', ""));
      const emptied = await runHere(folder, ["check"], realPipeline());
      expect(emptied.out).toContain(
        "changed driftline.lock: the names in driftline.lock changed\n",
      );
      await runHere(folder, ["generate"], realPipeline());
      expect(await readFile(lockOf(folder), "utf8")).toBe(whole);
      expect(await runHere(folder, ["check"], realPipeline())).toMatchObject({ code: 0, err: "" });
    }));

  test("keeps what a run is not about", () =>
    inProject(async (folder) => {
      const upstream = { url: "https://pets.example/api.json" };
      await edit(lockOf(folder), (text) => {
        const lock = JSON.parse(text) as Written;
        return JSON.stringify({
          ...lock,
          services: { ...lock.services, cats: { ...lock.services["cats"], upstream } },
        });
      });
      const before = await servicesOf(folder);
      await edit(path.join(folder, "api.yaml"), (text) => text.replace("listPets", "getPets"));
      await runHere(folder, ["generate", "cats"], realPipeline());
      const { cats, dogs } = await servicesOf(folder);
      expect(cats).toMatchObject({ operations: { "GET /pets": "PetsApi.getPets" }, upstream });
      expect(dogs).toEqual(before["dogs"]);
    }));

  test("is why names stay, and a name that was edited by hand is an alias", () =>
    inProject(async (folder) => {
      await edit(lockOf(folder), (text) => text.replace("PetsApi.listPets", "PetsApi.allPets"));
      const check = await runHere(folder, ["check"], realPipeline());
      expect(check.code).toBe(1);
      expect(check.out).toContain(
        "changed generated/cats/pets-api.ts: the names in driftline.lock changed\n",
      );
      await runHere(folder, ["generate"], realPipeline());
      const file = await readFile(path.join(folder, "generated/cats/pets-api.ts"), "utf8");
      expect(file).toContain("allPets(options?: RequestOptions)");
      expect(await runHere(folder, ["check"], realPipeline())).toMatchObject({ code: 0, err: "" });
      const inspected = await runHere(
        folder,
        ["inspect", "cats", "GET /pets", "--stage", "name"],
        realPipeline(),
      );
      expect(inspected.out).toContain('"isPinned": true');
    }));

  test("stands in the output folder where there is no configuration", () =>
    inTemporaryFolder(async (folder) => {
      await writeFile(path.join(folder, "api.yaml"), PETS);
      const args = ["--input", "api.yaml", "--output", "src/api"];
      await runHere(folder, ["generate", ...args], realPipeline());
      expect(Object.keys(await servicesOf(path.join(folder, "src/api")))).toEqual(["client"]);
      expect((await runHere(folder, ["check", ...args], realPipeline())).code).toBe(0);
      await edit(path.join(folder, "api.yaml"), (text) => text.replace("listPets", "getPets"));
      const check = await runHere(folder, ["check", ...args], realPipeline());
      expect(check.out).toContain("changed src/api/driftline.lock: the document changed\n");
    }));

  test("that is wrong keeps everything from being written, and is told with what else is wrong", () =>
    inProject(async (folder) => {
      await edit(lockOf(folder), (text) => text.replace('"client": "Pets"', '"client": "1"'));
      await edit(path.join(folder, "api.yaml"), (text) => text.replace("get:", "gett:"));
      const before = await readFile(lockOf(folder), "utf8");
      for (const command of ["generate", "check"]) {
        const run = await runHere(folder, [command], realPipeline());
        expect(run.code).toBe(2);
        expect(run.err).toContain("driftline.lock:13:17: error[invalid-lock]");
        expect(run.err).toContain("api.yaml:5:5: warning[unknown-method]");
      }
      expect(await readFile(lockOf(folder), "utf8")).toBe(before);
    }));
});
