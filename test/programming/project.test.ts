import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  checkProject,
  formatDiagnostics,
  generateProject,
  watchProject,
} from "../../generator/index.js";
import { inTemporaryFolder } from "../cli/support.js";
import { filesBelow, PET, PETS } from "./support.js";

/** A folder with a configuration of one service; gives its path. */
function inProject(
  action: (configuration: string, folder: string) => Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    mkdirSync(path.join(folder, "specs/schemas"), { recursive: true });
    const configuration = path.join(folder, "driftline.yaml");
    writeFileSync(configuration, "services: { pets: { input: specs/api.yaml } }\noutput: api\n");
    writeFileSync(path.join(folder, "specs/api.yaml"), PETS);
    writeFileSync(path.join(folder, "specs/schemas/pet.yaml"), PET);
    await action(configuration, folder);
  });
}

describe("a project on disk", () => {
  it("is written, and then up to date", async () => {
    await inProject(async (configuration, folder) => {
      const before = await checkProject({ configuration });
      expect(before.differences?.length).toBeGreaterThan(50);
      const made = await generateProject({ configuration });
      expect(made.diagnostics).toEqual([]);
      expect(made.outputs?.map((output) => path.relative(folder, output.folder))).toEqual([
        "api/runtime",
        "api/pets",
        "",
      ]);
      const inputs = ["driftline.yaml", "specs/api.yaml", "specs/schemas/pet.yaml"];
      expect(made.inputs).toEqual(inputs.map((file) => path.join(folder, file)));
      expect(await checkProject({ configuration })).toEqual({
        differences: [],
        diagnostics: [],
        inputs: made.inputs,
      });
    });
  });

  it("is not touched where anything is an error, which reads as on a terminal", async () => {
    await inProject(async (configuration, folder) => {
      writeFileSync(path.join(folder, "specs/api.yaml"), PETS.replace("#/Pet", "#/Cat"));
      const { outputs, diagnostics } = await generateProject({ configuration });
      expect(outputs).toBeUndefined();
      expect(filesBelow(folder).size).toBe(3);
      const text = formatDiagnostics(diagnostics);
      expect(text).toMatch(/specs\/api\.yaml:13:53: error\[unresolved-reference\]: /);
      expect(text).toMatch(/^> 13 \|.*\n +\| +\^$/m);
      expect(text).toMatch(/\n1 error\n$/);
      expect(formatDiagnostics(diagnostics, { color: true })).toContain("\u001b[31m");
      expect(formatDiagnostics([])).toBe("");
    });
  });

  it("tells of a file that is looked for, so that it can be waited for", async () => {
    await inProject(async (configuration, folder) => {
      writeFileSync(path.join(folder, "specs/api.yaml"), PETS.replace("pet.yaml", "cat.yaml"));
      const { inputs } = await generateProject({ configuration });
      expect(inputs).toContain(path.join(folder, "specs/schemas/cat.yaml"));
    });
  });

  it("is strict where it is asked for", async () => {
    await inProject(async (configuration, folder) => {
      writeFileSync(path.join(folder, "specs/api.yaml"), PETS.replace("title: Pets, ", ""));
      const lenient = await checkProject({ configuration });
      expect(lenient.diagnostics.map(({ severity }) => severity)).toEqual(["warning"]);
      const { diagnostics } = await checkProject({ configuration, strict: true });
      expect(diagnostics).toMatchObject([{ severity: "error", strict: true }]);
    });
  });

  it("is watched until the signal aborts", async () => {
    await inProject(async (configuration, folder) => {
      const end = new AbortController();
      const written: number[] = [];
      for await (const { outputs, inputs } of watchProject({ configuration, signal: end.signal })) {
        expect(inputs.length).toBe(3);
        written.push(outputs?.find((one) => one.folder.endsWith("pets"))?.written.length ?? -1);
        if (written.length === 2) end.abort();
        else
          writeFileSync(path.join(folder, "specs/schemas/pet.yaml"), PET.replace("age", "years"));
      }
      expect(written.length).toBe(2);
      expect(written[0]).toBeGreaterThan(5);
      expect(written[1]).toBeGreaterThan(0);
      expect(written[1]).toBeLessThan(5);
    });
  });

  it("is not watched at all with a signal that has aborted", async () => {
    await inProject(async (configuration) => {
      const runs = [];
      for await (const run of watchProject({ configuration, signal: AbortSignal.abort() }))
        runs.push(run);
      expect(runs.length).toBeLessThan(2);
    });
  });
});
