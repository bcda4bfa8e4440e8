import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

/** A folder outside the repository for the tests of one file; gone when they are done. */
export function useFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "driftline-compile-")));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
