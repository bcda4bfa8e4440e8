import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { diff, type DiffRequest } from "../../generator/index.js";
import { inTemporaryFolder, runProgram } from "../cli/support.js";
import { FILES, PET, PETS, REQUEST } from "./support.js";

const CHANGED = PET.replace("age:", "years:").replace("[name]", "[name, years]");
const CHANGE: DiffRequest = {
  old: REQUEST,
  new: { ...REQUEST, files: { "api.yaml": PETS, "schemas/pet.yaml": CHANGED } },
};

describe("diff", () => {
  it("gives the findings of the command line", { timeout: 60_000 }, async () => {
    await inTemporaryFolder(async (folder) => {
      // Places are relative to the folder of each document, which the command line knows only of one.
      for (const [name, pet] of [
        ["old", PET],
        ["new", CHANGED],
      ] as const) {
        mkdirSync(path.join(folder, name, "schemas"), { recursive: true });
        writeFileSync(path.join(folder, name, "api.yaml"), PETS);
        writeFileSync(path.join(folder, name, "schemas/pet.yaml"), pet);
      }
      const run = await runProgram(folder, ["diff", "old/api.yaml", "new/api.yaml", "--json"]);
      const { results } = JSON.parse(run.out) as { results: { reports: unknown[] } };
      const { report, diagnostics } = await diff(CHANGE);
      expect(diagnostics).toEqual({ old: [], new: [] });
      expect(report?.findings.length).toBeGreaterThan(1);
      const inFolders = JSON.parse(
        JSON.stringify(results.reports[0]).replaceAll(/"(?:old|new)\/(api|schemas)/g, '"$1'),
      ) as unknown;
      expect(report).toEqual(inFolders);
    });
  });

  it("judges as it is told", async () => {
    const wire = await diff({ ...CHANGE, verdict: "wire" });
    expect(wire.report).toMatchObject({ gate: { failOn: "breaking", verdict: "wire" } });
    const same = await diff({ old: REQUEST, new: REQUEST, failOn: "any" });
    expect(same.report).toMatchObject({ failed: false, advice: "none", findings: [] });
  });

  it("tells what is wrong with either document", async () => {
    const broken = { document: "api.yaml", files: { "api.yaml": "openapi: [" } };
    const old = await diff({ old: broken, new: REQUEST });
    expect(old.report).toBeUndefined();
    expect(old.diagnostics).toMatchObject({ old: [{ code: "yaml-syntax" }], new: [] });
    const current = await diff({ old: REQUEST, new: { document: {} } });
    expect(current.diagnostics.old).toEqual([]);
    expect(current.diagnostics.new).toMatchObject([{ severity: "error" }]);
  });

  it("corrects both documents with an overlay of each", async () => {
    const overlay = `overlay: 1.0.0
info: { title: Names, version: 1.0.0 }
actions: [{ target: $.info, update: { title: Animals } }]
`;
    const files = { ...FILES, "a.yaml": overlay };
    const changed = { ...files, "schemas/pet.yaml": CHANGED };
    const { report } = await diff({
      old: { ...REQUEST, files },
      new: { ...REQUEST, files: changed },
      options: { overlays: ["a.yaml"] },
    });
    expect(report).toMatchObject({ old: { title: "Animals" }, new: { title: "Animals" } });
  });
});
