import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { arrangeFolder, CLI_DIAGNOSTIC_CASES } from "./diagnostic-cases.js";
import { inTemporaryFolder, runHere } from "./support.js";

const EXPECTED = fileURLToPath(new URL("./diagnostics/", import.meta.url));

describe("findings about configuration, command line and output", () => {
  test.each(CLI_DIAGNOSTIC_CASES)(
    "$code",
    async ({ code, arrange, args = ["generate"], exitCode = 2 }) => {
      const run = await inTemporaryFolder(async (folder) => {
        await arrangeFolder(folder);
        await arrange?.(folder);
        const result = await runHere(folder, args);
        return { ...result, err: result.err.replaceAll(folder, "<folder>") };
      });
      expect(run.err).toContain(`[${code}]`);
      expect(run.err).toBe(expectedText(code, run.err));
      expect(run.code).toBe(exitCode);
    },
  );
});

/** The text that is kept for a code; `UPDATE_GOLDEN=1` keeps what there is now. */
function expectedText(code: string, present: string): string {
  const file = `${EXPECTED}${code}.txt`;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(EXPECTED, { recursive: true });
    writeFileSync(file, present);
  }
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
