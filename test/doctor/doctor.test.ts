import { beforeAll, describe, expect, test } from "vitest";
import type { DiagnosticCode } from "../../generator/diagnostics/codes.js";
import type { Diagnosis } from "../../generator/doctor/diagnose.js";
import { diagnose } from "../../generator/doctor/diagnose.js";
import { REPAIRS } from "../../generator/doctor/repairs.js";
import { loadDocument } from "../../generator/load-document.js";
import { runHere } from "../cli/support.js";
import { generateFile } from "../support/generate.js";
import { repository } from "../support/repository.js";
import { typeErrors } from "../support/type-check.js";
import { doctorCases, expectedText, fileOfCase, keep } from "./cases.js";

const CASES = doctorCases();

async function examine(name: string, overlays: readonly string[] = []): Promise<Diagnosis> {
  const source = await loadDocument({ file: fileOfCase(name, "document.yaml"), overlays });
  if (source.value === undefined) throw new Error(JSON.stringify(source.diagnostics));
  return diagnose(source.value, {}, "document");
}

describe.each(CASES)("%s", (name) => {
  test("is told with the overlay that repairs it", async () => {
    const document = fileOfCase(name, "document.yaml");
    const run = await runHere(repository(""), ["doctor", "--input", document]);
    keep(name, "repairs.overlay.yaml", run.out);
    keep(name, "findings.txt", run.err);
    expect(run.code).toBe(1);
    expect(run.out).toBe(expectedText(name, "repairs.overlay.yaml"));
    expect(run.err).toBe(expectedText(name, "findings.txt"));
  });

  test("has nothing left to be repaired when the overlay is applied", async () => {
    const before = await examine(name);
    const after = await examine(name, [fileOfCase(name, "repairs.overlay.yaml")]);
    expect(before.repairable.length).toBeGreaterThan(0);
    expect(after.actions).toEqual([]);
    expect(after.repairable).toEqual([]);
    expect(after.lasting.map(({ message }) => message)).toEqual(
      before.lasting.map(({ message }) => message),
    );
  });
});

describe("all cases together", () => {
  let repaired: ReadonlySet<DiagnosticCode>;
  beforeAll(async () => {
    const all = await Promise.all(CASES.map((name) => examine(name)));
    repaired = new Set(all.flatMap(({ repairable }) => repairable.map(({ code }) => code)));
  });

  test.each(Object.keys(REPAIRS) as DiagnosticCode[])("%s is repaired in one of them", (code) => {
    expect([...repaired]).toContain(code);
  });

  test("give clients that compile", { timeout: 60_000 }, async () => {
    const made = await Promise.all(
      CASES.map(async (name) => {
        const overlays = [fileOfCase(name, "repairs.overlay.yaml")];
        const { files } = await generateFile(fileOfCase(name, "document.yaml"), { overlays });
        if (files === undefined) throw new Error(`${name} gives no client`);
        return files.map(({ path, text }) => [`${name}/${path}`, text] as const);
      }),
    );
    expect(typeErrors(new Map(made.flat()))).toEqual([]);
  });
});
